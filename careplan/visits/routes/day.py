"""The coordinator's today: visits, what is late, what to look at and to take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section, role_alone_allows
from careplan.delegation import queries as delegation
from careplan.delegation.domain.stopping import sentence
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import Conflict, DomainError, NotFound
from careplan.medicines import queries as medicines
from careplan.people import queries as people
from careplan.visits import queries, service
from careplan.visits.domain.flag import WORDS, grouped
from careplan.visits.domain.visit import Status
from careplan.visits.queries.watching import find_rules, list_alerts
from careplan.visits.routes.blueprint import blueprint
from careplan.visits.routes.lines import Line, line_of
from careplan.visits.routes.rota import uncovered_of
from careplan.visits.routes.touched import touched_by
from careplan.visits.schemas import read_entry
from careplan.web import page


@dataclass(frozen=True, slots=True)
class Day:
    """Today's visits, and how many of them call for somebody; `uncovered` are activities by visit."""

    lines: Sequence[Line]
    uncovered: Mapping[UUID, tuple[str, ...]]
    late: int
    missed: int
    short_of_workers: int

    @classmethod
    def of(cls, lines: Sequence[Line], uncovered: Mapping[UUID, tuple[str, ...]]) -> "Day":
        """Counts what stands out."""
        lacking = [x for x in lines if x.visit.status is Status.PLANNED and x.visit.lacks_workers]
        return cls(
            lines=lines,
            uncovered=uncovered,
            late=sum(x.late for x in lines),
            missed=sum(x.visit.status is Status.MISSED for x in lines),
            short_of_workers=len({x.visit.id for x in lacking} | set(uncovered)),
        )


@blueprint.get("/provider")
@guard.listing(Section.PROVIDER_DAY)
def show_provider_day() -> ResponseReturnValue:
    """A coordinator's today: visits, what is late, what to settle."""
    now = utc_now()
    organisation_id = guard.actor().organisation_id
    if organisation_id is None:
        raise NotFound
    visits = queries.list_visits_of_provider(provider_id=organisation_id, day=local_date(now))
    flags = queries.list_flags(provider_id=organisation_id)
    alerts = list_alerts(provider_id=organisation_id)
    of_medicines = medicines.list_open_alerts(organisation_id=organisation_id)
    held = queries.list_held(organisation_id=organisation_id)
    stops = delegation.list_open_stops(provider_id=organisation_id)
    about = queries.list_visits_by_id(visit_ids={a.visit_id for a in alerts})
    known = people.list_people_by_id(
        person_ids={x.person_id for listed in (visits, flags, alerts, of_medicines, stops) for x in listed}
    )
    guard.show(known)
    persons = {i: p.name for i, p in known.items()}
    rules = find_rules(provider_id=organisation_id, at=now)
    names = access.list_account_names(
        account_ids={w for v in visits for w in (*v.workers, *v.came)}
        | {h.worker_id for h in held}
        | {s.worker_id for s in stops if s.worker_id}
    )
    return page(
        "visits/provider.html",
        day=Day.of([line_of(v, names, persons, now, rules) for v in visits], uncovered_of(visits)),
        groups=grouped(flags),
        handed_over=delegation.list_open_alerts(organisation_id=organisation_id),
        alerts=alerts,
        of_medicines=of_medicines,
        stops=stops,
        stop_words={s.id: sentence(s.cause, names.get(s.worker_id or s.id)) for s in stops},
        touched=touched_by(stops, now),
        known=known,
        about=about,
        held=held,
        persons=persons,
        names=names,
        flag_words=WORDS,
        now=now,
        may_answer=role_alone_allows(role=guard.actor().role, section=Section.PROVIDER_DAY, action=Action.WRITE),
    )


@blueprint.post("/provider/flags")
@guard.role(Section.PROVIDER_DAY, Action.WRITE)
def settle_flags() -> ResponseReturnValue:
    """A coordinator says what came of the flags of one reason about one person; the trail names the person."""
    words, named = request.form.get("words", ""), request.form.getlist("flag", type=UUID)
    try:
        guard.show(service.settle_flags(flag_ids=named, words=words, actor=guard.actor(), now=utc_now()))
        guard.because(words.strip())
        flash("Settled.")
    except DomainError as refused:
        if isinstance(refused, NotFound):
            raise
        flash(refused.message, "error")
    return redirect("/provider", 303)


@blueprint.post("/provider/held/<uuid:held_id>")
@guard.role(Section.PROVIDER_DAY, Action.WRITE)
def take_held(held_id: UUID) -> ResponseReturnValue:
    """A coordinator takes a record that was held into the person's record."""
    actor, organisation_id = guard.actor(), guard.actor().organisation_id
    held = (
        next((h for h in queries.list_held(organisation_id=organisation_id) if h.id == held_id), None)
        if (organisation_id)
        else None
    )
    record = read_entry(held.body).record if held else None
    if record is None:
        raise NotFound
    try:
        service.take_held(held_id=held_id, record=record, actor=actor, now=utc_now())
        flash("Taken into the person's record.")
    except Conflict as refused:
        flash(refused.message, "error")
    return redirect("/provider", 303)
