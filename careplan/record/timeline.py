"""One page of what happened around a person: one statement finds it, and a fixed number more fill in the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import Select, literal, or_, select, tuple_, union_all

from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action
from careplan.assessments import happened as assessments
from careplan.community import happened as community
from careplan.db import db
from careplan.db.moments import Moments
from careplan.delegation import happened as delegation
from careplan.endings import happened as endings
from careplan.equipment import happened as equipment
from careplan.hours import happened as hours
from careplan.kernel.clock import end_of_day, local_date, start_of_day
from careplan.medicines import happened as medicines
from careplan.organisations import queries as organisations
from careplan.outcomes import happened as outcomes
from careplan.people import happened as people_happened
from careplan.people import queries as people
from careplan.plans import happened as plans_happened
from careplan.plans import queries as plans
from careplan.record.domain.happening import Happening
from careplan.record.domain.moment import About, Known, Moment
from careplan.record.domain.telling import ROLES_OF, Side, lines, readable
from careplan.visits import queries as visits
from careplan.visits.domain.visit import Visit

PAGE = 50
VISITS, DOSES = "visits", "doses"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the timeline: after the moment at this instant with this name and key."""

    at: datetime
    what: str
    key: str


@dataclass(frozen=True, slots=True)
class Day:
    """The lines of one London day, the latest first."""

    day: date
    lines: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of it, and where the next begins."""

    days: Sequence[Day]
    after: Place | None


def get_timeline(
    *,
    person_id: UUID,
    actor: Actor,
    now: datetime,
    about: About | None = None,
    side: Side | None = None,
    after: Place | None = None,
) -> Timeline:
    """What happened, the latest first, as far as this reader may see; of one kind and one party where they ask so."""
    allowed = access.list_allowed(actor=actor, person_id=person_id, now=now)
    sections = frozenset(section for section, action in allowed if action is Action.READ)
    told = readable(sections, about)
    until = now if after is None else min(now, end_of_day(local_date(after.at)))
    chosen = {w: s for w, s in _sources(person_id, until=until, now=now).items() if w in told}
    found = _find(chosen, side=side, after=after, now=now)
    shown = found[:PAGE]
    last = Place(shown[-1].at, shown[-1].what, shown[-1].key) if len(found) > PAGE else None
    said = lines(shown, _known(shown, person_id=person_id, actor=actor, now=now))
    return Timeline([Day(d, tuple(of)) for d, of in groupby(said, key=lambda line: local_date(line.at))], last)


def _sources(person_id: UUID, *, until: datetime, now: datetime) -> Mapping[str, Moments]:
    """Every slice's moments by their names. Concerns and notes about others are none of them, for no reader."""
    return {
        **plans_happened.select_moments(person_id=person_id, now=now),
        **assessments.select_moments(person_id=person_id),
        **outcomes.select_moments(person_id=person_id),
        **delegation.select_moments(person_id=person_id),
        **medicines.select_moments(person_id=person_id),
        **equipment.select_moments(person_id=person_id),
        **community.select_moments(person_id=person_id),
        **hours.select_moments(person_id=person_id),
        **people_happened.select_moments(person_id=person_id),
        **endings.select_moments(person_id=person_id),
        VISITS: visits.select_days(person_id=person_id, until=until, now=now),
    }


def _find(sources: Mapping[str, Moments], *, side: Side | None, after: Place | None, now: datetime) -> list[Moment]:
    """The page and one more: from each source no more than could stand on it, then the latest of all."""
    if not sources:
        return []
    parts = (_newest(what, source, side=side, after=after, now=now) for what, source in sorted(sources.items()))
    every = union_all(*(select(part.subquery()) for part in parts)).subquery()
    rows = db.session.execute(
        select(every).order_by(every.c.at.desc(), every.c.what.desc(), every.c.key.desc()).limit(PAGE + 1)
    )
    return [Moment(r.what, r.at, r.key, r.by, r.facts) for r in rows]


def _newest(what: str, source: Moments, *, side: Side | None, after: Place | None, now: datetime) -> Select:  # type: ignore[type-arg]  # the shape of Moments with its name before it
    name, m = literal(what).collate("C"), source.subquery()
    query = select(name.label("what"), m).where(m.c.at <= now)
    if after is not None:
        query = query.where(m.c.at <= after.at, tuple_(m.c.at, name, m.c.key) < tuple_(after.at, after.what, after.key))
    if side is not None:
        theirs = m.c.by.in_(access.select_accounts(roles=ROLES_OF[side]))
        query = query.where(or_(m.c.party == side.value, m.c.party.is_(None) & theirs))
    return query.order_by(m.c.at.desc(), m.c.key.desc()).limit(PAGE + 1)


def _known(shown: Sequence[Moment], *, person_id: UUID, actor: Actor, now: datetime) -> Known:
    firms = {UUID(m.facts["organisation"]) for m in shown if m.facts.get("organisation")}
    plan = plans.find_plan(person_id=person_id, at=now) if any("outcome" in m.facts for m in shown) else None
    taken = people.list_medicines(person_id=person_id) if any(m.what == DOSES for m in shown) else ()
    return Known(
        reader_id=actor.account_id,
        is_own=actor.role is Role.CITIZEN,
        person=people.get_person(person_id=person_id).known_as,
        names=access.list_account_names(account_ids={m.by for m in shown if m.by is not None}),
        organisations={i: o.name for i, o in organisations.list_organisations_by_id(organisation_ids=firms).items()},
        outcomes={o.id: o.words for v in plan.versions for o in v.content.outcomes} if plan else {},
        medicines={m.id: m.details.name for m in taken},
        visits=_visits_by_day(person_id, [local_date(m.at) for m in shown if m.what == VISITS], now),
    )


def _visits_by_day(person_id: UUID, days: Sequence[date], now: datetime) -> dict[date, list[Visit]]:
    """The visits that are over, by the London day on which they begin; days come latest first."""
    if not days:
        return {}
    found = visits.list_visits_between(
        person_id=person_id, since=start_of_day(days[-1]), until=min(end_of_day(days[0]), now)
    )
    over = [v for v in found if v.planned_end is None or v.planned_end <= now]
    by_day = groupby(over, key=lambda v: local_date(visits.place_of(v).starts_at))
    return {day: list(of) for day, of in by_day}
