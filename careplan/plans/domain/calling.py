"""What of a plan calls for somebody to act, as far as a list of many people needs it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.plans.domain.state import Party


@dataclass(frozen=True, slots=True)
class Calling:
    """A version that waits for agreement, and suggestions that nobody has decided; none: the instant is None."""

    person_id: UUID
    plan_id: UUID
    proposed: int | None = None
    proposed_at: datetime | None = None
    outstanding: tuple[Party, ...] = ()
    with_manager: bool = False
    suggestions: int = 0
    suggested_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The day by which a version in force is to be reviewed, or an interim one replaced."""

    person_id: UUID
    plan_id: UUID
    is_interim: bool
    due_on: date
