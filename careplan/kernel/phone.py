"""Telephone numbers, kept in one form so that they can be rung from anywhere."""

import phonenumbers

from careplan.kernel.errors import Invalid, Problem

HOME_REGION = "GB"


class WrongPhone(Invalid):
    """Nobody can be rung on this number."""

    code = "wrong_phone"


def checked_phone(typed: str | None, *, field: str = "phone") -> str | None:
    """The number with its country code and no spaces; None where nothing was typed.  Raises WrongPhone."""
    tidy = (typed or "").strip()
    if not tidy:
        return None
    try:
        number = phonenumbers.parse(tidy, HOME_REGION)
    except phonenumbers.NumberParseException:
        raise _wrong(field) from None
    # Possible, not valid: Ofcom's numbers for drama are never in use, and new ranges come late to the list.
    if not phonenumbers.is_possible_number(number):
        raise _wrong(field)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def checked_mobile(typed: str | None, *, field: str = "mobile") -> str | None:
    """The number of a telephone that takes text messages: in Britain they begin with 07.  Raises WrongPhone."""
    number = checked_phone(typed, field=field)
    if number is not None and number.startswith("+44") and not number.startswith("+447"):
        message = "Enter the number of a mobile phone, such as 07700 900001."
        raise WrongPhone(message, problems=(Problem(field, message),))
    return number


def spoken_phone(number: str) -> str:
    """As people in Britain write it: 01632 960001; a number from abroad with its country code."""
    parsed = phonenumbers.parse(number, HOME_REGION)
    home = parsed.country_code == phonenumbers.country_code_for_region(HOME_REGION)
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, form))


def _wrong(field: str) -> WrongPhone:
    message = "Enter a telephone number that can be rung, such as 01632 960001 or +353 1 234 5678."
    return WrongPhone(message, problems=(Problem(field, message),))
