"""Watching over visits: who is told that nobody has come, that somebody came late, and what was missed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from careplan.access.domain.actor import SYSTEM, Actor
from careplan.db import db
from careplan.hours import service as hours
from careplan.kernel.ids import new_id
from careplan.kernel.words import clock_time, day
from careplan.notices import service as notices
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.people import queries as people
from careplan.plans import queries as plans
from careplan.plans.domain.content import Rank
from careplan.visits.domain.alert import AlertKind, is_doubtful, tells_contact
from careplan.visits.domain.lateness import Timing, missed_from, timing_of_start, timing_without_start
from careplan.visits.domain.rules import Rules
from careplan.visits.domain.visit import Status, Visit
from careplan.visits.models import VisitAlertRow, VisitRow
from careplan.visits.queries import list_visits_by_id
from careplan.visits.queries import watching as queries
from careplan.visits.service.locking import lock_person

BY_ITSELF = "No start was received."


@dataclass(frozen=True, slots=True)
class _Orders:
    """What the plan says of a visit that goes wrong."""

    rank: Rank = Rank.MEDIUM
    contact: str = ""
    response: str = ""
    steps: str = ""


def watch(*, now: datetime) -> int:
    """Raises every alert that is due, and settles what was missed; says how many. Safe to run at any time."""
    rules = _RulesByProvider(now)
    raised = _raise_all(AlertKind.NO_START, _without_start(rules, now), now)
    raised += _settle_missed(now)
    raised += _raise_all(AlertKind.LATE, _off_time(rules, now), now)
    raised += _raise_all(AlertKind.NO_REPLY, _not_answered(now), now)
    raised += _settle_short_handed(now)
    return raised


def raise_alert(visit: Visit, kind: AlertKind, now: datetime, *, actor: Actor = SYSTEM) -> bool:
    """Alerts the provider once for a visit and a kind; False where it was alerted before. `actor` says so."""
    if visit.provider_id is None:
        return False
    orders = _orders(visit, now)
    doubtful = kind is AlertKind.LATE and is_doubtful(r.clocked.skew for r in visit.standing)
    written = db.session.execute(
        insert(VisitAlertRow)
        .values(
            id=new_id(),
            visit_id=visit.id,
            person_id=visit.person_id,
            provider_id=visit.provider_id,
            kind=kind.value,
            rank=orders.rank.value,
            contact=orders.contact,
            response=orders.steps if kind is AlertKind.NO_REPLY and orders.steps else orders.response,
            tell_contact=tells_contact(kind=kind, rank=orders.rank),
            clock_doubtful=doubtful,
            confirmed=None if doubtful else True,
            raised_at=now,
        )
        .on_conflict_do_nothing(index_elements=["visit_id", "kind"])
        .returning(VisitAlertRow.id)
    ).scalar()
    if written is None:
        return False
    _tell(visit, kind, orders, actor, now)
    return True


class _RulesByProvider:
    """Rules by provider, each asked for once."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._known: dict[UUID | None, Rules] = {}

    def of(self, visit: Visit) -> Rules:
        if visit.provider_id not in self._known:
            self._known[visit.provider_id] = queries.find_rules(provider_id=visit.provider_id, at=self._now)
        return self._known[visit.provider_id]


def _without_start(rules: _RulesByProvider, now: datetime) -> list[Visit]:
    return [v for v in queries.list_without_start(now=now) if _is_overdue(v, rules.of(v), now)]


def _is_overdue(visit: Visit, rules: Rules, now: datetime) -> bool:
    if visit.planned_start is None:
        return False
    found = timing_without_start(
        planned=visit.planned_start, now=now, time_critical=visit.time_critical, windows=rules.windows,
        own=visit.window,
    )  # fmt: skip
    return found is Timing.LATE


def _off_time(rules: _RulesByProvider, now: datetime) -> list[Visit]:
    return [v for v in queries.list_begun_off_time(now=now) if _is_off_time(v, rules.of(v))]


