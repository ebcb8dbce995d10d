"""The person who draws on support."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Invalid, Problem
from careplan.people.domain.letters import LetterFormat
from careplan.people.domain.nhs_number import NhsNumberStatus

# Nobody alive was born before this day; an earlier date is a slip of the keys.
EARLIEST_BIRTH = date(1900, 1, 1)


class Gender(StrEnum):
    """As the person says it; the four that a shared record carries."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Person:
    """What stands on a person's own row. None always means not asked or not known, never no."""

    id: UUID
    given_name: str
    family_name: str
    recorded_at: datetime
    recorded_by: UUID
    preferred_name: str | None = None
    nhs_number: str | None = None
    nhs_number_status: NhsNumberStatus = NhsNumberStatus.MISSING
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

    @property
    def name(self) -> str:
        """Given and family name, as on a letter."""
        return f"{self.given_name} {self.family_name}"

    @property
    def known_as(self) -> str:
        """What to call the person."""
        return self.preferred_name or self.given_name

    def age_on(self, day: date) -> int | None:
        """Whole years, until the day of death at most; None where the birth date is not known."""
        if self.birth_date is None:
            return None
        last = min(day, self.died_on or day)
        before_birthday = (last.month, last.day) < (self.birth_date.month, self.birth_date.day)
        return last.year - self.birth_date.year - before_birthday


class WrongBirthDate(Invalid):
    """Nobody can have been born on this day."""

    code = "wrong_birth_date"


class WrongDateOfDeath(Invalid):
    """The date lies in the future or before the person was born."""

    code = "wrong_date_of_death"


def check_birth_date(*, born: date | None, today: date) -> None:
    """Raises WrongBirthDate; not knowing it is allowed."""
    if born is None:
        return
    if born > today:
        raise _wrong_birth("The date of birth is in the future. Check the year.")
    if born < EARLIEST_BIRTH:
        raise _wrong_birth(f"The date of birth is before {EARLIEST_BIRTH.year}. Check the year.")


def check_date_of_death(*, died: date | None, born: date | None, today: date) -> None:
    """Raises WrongDateOfDeath."""
    if died is None:
        return
    if died > today:
        raise _wrong_death("The date of death is in the future. Check the date.")
    if born is not None and died < born:
        raise _wrong_death("The date of death is before the date of birth. Check both dates.")


def _wrong_birth(message: str) -> WrongBirthDate:
    return WrongBirthDate(message, problems=(Problem("birth_date", message),))


def _wrong_death(message: str) -> WrongDateOfDeath:
    return WrongDateOfDeath(message, problems=(Problem("died_on", message),))
