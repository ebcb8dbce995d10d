"""How drawing a run up stands while there is no new draft: it goes on, it is tried again, or it has failed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RunKind(StrEnum):
    """What is drawn up: what providers are paid, or what people are charged."""

    PAY = "pay"
    CHARGE = "charge"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run was not drawn up. `ours`: nobody can mend it here, and it is tried again by itself."""

    words: str
    ours: bool
    failed_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the page says: the last failure, and when the worker takes the run up again (None: it does not)."""

    failure: Failure | None
    next_at: datetime | None
    waits: bool


def attempt_of(
    failure: Failure | None, *, drawn_up_at: datetime | None, waits: bool, next_at: datetime | None
) -> Attempt:
    """A failure that a later draft has made good is none any more."""
    if failure is not None and drawn_up_at is not None and drawn_up_at >= failure.failed_at:
        failure = None
    return Attempt(failure, next_at if waits else None, waits)
