"""Moving and handling: how a person moves, with what, and how many people it takes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.kernel.collect import Problems
from careplan.kernel.errors import invalid
from careplan.people.domain.retraction import Retraction

MOST_PEOPLE = 4


@dataclass(frozen=True, slots=True)
class MovingDetails:
    """How it is done: in words, with which equipment, by how many people at once."""

    how: str
    people_needed: int
    equipment: str | None = None


@dataclass(frozen=True, slots=True)
class Moving:
    """One description; the latest that was not entered in error counts."""

    id: UUID
    person_id: UUID
    details: MovingDetails
    recorded_at: datetime
    recorded_by: UUID
    retraction: Retraction | None = None


def checked_moving(typed: MovingDetails) -> MovingDetails:
    """The details tidied.  Raises Invalid."""
    problems = Problems()
    how = typed.how.strip()
    if not how:
        problems.of(lambda: _refuse("how", "Say how the person moves and what a worker does."))
    if not 1 <= typed.people_needed <= MOST_PEOPLE:
        problems.of(lambda: _refuse("people_needed", f"Type how many people it takes, from 1 to {MOST_PEOPLE}."))
    problems.settle()
    return MovingDetails(how, typed.people_needed, " ".join((typed.equipment or "").split()) or None)


def _refuse(field: str, message: str) -> None:
    raise invalid(field, message)
