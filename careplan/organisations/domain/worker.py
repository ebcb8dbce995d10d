"""People who work for an organisation: what they are registered as and what they may commit it to."""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Invalid, Problem


class Regulator(StrEnum):
    """Who keeps the register that a professional is on."""

    NMC = "NMC"
    HCPC = "HCPC"
    SWE = "SWE"


@dataclass(frozen=True, slots=True)
class RegisterShape:
    """What a registration number looks like, as a pattern and in words."""

    pattern: re.Pattern[str]
    words: str


# Nursing and Midwifery Council PINs; Health and Care Professions Council numbers; Social Work England numbers.
REGISTERS = {
    Regulator.NMC: RegisterShape(
        re.compile(r"\d{2}[A-L]\d{4}[A-Z]"), "two digits, a letter, four digits and a letter, such as 18A1234E"
    ),
    Regulator.HCPC: RegisterShape(
        re.compile(r"[A-Z]{2}\d{5,6}"), "two letters and five or six digits, such as OT12345"
    ),
    Regulator.SWE: RegisterShape(re.compile(r"SW\d{1,7}"), "SW and up to seven digits, such as SW12345"),
}


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody with an account who works for an organisation.

    `can_commit` says that they may sign for it: a provider's acceptance of a plan binds the provider.
    """

    account_id: UUID
    given_name: str
    family_name: str
    job_title: str
    organisation_id: UUID | None = None
    team_id: UUID | None = None
    regulator: Regulator | None = None
    registration_number: str | None = None
    phone: str | None = None
    out_of_hours_phone: str | None = None
    can_commit: bool = False

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class NotARegistration(Invalid):
    """The registration number does not fit the regulator, or one of the two is missing."""

    code = "not_a_registration"


def checked_registration(*, regulator: Regulator | None, number: str | None) -> str | None:
    """The number in capitals without spaces; both are given or neither.  Raises NotARegistration."""
    tidy = re.sub(r"\s", "", number or "").upper()
    if regulator is None and not tidy:
        return None
    if regulator is None:
        raise _refused("regulator", "Say which regulator gave this registration number.")
    shape = REGISTERS[regulator]
    if not shape.pattern.fullmatch(tidy):
        raise _refused("registration_number", f"A {regulator} registration number is {shape.words}.")
    return tidy


def _refused(field: str, message: str) -> NotARegistration:
    return NotARegistration(message, problems=(Problem(field, message),))