def _is_off_time(visit: Visit, rules: Rules) -> bool:
    if visit.planned_start is None or visit.started_at is None:
        return False
    found = timing_of_start(
        planned=visit.planned_start, started=visit.started_at, time_critical=visit.time_critical,
        windows=rules.windows, own=visit.window,
    )  # fmt: skip
    return found is not Timing.IN_TIME


def _not_answered(now: datetime) -> list[Visit]:
    return [v for v in queries.list_not_answered(now=now) if v.status is Status.NO_REPLY]


def _settle_missed(now: datetime) -> int:
    due = [
        visit
        for visit, following in queries.list_untouched(now=now)
        if visit.planned_start and now >= missed_from(planned=visit.planned_start, next_planned=following)
    ]
    for person_id in sorted({v.person_id for v in due}):
        lock_person(person_id)
    # A record may have come between the look and the lock; from here on none can.
    seen = list_visits_by_id(visit_ids=[v.id for v in due])
    due = [v for v in due if v.id in seen and seen[v.id].status is Status.PLANNED]
    if not due:
        return 0
    for visit in due:
        row = db.session.get_one(VisitRow, visit.id, with_for_update=True)
        row.missed_at, row.missed_because = now, BY_ITSELF
    db.session.flush()
    hours.release_visits(visit_ids=[v.id for v in due], actor=SYSTEM, now=now)
    return _raise_all(AlertKind.MISSED, due, now)


def _settle_short_handed(now: datetime) -> int:
    """Once nobody else can be on the way, the share of who did not come goes back."""
    due = [
        v
        for v in queries.list_perhaps_short_handed(now=now)
        if v.is_short_handed and v.planned_start and now >= missed_from(planned=v.planned_start, next_planned=None)
    ]
    if due:
        hours.release_visits(visit_ids=[v.id for v in due], actor=SYSTEM, now=now)
    return _raise_all(AlertKind.ONE_OF_TWO, due, now)


def _raise_all(kind: AlertKind, visits: Iterable[Visit], now: datetime) -> int:
    return sum(raise_alert(v, kind, now) for v in visits)


def _orders(visit: Visit, now: datetime) -> _Orders:
    version = plans.find_in_force(person_id=visit.person_id, at=visit.planned_start or now)
    if version is None:
        return _Orders()
    said = version.content.missed_visit
    steps = "\n".join(
        f"After {s.after_minutes} minutes: {s.step}" if s.after_minutes else f"First: {s.step}"
        for s in version.content.no_reply
    )
    return _Orders(said.rank, said.contact, said.response, steps) if said else _Orders(steps=steps)


def _tell(visit: Visit, kind: AlertKind, orders: _Orders, actor: Actor, now: datetime) -> None:
    """The coordinator of everything; the person's side of what was missed, and at once where that is dangerous."""
    if visit.planned_start is None:
        return
    person = people.get_person(person_id=visit.person_id)
    when = f"{clock_time(visit.planned_start)} on {day(visit.planned_start)}"
    words = f"{kind.words}: {person.name}, {when}."
    tell = partial(_notice, visit, actor, now)
    tell({Audience.PROVIDER}, words, "/provider")
    if kind is AlertKind.MISSED:
        own = f"Nobody came for the visit at {when}. Your care provider will call you."
        tell({Audience.PERSON}, own, "/me/visits")
    if tells_contact(kind=kind, rank=orders.rank):
        said = _TOLD_CARERS[kind]
        tell({Audience.CARER}, said(person.known_as, when), "/me/visits")


def _notice(visit: Visit, actor: Actor, now: datetime, audience: set[Audience], words: str, address: str) -> None:
    notices.tell(
        person_id=visit.person_id, audience=audience, words=words, address=address, actor=actor, now=now,
        kind=NoticeKind.VISIT,
    )  # fmt: skip


_TOLD_CARERS: dict[AlertKind, Callable[[str, str], str]] = {
    AlertKind.MISSED: lambda name, when: f"Nobody came to {name} for the visit at {when}.",
    AlertKind.NO_START: lambda name, when: f"Nobody has come to {name} yet for the visit at {when}.",
    AlertKind.NO_REPLY: lambda name, when: f"{name} did not open the door for the visit at {when}.",
}
