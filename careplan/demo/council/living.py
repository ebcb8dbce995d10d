"""Life under the plans: visits planned and recorded, notes, readings and ratings, the bank going down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.delegation.domain.delegation import Delegation
from careplan.delegation.domain.occasion import Measured, OccasionResult
from careplan.demo.council.cast import Cast
from careplan.kernel.clock import at_local, local_date
from careplan.kernel.ids import new_id
from careplan.outcomes.domain.level import Level
from careplan.visits.domain.incoming import IncomingActivity, IncomingRating, IncomingVisit, Sender
from careplan.visits.domain.lateness import Windows
from careplan.visits.domain.rules import Rules
from careplan.visits.domain.visit import Result, Visit
from careplan.visits.queries import list_flags
from careplan.visits.service import set_rules, watch
from careplan.visits.service.planning import plan_visit
from careplan.visits.service.recording import keep
from careplan.visits.service.settling import settle_flags

PLANNED_AHEAD = timedelta(days=3)
# How many minutes longer or shorter than planned a visit turns out, in turn: nobody's day runs to the minute.
JITTER = (0, 4, -3, 7, 0, -5, 2, 9, -2)
NOTES = (
    "Bright this morning. Ate well.",
    "Tired; we sat and talked.",
    "Did her exercises with the kettle on.",
    "A bit short of breath on the stairs.",
    "In good spirits, singing.",
)


@dataclass(frozen=True, slots=True)
class Call:
    """A time of day at which somebody comes: for how long, who, and how many."""

    at: time
    minutes: int
    workers: tuple[str, ...]
    time_critical: bool = False


MORNING = Call(time(8, 0), 45, ("care-worker",), time_critical=True)
LUNCH = Call(time(12, 30), 45, ("care-worker",))
TEA = Call(time(17, 0), 35, ("ade",))
BED = Call(time(20, 0), 45, ("ade",))
HEAVY_WEEK, LIGHT_WEEK = (MORNING, LUNCH, TEA, BED), (MORNING, BED)
CALLS: dict[str, tuple[Call, ...]] = {
    "harold": (Call(time(9, 15), 45, ("care-worker", "ade")), Call(time(18, 15), 45, ("care-worker", "ade"))),
    "objector": (Call(time(11, 0), 50, ("care-worker",)),),
    "doreen": (Call(time(13, 45), 60, ("ade",)), Call(time(19, 5), 50, ("ade",))),
    "stanley": (Call(time(15, 0), 60, ("care-worker",)),),
    "joan": (Call(time(10, 30), 60, ("ade",)),),
    "frank": (Call(time(16, 15), 40, ("care-worker",)),),
    "vera": (Call(time(11, 45), 30, ("ade",)),),
    "walter": (Call(time(7, 30), 60, ("ade",)),),
    "olive": (Call(time(13, 25), 30, ("care-worker",)),),
    "amina": (Call(time(8, 30), 60, ("lena",)),),
    "george": (Call(time(10, 0), 45, ("lena",)),),
    "patricia": (Call(time(11, 30), 30, ("lena",)),),
    "leonard": (Call(time(13, 0), 60, ("lena",)),),
}


class Odd(StrEnum):
    """A visit that does not go as planned."""

    MISSED = "missed"
    LATE = "late"
    NO_REPLY = "no_reply"


# Whose visit, how many days ago, at what time. A week ago always lies in the week that waits to be confirmed.
ODD: dict[tuple[str, int, time], Odd] = {
    ("joan", 7, time(10, 30)): Odd.MISSED,
    ("stanley", 7, time(15, 0)): Odd.LATE,
    ("doreen", 7, time(19, 5)): Odd.NO_REPLY,
    ("stanley", 1, time(15, 0)): Odd.LATE,
    ("doreen", 1, time(13, 45)): Odd.NO_REPLY,
    ("frank", 1, time(16, 15)): Odd.MISSED,
}
LATE_BY, AT_THE_DOOR = timedelta(minutes=55), timedelta(minutes=6)


@dataclass(frozen=True, slots=True)
class Story:
    """Whose visits these are, under which version, and what is done at them."""

    key: str
    person_id: UUID
    plan_version: int
    coordinator: Actor
    delegations: Sequence[Delegation] = ()
    outcomes: Sequence[UUID] = ()


def live(
    story: Story, *, calls: Iterator[tuple[date, Call]], cast: Cast, now: datetime, skip_today: bool = False
) -> None:
    """Plans each call, and records those that lie behind; `skip_today` leaves today's without a record."""
    for turn, (day, call) in enumerate(calls):
        visit = _plan(story, day, call, cast)
        assert visit.planned_end is not None  # noqa: S101  it narrows the type: it was planned a line above
        ended = visit.planned_end + timedelta(minutes=JITTER[turn % len(JITTER)])
        today = at_local(day, time(0)) <= now < at_local(day, time(0)) + timedelta(days=1)
        if ended + timedelta(minutes=10) >= now or (skip_today and today):
            continue
        odd = ODD.get((story.key, (local_date(now) - day).days, call.at))
        if odd is None:
            _record(story, visit, call, ended=ended, turn=turn, cast=cast)
        else:
            _go_wrong(story, visit, call, odd, cast=cast)


