"""Flags: what a coordinator should look at in a record that was accepted because the care happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from careplan.kernel.clock import local_date

SKEW_LIMIT = timedelta(minutes=5)
OLD_AFTER = timedelta(days=14)
LONGEST = timedelta(hours=24)


class Flag(StrEnum):
    """Why somebody should look."""

    NOT_ON_ROUND = "not_on_round"
    PLAN_CHANGED = "plan_changed"
    NO_PLAN = "no_plan"
    TWO_WORKERS = "two_workers"
    RECORDED_TWICE = "recorded_twice"
    VISIT_CANCELLED = "visit_cancelled"
    PERSON_LEFT = "person_left"
    PERSON_DIED = "person_died"
    PERSON_OBJECTED = "person_objected"
    UNAUTHORISED = "unauthorised"
    OUT_OF_RANGE = "out_of_range"
    DOSE_TOO_EARLY = "dose_too_early"
    DOSE_OVER_MAXIMUM = "dose_over_maximum"
    DOSE_NOT_GIVEN = "dose_not_given"
    DOSE_NOT_PRESCRIBED = "dose_not_prescribed"
    MEDICINE_UNKNOWN = "medicine_unknown"
    DEVICE_REVOKED = "device_revoked"
    CLOCK_SKEW = "clock_skew"
    FUTURE = "future"
    OLD = "old"
    LONGER_THAN_A_DAY = "longer_than_a_day"
    CORRECTS_ANOTHERS = "corrects_anothers"


WORDS: dict[Flag, str] = {
    Flag.NOT_ON_ROUND: "The person was not on this worker's round that day.",
    Flag.PLAN_CHANGED: "The plan had changed since the worker last saw it.",
    Flag.NO_PLAN: "No plan was in force at the time.",
    Flag.TWO_WORKERS: "Two workers recorded this visit. Both records are kept.",
    Flag.RECORDED_TWICE: "The same worker recorded this visit twice. Both records are kept.",
    Flag.VISIT_CANCELLED: "The visit had been called off.",
    Flag.PERSON_LEFT: "The person was no longer with this provider.",
    Flag.PERSON_DIED: "The person had died.",
    Flag.PERSON_OBJECTED: "The person objects to sharing.",
    Flag.UNAUTHORISED: "A delegated activity was recorded without authority.",
    Flag.OUT_OF_RANGE: "A reading lay outside its normal range.",
    Flag.DOSE_TOO_EARLY: "A medicine was taken sooner after the last dose than its label allows.",
    Flag.DOSE_OVER_MAXIMUM: "A medicine was taken more often in 24 hours than its label allows.",
    Flag.DOSE_NOT_GIVEN: "A medicine that must come on time was not taken.",
    Flag.DOSE_NOT_PRESCRIBED: "A medicine was taken on a day on which it is not prescribed.",
    Flag.MEDICINE_UNKNOWN: "A medicine was recorded that is not on the person's record.",
    Flag.DEVICE_REVOKED: "The record came from a tablet that has been revoked.",
    Flag.CLOCK_SKEW: "The tablet's clock was more than 5 minutes wrong.",
    Flag.FUTURE: "The time lies in the future.",
    Flag.OLD: "The record is more than 14 days old.",
    Flag.LONGER_THAN_A_DAY: "The visit lasted longer than 24 hours.",
    Flag.CORRECTS_ANOTHERS: "The record names a record of another worker as the one it corrects. Both are kept.",
}


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A flag as it stands on the coordinator's list until settled."""

    id: UUID
    record_id: UUID
    person_id: UUID
    provider_id: UUID | None
    visit_id: UUID | None
    code: Flag
    raised_at: datetime
    settled_at: datetime | None
    settled_by: UUID | None
    settled_words: str | None


@dataclass(frozen=True, slots=True)
class FlagGroup:
    """The flags of one reason about one person: looked at once, and settled together."""

    person_id: UUID
    code: Flag
    flags: tuple[RaisedFlag, ...]

    @property
    def latest_at(self) -> datetime:
        """When the last of them was raised."""
        return max(f.raised_at for f in self.flags)


def grouped(flags: Iterable[RaisedFlag]) -> tuple[FlagGroup, ...]:
    """Flags by person and reason, in the order in which the first of each came."""
    found: dict[tuple[UUID, Flag], list[RaisedFlag]] = {}
    for flag in flags:
        found.setdefault((flag.person_id, flag.code), []).append(flag)
    return tuple(FlagGroup(person_id, code, tuple(those)) for (person_id, code), those in found.items())


def flags_of_times(*, start: datetime, end: datetime, now: datetime, skew: timedelta) -> tuple[Flag, ...]:
    """What the effective times of a record and the skew of its clock give cause to look at."""
    checks = (
        (abs(skew) > SKEW_LIMIT, Flag.CLOCK_SKEW),
        (end > now, Flag.FUTURE),
        (now - end > OLD_AFTER, Flag.OLD),
        (end - start > LONGEST, Flag.LONGER_THAN_A_DAY),
    )
    return tuple(flag for raised, flag in checks if raised)


def has_died(*, died_on: date | None, at: datetime) -> bool:
    """Whether the person had died before the day of an instant."""
    return died_on is not None and local_date(at) > died_on
