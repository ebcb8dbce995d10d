"""Allergies: not asked, none known and present are three different things."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Conflict, Invalid, Problem
from careplan.people.domain.retraction import Retraction


class AllergyStatus(StrEnum):
    """What is known of a person's allergies."""

    NOT_ASKED = "not_asked"
    NONE_KNOWN = "none_known"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Allergy:
    """One statement about allergies: a substance, or that none is known, or that nobody has asked."""

    id: UUID
    person_id: UUID
    status: AllergyStatus
    recorded_at: datetime
    recorded_by: UUID
    substance: str | None = None
    code: str | None = None
    reaction: str | None = None
    retraction: Retraction | None = None


@dataclass(frozen=True, slots=True)
class AllergyRecord:
    """What the statements come to; `answered_at` is when the one that counts was made, None where there is none."""

    status: AllergyStatus
    present: tuple[Allergy, ...] = ()
    none_known: Allergy | None = None
    retracted: tuple[Allergy, ...] = ()
    answered_at: datetime | None = None


class SubstanceMissing(Invalid):
    """An allergy names what the person is allergic to, and the other answers name nothing."""

    code = "substance_missing"


class AllergiesStand(Conflict):
    """No known allergies cannot be said while an allergy stands on the record."""

    code = "allergies_stand"


def allergies_of(statements: Sequence[Allergy]) -> AllergyRecord:
    """An allergy that stands outweighs every other answer; of those the latest counts; nothing at all is not asked."""
    ordered = sorted(statements, key=lambda a: (a.recorded_at, a.id))
    standing = [a for a in ordered if a.retraction is None]
    retracted = tuple(a for a in ordered if a.retraction is not None)
    present = tuple(a for a in standing if a.status is AllergyStatus.PRESENT)
    answered_at = standing[-1].recorded_at if standing else None
    if present:
        return AllergyRecord(AllergyStatus.PRESENT, present, None, retracted, answered_at)
    if standing and standing[-1].status is AllergyStatus.NONE_KNOWN:
        return AllergyRecord(AllergyStatus.NONE_KNOWN, (), standing[-1], retracted, answered_at)
    return AllergyRecord(AllergyStatus.NOT_ASKED, (), None, retracted, answered_at)


def check_statement(*, status: AllergyStatus, substance: str | None, standing: AllergyRecord) -> None:
    """Raises SubstanceMissing, AllergiesStand."""
    if status is AllergyStatus.PRESENT and not substance:
        raise _substance("Say what the person is allergic to.")
    if status is not AllergyStatus.PRESENT and substance:
        raise _substance("A substance goes with an allergy only. Choose “has an allergy”, or take the substance out.")
    if status is not AllergyStatus.PRESENT and standing.present:
        named = ", ".join(a.substance or "" for a in standing.present)
        raise AllergiesStand(
            f"The record holds allergies ({named}). If one is wrong, mark it as entered in error first.",
            problems=(Problem("status", "Mark the allergies that are wrong as entered in error first."),),
        )


def _substance(message: str) -> SubstanceMissing:
    return SubstanceMissing(message, problems=(Problem("substance", message),))