def goes_back(key: str) -> int:
    """How many days ago something went wrong for somebody; 0 where nothing did."""
    return max((ago for whose, ago, _ in ODD if whose == key), default=0)


def watch_over(*, now: datetime) -> None:
    """What the worker process does each minute, at the ends of the days on which something went wrong, and now."""
    days = {local_date(now) - timedelta(days=ago) for _, ago, _ in ODD}
    for day in sorted(days):
        watch(now=at_local(day, time(23, 59)))
    watch(now=now)


def ask_for_punctuality(cast: Cast, *, now: datetime) -> None:
    """In two weeks a visit of Meadow Support's is late sooner than one of others'."""
    windows = Windows(timedelta(minutes=15), timedelta(minutes=30))
    since = local_date(now) + timedelta(days=14)
    set_rules(
        rules=Rules(windows), provider_id=cast.houses["meadow_support"], since=since, actor=cast["admin"], now=now
    )


def margarets_calls(*, starts_on: date, last: date) -> Iterator[tuple[date, Call]]:
    """Four calls a day in weeks of twenty hours, two in weeks of ten, when Jean and the day centre help."""
    for number in range((last - starts_on).days + 1):
        for call in HEAVY_WEEK if number // 7 % 2 == 0 else LIGHT_WEEK:
            yield starts_on + timedelta(days=number), call


def daily_calls(key: str, *, first: date, last: date) -> Iterator[tuple[date, Call]]:
    """A neighbour's calls, the same every day."""
    for number in range((last - first).days + 1):
        for call in CALLS.get(key, ()):
            yield first + timedelta(days=number), call


def fall_short(story: Story, *, low_at: datetime, unsigned_at: datetime, early_at: datetime, cast: Cast) -> None:
    """What calls for somebody: a peak flow below its range, eye drops by a worker whom nobody has signed off, and a
    peak flow by the same on the day before he might.
    """
    peak_flow, drops = story.delegations
    for delegation, slug, at, readings in (
        (peak_flow, "care-worker", low_at, (Measured("Peak flow", Decimal(210), "L/min"),)),
        (peak_flow, "care-worker-uncertified", early_at, (Measured("Peak flow", Decimal(262), "L/min"),)),
        (drops, "care-worker-uncertified", unsigned_at, ()),
    ):
        record = IncomingActivity(
            id=new_id(),
            occurred_at=at,
            plan_version=story.plan_version,
            person=story.person_id,
            delegation=delegation.id,
            instruction_version=1,
            result=OccasionResult.DONE,
            readings=readings,
        )
        keep(record=record, sender=Sender(cast[slug]), now=at + timedelta(minutes=5))


