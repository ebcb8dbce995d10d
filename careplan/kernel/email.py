"""E-mail addresses, checked no further than that a message could be sent there."""

import re

from careplan.kernel.errors import Invalid, Problem

SHAPE = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class WrongEmail(Invalid):
    """Nothing can be sent to this address."""

    code = "wrong_email"


def checked_email(typed: str | None, *, field: str = "email") -> str | None:
    """The address without spaces around it; None where nothing was typed.  Raises WrongEmail."""
    tidy = (typed or "").strip()
    if tidy and not SHAPE.fullmatch(tidy):
        message = "Enter an email address with an @, such as name@example.org, or leave it empty."
        raise WrongEmail(message, problems=(Problem(field, message),))
    return tidy or None
