"""What is entered about a person, checked all at once."""

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from uuid import UUID

from careplan.kernel.collect import Problems
from careplan.kernel.email import checked_email
from careplan.kernel.errors import Invalid, Problem
from careplan.kernel.phone import checked_phone
from careplan.people.domain.letters import LetterFormat
from careplan.people.domain.name import checked_name
from careplan.people.domain.nhs_number import checked_nhs_number
from careplan.people.domain.person import Gender, Person, check_birth_date, check_date_of_death

# Primary language, then script, region or variant, as in BCP 47: en, cy, pa-Guru, zh-Hant-HK.
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """As typed or as checked. None means not asked or not known, never no.

    `nhs_number_traced` says that the number was traced with the national service.
    """

    given_name: str
    family_name: str
    preferred_name: str | None = None
    nhs_number: str | None = None
    nhs_number_traced: bool = False
    birth_date: date | None = None
    gender: Gender = Gender.UNKNOWN
    died_on: date | None = None
    phone: str | None = None
    email: str | None = None
    language: str | None = None
    interpreter_needed: bool | None = None
    lives_alone: bool | None = None
    gp_organisation_id: UUID | None = None
    communication_note: str | None = None
    letter_format: LetterFormat | None = None


class WrongLanguage(Invalid):
    """It is no language tag."""

    code = "wrong_language"


def checked_details(typed: PersonDetails, *, today: date) -> PersonDetails:
    """The details in the form in which they are kept.

    Raises one refusal, or Invalid with all problems where there are several.
    """
    problems = Problems()
    family = problems.of(
        lambda: checked_name(field="family_name", typed=typed.family_name, asked="Enter the family name.")
    )
    given = problems.of(lambda: checked_name(field="given_name", typed=typed.given_name, asked="Enter the given name."))
    number = problems.of(lambda: checked_nhs_number(typed.nhs_number))
    problems.of(lambda: check_birth_date(born=typed.birth_date, today=today))
    problems.of(lambda: check_date_of_death(died=typed.died_on, born=typed.birth_date, today=today))
    phone = problems.of(lambda: checked_phone(typed.phone))
    email = problems.of(lambda: checked_email(typed.email))
    language = problems.of(lambda: _checked_language(typed.language))
    problems.settle()
    return replace(
        typed,
        family_name=family or "",
        given_name=given or "",
        preferred_name=_tidy(typed.preferred_name),
        nhs_number=number,
        nhs_number_traced=typed.nhs_number_traced and number is not None,
        phone=phone,
        email=email,
        language=language,
        communication_note=_tidy(typed.communication_note),
    )


def details_of(person: Person) -> PersonDetails:
    """What a person's row says now, in the form in which it is entered."""
    same = {f.name: getattr(person, f.name) for f in fields(PersonDetails) if f.name != "nhs_number_traced"}
    return PersonDetails(**same, nhs_number_traced=person.nhs_number_status == "verified")


def changes_between(before: PersonDetails, after: PersonDetails) -> dict[str, tuple[str | None, str | None]]:
    """Field → (as it was, as it is since) for every field that differs."""
    pairs = {f.name: (getattr(before, f.name), getattr(after, f.name)) for f in fields(PersonDetails)}
    return {name: (_said(old), _said(new)) for name, (old, new) in pairs.items() if old != new}


def _said(value: object) -> str | None:
    return None if value is None else str(value)


def _tidy(text: str | None) -> str | None:
    return (text or "").strip() or None


def _checked_language(typed: str | None) -> str | None:
    tidy = _tidy(typed)
    if tidy is not None and not LANGUAGE.fullmatch(tidy):
        message = "Choose a language from the list."
        raise WrongLanguage(message, problems=(Problem("language", message),))
    return tidy