def settle_old_flags(story: Story, *, before: datetime) -> None:
    """The coordinator has looked at all but the latest flags, as coordinators do."""
    old = [f.id for f in list_flags(person_id=story.person_id) if f.raised_at < before]
    if old:
        settle_flags(flag_ids=old, words="Known; nothing to do.", actor=story.coordinator, now=before)


def _plan(story: Story, day: date, call: Call, cast: Cast) -> Visit:
    start = at_local(day, call.at)
    return plan_visit(
        person_id=story.person_id,
        planned_start=start,
        planned_end=start + timedelta(minutes=call.minutes),
        workers=[cast[slug].account_id for slug in call.workers],
        workers_needed=len(call.workers),
        time_critical=call.time_critical,
        actor=story.coordinator,
        now=start - PLANNED_AHEAD,
    )


def _record(story: Story, visit: Visit, call: Call, *, ended: datetime, turn: int, cast: Cast) -> None:
    assert visit.planned_start is not None  # noqa: S101  it narrows the type: these visits were planned
    first, *others = (cast[slug] for slug in call.workers)
    for worker in (first, *others):
        record = IncomingVisit(
            id=new_id(),
            occurred_at=ended,
            plan_version=story.plan_version,
            person=story.person_id,
            visit=visit.id,
            started_at=visit.planned_start + timedelta(minutes=turn % 4),
            ended_at=ended,
            result=Result.COMPLETED,
            workers=tuple(o.account_id for o in (first, *others) if o is not worker),
            note=NOTES[turn % len(NOTES)] if worker is first else None,
        )
        keep(record=record, sender=Sender(worker), now=ended + timedelta(minutes=2))
    for extra in _extras(story, visit, call, ended=ended, turn=turn):
        keep(record=extra, sender=Sender(first), now=ended + timedelta(minutes=3))


def _go_wrong(story: Story, visit: Visit, call: Call, odd: Odd, *, cast: Cast) -> None:
    """Nobody answers, or somebody comes late; of a missed visit there is nothing to record."""
    start = visit.planned_start
    if start is None or odd is Odd.MISSED:
        return
    start, lasts = (start + LATE_BY, timedelta(minutes=call.minutes)) if odd is Odd.LATE else (start, AT_THE_DOOR)
    record = IncomingVisit(
        id=new_id(),
        occurred_at=start + lasts,
        plan_version=story.plan_version,
        person=story.person_id,
        visit=visit.id,
        started_at=start,
        ended_at=start + lasts,
        result=Result.NO_REPLY if odd is Odd.NO_REPLY else Result.COMPLETED,
        note="Rang twice and looked through the window." if odd is Odd.NO_REPLY else "The bus did not come. Sorry.",
    )
    keep(record=record, sender=Sender(cast[call.workers[0]]), now=start + lasts + timedelta(minutes=2))


def _extras(
    story: Story, visit: Visit, call: Call, *, ended: datetime, turn: int
) -> Iterator[IncomingActivity | IncomingRating]:
    """Peak flow in the morning, drops at night, and now and then a note of progress."""
    if story.delegations and call in (MORNING, BED):
        delegation = story.delegations[0 if call is MORNING else 1]
        reading = Measured("Peak flow", Decimal(245 + turn * 7 % 60), "L/min")
        yield IncomingActivity(
            id=new_id(),
            occurred_at=ended - timedelta(minutes=20),
            plan_version=story.plan_version,
            person=story.person_id,
            visit=visit.id,
            delegation=delegation.id,
            instruction_version=1,
            result=OccasionResult.DONE,
            readings=(reading,) if call is MORNING else (),
        )
    if story.outcomes and turn % 9 == 4:
        yield IncomingRating(
            id=new_id(),
            occurred_at=ended,
            plan_version=story.plan_version,
            person=story.person_id,
            visit=visit.id,
            outcome=story.outcomes[turn % len(story.outcomes)],
            level=Level(min(turn // 60 - 1, 1)),
            note=None,
        )
