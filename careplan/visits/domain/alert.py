"""What calls for somebody now: no start, a late one, a missed visit, nobody at the door, one worker of two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from careplan.plans.domain.content import Rank
from careplan.visits.domain.flag import SKEW_LIMIT


class AlertKind(StrEnum):
    """What happened, or did not."""

    NO_START = "no_start"
    LATE = "late"
    MISSED = "missed"
    NO_REPLY = "no_reply"
    ONE_OF_TWO = "one_of_two"

    @property
    def words(self) -> str:
        return ALERT_WORDS[self]


# A start that comes in after all answers these.
CORRECTED_BY_A_START = (AlertKind.NO_START, AlertKind.MISSED)
ALERT_WORDS = {
    AlertKind.NO_START: "No start received",
    AlertKind.LATE: "Started at the wrong time",
    AlertKind.MISSED: "Missed",
    AlertKind.NO_REPLY: "Nobody answered the door",
    AlertKind.ONE_OF_TWO: "Fewer workers came than are needed",
}
ORDER = {Rank.HIGH: 0, Rank.MEDIUM: 1, Rank.LOW: 2}
RANK_WORDS = {Rank.HIGH: "dangerous within hours", Rank.MEDIUM: "put right today", Rank.LOW: "can wait"}


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert as it stands until somebody of the provider acts on it.

    `contact` and `response` are the plan's own words. `clock_doubtful`: the tablet's clock was more than five minutes
    wrong, so a person decides whether it counts as an incident.
    """

    id: UUID
    visit_id: UUID
    person_id: UUID
    provider_id: UUID
    kind: AlertKind
    rank: Rank
    contact: str
    response: str
    tell_contact: bool
    clock_doubtful: bool
    raised_at: datetime

    @property
    def rank_words(self) -> str:
        return RANK_WORDS[self.rank]


def tells_contact(*, kind: AlertKind, rank: Rank) -> bool:
    """Whether the named contact is to be told: once a visit is missed, and at once where that is dangerous."""
    return kind is AlertKind.MISSED or (rank is Rank.HIGH and kind in (AlertKind.NO_START, AlertKind.NO_REPLY))


def is_doubtful(skews: Iterable[timedelta]) -> bool:
    """Whether the clocks that measured it leave doubt: any was more than five minutes wrong."""
    return any(abs(skew) > SKEW_LIMIT for skew in skews)


def by_urgency(alerts: Iterable[Alert]) -> list[Alert]:
    """The most dangerous first, then the oldest."""
    return sorted(alerts, key=lambda a: (ORDER[a.rank], a.raised_at, a.id))
