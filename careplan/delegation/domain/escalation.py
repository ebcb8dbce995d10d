"""An escalation: who is told of a reading out of range, one after another, until somebody says what they did.

All of it follows from facts: the ladder as it stood, when it was raised, when it was answered. So it does not matter
when it is worked out, how often, or what stood still meanwhile. Minutes are real ones; by day and by night is by
London's clock at the moment of telling.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from careplan.delegation.domain.ladder import EscalationStep, steps_at

# After the last name: the provider's coordinator and the organisation that delegated.
EVERYBODY = 0


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told, and when. Position 0 is everybody: the provider and the organisation that delegated."""

    position: int
    name: str
    phone: str
    at: datetime
    account_id: UUID | None = None

    @property
    def is_everybody(self) -> bool:
        return self.position == EVERYBODY


@dataclass(frozen=True, slots=True)
class Escalation:
    """One reading out of range, on its way up the ladder; `told` is whom it has reached, in order."""

    id: UUID
    person_id: UUID
    delegation_id: UUID
    occasion_id: UUID
    provider_id: UUID
    organisation_id: UUID
    words: str
    raised_at: datetime
    ladder: tuple[EscalationStep, ...]
    told: tuple[Told, ...] = ()
    answered_at: datetime | None = None
    answered_by: UUID | None = None
    answered_words: str | None = None

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def is_red(self) -> bool:
        """Whether everybody has been told and still nobody has answered."""
        return self.is_open and any(t.is_everybody for t in self.told)


def told_by(
    ladder: Iterable[EscalationStep],
    *,
    raised_at: datetime,
    now: datetime,
    holidays: Collection[date],
    answered_at: datetime | None = None,
) -> list[Told]:
    """Everybody who is to have been told by an instant. Each has until so many minutes after it was raised."""
    steps, last, at = tuple(ladder), 0, raised_at
    found: list[Told] = []
    until = min(now, answered_at - timedelta(microseconds=1)) if answered_at else now
    while at <= until:
        step = next((s for s in steps_at(steps, at, holidays=holidays) if s.position > last), None)
        if step is None:
            return [*found, Told(EVERYBODY, "", "", at)]
        found.append(Told(step.position, step.name, step.phone, at, step.account_id))
        last, at = step.position, max(at, raised_at + timedelta(minutes=step.within_minutes))
    return found


def next_at(ladder: Iterable[EscalationStep], *, raised_at: datetime, told: Collection[Told]) -> datetime | None:
    """When whoever comes next is told unless somebody answers; None once everybody knows."""
    latest = max(told, key=lambda t: (t.at, t.position), default=None)
    if latest is None or any(t.is_everybody for t in told):
        return None
    minutes = next((s.within_minutes for s in ladder if s.position == latest.position), 0)
    return max(latest.at, raised_at + timedelta(minutes=minutes))
