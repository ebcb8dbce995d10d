"""The rota of the coming weeks: what recurs for Margaret and Harold, whom they wish to come, and who can."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from careplan.demo.council.cast import Cast
from careplan.kernel.clock import at_local
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.visits import service
from careplan.visits.domain.fitting import Heeded, Traits, Wishes
from careplan.visits.domain.incoming import DowntimeUse, IncomingDowntime, Sender
from careplan.visits.domain.pattern import ALL_WEEKS, Service, Wanted
from careplan.visits.service.recording import keep

EVERY_DAY = frozenset(range(7))
HEAVY, LIGHT = frozenset({1, 3}), frozenset({2, 4})
TRAITS = {
    "care-worker": Traits("female", frozenset({"en", "pa"}), "Sikh"),
    "care-worker-uncertified": Traits("male", frozenset({"en"}), None),
    "ade": Traits("male", frozenset({"en", "fr"}), None),
}
# Their visits of the next days were planned one by one; from then on they recur.
TWO_WEEKS = timedelta(days=13)


@dataclass(frozen=True, slots=True)
class Recurring:
    """When somebody comes, for how long, who, in which weeks."""

    at: time
    minutes: int
    workers: tuple[str, ...]
    weeks: frozenset[int] = ALL_WEEKS
    needed: int = 1
    time_critical: bool = False


MARGARETS = (
    Recurring(time(8, 0), 45, ("care-worker",), time_critical=True),
    Recurring(time(12, 30), 45, ("care-worker",), weeks=HEAVY),
    Recurring(time(17, 0), 35, ("ade",), weeks=HEAVY),
    Recurring(time(20, 0), 45, ("ade",)),
)
HAROLDS = (
    Recurring(time(9, 15), 45, ("care-worker", "ade"), needed=2),
    Recurring(time(18, 15), 45, ("ade",), needed=2),
)


# By the place of a pattern among a person's, the delegations whose activity is done at it.
Activities = Mapping[int, tuple[UUID, ...]]


def describe_workers(*, cast: Cast, now: datetime) -> None:
    """What workers said of themselves."""
    for slug, traits in TRAITS.items():
        service.record_traits(
            worker_id=cast[slug].account_id, traits=traits, actor=cast["provider-coordinator"], now=now
        )


def work_a_shift(*, cast: Cast, day: date) -> None:
    """Joy's whole shift of a day, and what she did when she was not with people."""
    joy, coordinator = cast["care-worker"], cast["provider-coordinator"]
    begins, ends = at_local(day, time(7, 30)), at_local(day, time(15, 0))
    service.plan_shift(
        worker_id=joy.account_id, starts_at=begins, ends_at=ends, actor=coordinator, now=begins - timedelta(days=7)
    )
    for at, minutes, use in ((time(10), 20, DowntimeUse.TRAINING), (time(11, 20), 15, DowntimeUse.PEOPLE)):
        logged = at_local(day, at)
        record = IncomingDowntime(id=new_id(), occurred_at=logged, minutes=minutes, use=use)
        keep(record=record, sender=Sender(joy), now=logged)


def plan_margarets_weeks(person_id: UUID, *, cast: Cast, first: date, now: datetime, activities: Activities) -> None:
    """Four visits a day in the heavy weeks, two in the light ones, with no end."""
    wishes = Wishes(gender="female", language="en")
    service.record_wishes(person_id=person_id, wishes=wishes, actor=cast["provider-coordinator"], now=now)
    for wanted in _wanted(MARGARETS, activities, cast=cast, first=first, until=first + TWO_WEEKS):
        _plan(person_id, wanted, cast=cast, now=now)


def plan_harolds_weeks(person_id: UUID, *, cast: Cast, first: date, now: datetime, activities: Activities) -> None:
    """Two workers at once, morning and evening; in the evening the second is still to be found."""
    for wanted in _wanted(HAROLDS, activities, cast=cast, first=first, until=first + TWO_WEEKS):
        _plan(person_id, wanted, cast=cast, now=now)


def _plan(person_id: UUID, wanted: Wanted, *, cast: Cast, now: datetime) -> None:
    service.plan_pattern(
        pattern_id=new_id(),
        person_id=person_id,
        wanted=wanted,
        heeded=Heeded("Margaret knows Ade and likes him to come at night.", person_agreed=True),
        actor=cast["provider-coordinator"],
        now=now,
    )


def _wanted(
    those: tuple[Recurring, ...], activities: Activities, *, cast: Cast, first: date, until: date
) -> Iterator[Wanted]:
    for number, one in enumerate(those):
        yield Wanted(
            days=EVERY_DAY,
            weeks=one.weeks,
            at=one.at,
            minutes=Minutes(one.minutes),
            from_day=first,
            until=until,
            workers_needed=one.needed,
            workers=tuple(cast[slug].account_id for slug in one.workers),
            service=Service.CARE_AT_HOME,
            time_critical=one.time_critical,
            activities=activities.get(number, ()),
        )
