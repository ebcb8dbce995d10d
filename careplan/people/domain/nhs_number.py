"""NHS numbers: ten digits, the last of which checks the nine before it (modulus 11)."""

import re
from enum import StrEnum

from nhs_number.validate import is_valid

from careplan.kernel.errors import Invalid, Problem

# People copy numbers with spaces, hyphens and the non-breaking spaces of web pages between the groups.
SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212.]")
FIELD = "nhs_number"


class NhsNumberStatus(StrEnum):
    """Whether the NHS number was traced with the national service, only written down, or is not known."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    MISSING = "missing"


class WrongNhsNumber(Invalid):
    """What was entered is not an NHS number; the message says what to look for."""

    code = "wrong_nhs_number"


def checked_nhs_number(typed: str | None) -> str | None:
    """The ten digits; None where nothing was entered, since a missing number holds nothing up.

    Raises WrongNhsNumber.
    """
    digits = SEPARATORS.sub("", typed or "")
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit()):
        raise _wrong("An NHS number has digits only, such as 999 000 0018. Take out the letters and signs.")
    if len(digits) != 10:
        raise _wrong(f"An NHS number has 10 digits and this one has {len(digits)}. Check it with the GP.")
    if not is_valid(digits):
        raise _wrong(
            "This NHS number is not right: its last digit does not fit the others. One digit may be wrong, "
            "or two may be swapped. Check it, or leave it empty for now."
        )
    return digits


def status_of(*, number: str | None, traced: bool) -> NhsNumberStatus:
    """How far a number can be relied on; without one it is missing, whatever was said of tracing."""
    if number is None:
        return NhsNumberStatus.MISSING
    return NhsNumberStatus.VERIFIED if traced else NhsNumberStatus.UNVERIFIED


def _wrong(message: str) -> WrongNhsNumber:
    return WrongNhsNumber(message, problems=(Problem(FIELD, message),))
