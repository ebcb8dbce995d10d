"""The rota of a week, by person and by worker."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask import request

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section, role_alone_allows
from careplan.delegation import queries as delegation
from careplan.kernel.clock import end_of_day, local_date, start_of_day, utc_now
from careplan.kernel.errors import NotFound
from careplan.people import queries as people
from careplan.visits import queries
from careplan.visits.domain.covering import covering
from careplan.visits.domain.rota import by_person, by_worker, week_of
from careplan.visits.domain.short_visit import Share, share_of
from careplan.visits.domain.visit import Status, Visit
from careplan.visits.queries.patterns import list_activities, list_short_agreed
from careplan.visits.queries.watching import find_rules
from careplan.visits.routes.blueprint import blueprint
from careplan.visits.routes.lines import Line, line_of
from careplan.web import page

BY_PERSON, BY_WORKER = "person", "worker"
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Entry:
    """A visit on the rota: its line, whether anything lacks, and the activities that nobody who comes may do."""

    line: Line
    lacks: int
    uncovered: tuple[str, ...]


@blueprint.get("/provider/rota")
@guard.listing(Section.PROVIDER_DAY)
def show_rota() -> str:
    """A week of the provider's visits; `week` is any day of it, `by` says whose rows they are."""
    now, organisation_id = utc_now(), guard.actor().organisation_id
    if organisation_id is None:
        raise NotFound
    week = week_of(asked_day(request.args.get("week"), local_date(now)))
    by = BY_WORKER if request.args.get("by") == BY_WORKER else BY_PERSON
    since, until = start_of_day(week[0]), end_of_day(week[-1])
    visits = queries.list_week_of_provider(provider_id=organisation_id, since=since, until=until)
    known = people.list_people_by_id(person_ids={v.person_id for v in visits})
    guard.show(known)
    persons = {i: p.name for i, p in known.items()}
    names = access.list_account_names(account_ids={w for v in visits for w in (*v.workers, *v.came)})
    uncovered, rules = uncovered_of(visits), find_rules(provider_id=organisation_id, at=now)

    def entry(visit: Visit) -> Entry:
        lacks = visit.lacks_workers if visit.status is Status.PLANNED else 0
        return Entry(line_of(visit, names, persons, now, rules), lacks, uncovered.get(visit.id, ()))

    if by == BY_PERSON:
        rows = sorted(by_person(visits, week, entry), key=lambda r: persons.get(r.key, "") if r.key else "")
    else:
        rows = by_worker(visits, week, entry, names=names)
    return page(
        "visits/rota.html", rows=rows, week=week, by=by, names=persons if by == BY_PERSON else names,
        today=local_date(now), before=week[0] - A_WEEK, after=week[0] + A_WEEK, share=_share(visits),
        may_plan=role_alone_allows(
            role=guard.actor().role, section=Section.PROVIDER_DAY, action=Action.WRITE
        ),
    )  # fmt: skip


def asked_day(typed: str | None, today: date) -> date:
    """The day that an address names; today where it names none."""
    try:
        return date.fromisoformat(typed) if typed else today
    except ValueError:
        return today


def uncovered_of(visits: Iterable[Visit]) -> Mapping[UUID, tuple[str, ...]]:
    """By visit still to come, the delegated activities that nobody who is to come may do."""
    open_visits = {v.id: v for v in visits if v.status is Status.PLANNED}
    wanted = list_activities(visit_ids=open_visits)
    given = delegation.list_delegations_by_id(delegation_ids={i for ids in wanted.values() for i in ids})
    found = {}
    for visit_id, ids in wanted.items():
        visit = open_visits[visit_id]
        start = visit.planned_start
        lacking = tuple(
            given[i].activity for i in ids if i in given and start and not covering(given[i], visit.workers, start)
        )
        if lacking:
            found[visit_id] = lacking
    return found


def _share(visits: Iterable[Visit]) -> Share:
    """Visits of half an hour or more, shorter ones so agreed, and other short ones."""
    planned = [v for v in visits if v.cancellation is None]
    agreed = list_short_agreed(pattern_ids={v.pattern_id for v in planned if v.pattern_id})
    return share_of((v.planned_minutes or 0, v.pattern_id in agreed) for v in planned)
