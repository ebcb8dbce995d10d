"""Pages of visits: one visit's form, the provider's today, one's own visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Section
from careplan.delegation import queries as delegation
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import Conflict, DomainError, NotFound, Problem
from careplan.kernel.ids import new_id
from careplan.people import queries as people
from careplan.plans.domain.content import Outcome
from careplan.visits import forms, queries, service
from careplan.visits.domain.flag import WORDS, grouped
from careplan.visits.domain.incoming import Entry, Sender
from careplan.visits.domain.lateness import Timing, timing_of_start, timing_without_start
from careplan.visits.domain.verdict import Verdict, VerdictStatus
from careplan.visits.domain.visit import Status, Visit, VisitRecord
from careplan.visits.queries import AtTheDoor
from careplan.visits.schemas import read_entry
from careplan.web import page

blueprint = Blueprint("visits", __name__)

STATUS_WORDS = {
    Status.PLANNED: "planned",
    Status.COMPLETED: "done",
    Status.NO_REPLY: "nobody answered",
    Status.REFUSED: "not wanted",
    Status.IN_HOSPITAL: "in hospital",
    Status.CANCELLED: "called off",
}
STATUS_TAGS = {Status.COMPLETED: "settled", Status.PLANNED: "", Status.CANCELLED: "stopped"}
OWN_READERS = (Role.CITIZEN, Role.REPRESENTATIVE, Role.UNPAID_CARER)


class NotTaken(Conflict):
    """A record could not be taken; the sentence says why."""

    code = "not_taken"


@dataclass(frozen=True, slots=True)
class Line:
    """A visit as a list shows it."""

    visit: Visit
    who: str
    person: str
    words: str
    kind: str
    late: bool


@blueprint.get("/visits/<uuid:visit_id>")
@guard.person(Section.VISITS, Action.READ, of=queries.find_person_of_attendance)
def show_visit(visit_id: UUID) -> ResponseReturnValue:
    """One visit: the form for whoever may record it; to all others, and where nobody planned it, what is known."""
    now, actor = utc_now(), guard.actor()
    visit = queries.get_attendance(visit_id=visit_id)
    if visit.planned_start is not None and visit.id != visit_id:
        return redirect(f"/visits/{visit.id}", 303)
    allowed = access.list_allowed(actor=actor, person_id=visit.person_id, now=now)
    if visit.planned_start is not None and (Section.VISITS, Action.RECORD) in allowed:
        return _form_page(visit.id)
    found = queries.get_in_full(visit=visit, allowed=allowed, at=now)
    names = access.list_account_names(account_ids=found.account_ids)
    return page(
        "visits/one.html", found=found, visit=visit, names=names, status_words=STATUS_WORDS, status_tags=STATUS_TAGS,
        is_own=actor.role in OWN_READERS,
    )  # fmt: skip


@blueprint.post("/visits/<uuid:visit_id>")
@guard.person(Section.VISITS, Action.RECORD, of=queries.find_person_of_visit)
def record_visit(visit_id: UUID) -> ResponseReturnValue:
    """Takes what the form says."""
    return _form_page(visit_id)


def _form_page(visit_id: UUID) -> ResponseReturnValue:
    """What to know at the door, and what happened."""
    now, actor = utc_now(), guard.actor()
    visit = queries.get_visit(visit_id=visit_id)
    door = queries.get_at_the_door(person_id=visit.person_id, actor=actor, day=local_date(now), now=now)
    own = [r for r in visit.standing if r.worker_id == actor.account_id]
    corrected = _corrected(own, request.args.get("correct") or request.form.get("corrects"))
    outcomes = door.version.content.outcomes if door.version else ()
    form = _form(visit, door, outcomes, actor, corrected)
    shown = {"visit": visit, "door": door, "outcomes": outcomes, "own": own, "corrected": corrected, "forms": forms}
    names = access.list_account_names(account_ids={*visit.workers, *(r.worker_id for r in visit.records)})
    if form.validate_on_submit():
        try:
            _take(form, visit, door, outcomes, actor, now)
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Saved. It is with the team now.")
            return redirect(f"/visits/{visit_id}", 303)
    return page("visits/record.html", form=form, names=names, status_words=STATUS_WORDS, **shown), (
        422 if form.errors or form.form_errors else 200
    )


@blueprint.get("/round")
@guard.listing(Section.VISITS)
def show_round() -> ResponseReturnValue:
    """A worker's visits today, each leading to its form."""
    now = utc_now()
    visits = queries.list_round(worker_id=guard.actor().account_id, day=local_date(now))
    known = people.list_people_by_id(person_ids={v.person_id for v in visits})
    guard.show(known)
    persons = {i: p.name for i, p in known.items()}
    return page("visits/round.html", lines=[_line(v, {}, persons, now) for v in visits], now=now)


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
    alerts = delegation.list_open_alerts(organisation_id=organisation_id)
    held = queries.list_held(organisation_id=organisation_id)
    known = people.list_people_by_id(person_ids={v.person_id for v in visits} | {f.person_id for f in flags})
    guard.show(known)
    persons = {i: p.name for i, p in known.items()}
    workers = {w for v in visits for w in v.workers} | {h.worker_id for h in held}
    names = access.list_account_names(account_ids=workers)
    lines = [_line(v, names, persons, now) for v in visits]
    return page(
        "visits/provider.html", lines=lines, late=[x for x in lines if x.late], groups=grouped(flags), alerts=alerts,
        held=held, persons=persons, names=names, flag_words=WORDS, form=forms.SettleForm(), now=now,
    )  # fmt: skip


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


@blueprint.get("/me/visits")
@guard.me(Section.VISITS, Action.READ)
def show_own_visits() -> ResponseReturnValue:
    """The person's next and past visits, in plain words."""
    now, person_id, actor = utc_now(), guard.person_id(), guard.actor()
    coming = queries.list_next_visits(person_id=person_id, now=now)
    past = queries.list_past_visits(person_id=person_id, now=now)
    workers = {w for v in (*coming, *past) for w in v.workers} | {r.worker_id for v in past for r in v.records}
    names = access.list_account_names(account_ids=workers)
    persons = {person_id: ""}
    return page(
        "visits/mine.html",
        coming=[_line(v, names, persons, now) for v in coming],
        past=[_line(v, names, persons, now) for v in past],
        may_dispute=access.may_reach(
            actor=actor, person_id=person_id, section=Section.COMPLAINT, action=Action.RECORD, now=now
        ),
    )


def _form(
    visit: Visit, door: AtTheDoor, outcomes: Sequence[Outcome], actor: Actor, corrected: VisitRecord | None
) -> forms.VisitForm:
    said = forms.said_of(corrected) if corrected else {}
    asked = () if corrected else outcomes
    form = forms.visit_form(
        outcomes=asked,
        activities=() if corrected else door.activities,
        colleagues=_colleagues(actor),
        **(said if request.method == "GET" else {}),
    )
    if request.method == "GET":
        form.record.data = str(new_id())
        form.corrects.data = str(corrected.id) if corrected else ""
    return form


def _colleagues(actor: Actor) -> dict[UUID, str]:
    if actor.organisation_id is None:
        return {}
    found = access.list_accounts(organisation_id=actor.organisation_id, role=Role.CARE_WORKER)
    return {a.account_id: a.name for a in found if a.account_id != actor.account_id}


def _corrected(own: Sequence[VisitRecord], named: str | None) -> VisitRecord | None:
    return next((r for r in own if str(r.id) == named), None) if named else None


def _take(
    form: forms.VisitForm, visit: Visit, door: AtTheDoor, outcomes: Sequence[Outcome], actor: Actor, now: datetime
) -> None:
    """All that the form says goes the way that a tablet's records go; nothing is taken until all of it can be read."""
    bodies = forms.bodies_of(
        form,
        visit=visit,
        plan_version=door.version.number if door.version else None,
        outcomes=outcomes,
        activities=door.activities,
    )
    entries = [read_entry(body) for body in bodies]
    for entry in entries:
        if entry.problems:
            raise NotTaken(entry.problems[0].message, problems=_at_the_form(entry))
    sender = Sender(actor, route="POST /visits/<uuid:visit_id>")
    for verdict in service.receive(entries=entries, sender=sender, now=now):
        _check(verdict)


def _check(verdict: Verdict) -> None:
    if verdict.status is VerdictStatus.CONFLICT:
        raise NotTaken("You have saved this visit before. To change it, open it again and correct it.")
    if verdict.status is not VerdictStatus.ACCEPTED:
        raise NotTaken(str(verdict.said["message"]))


def _at_the_form(entry: Entry) -> tuple[Problem, ...]:
    """A record's problems, at the fields of the form that they came from."""
    fields = {"started_at": "started", "ended_at": "ended", "note": "note", "result": "result"}
    if entry.kind == "rating":
        fields = {"level": forms.level_name(UUID(entry.body["outcome"]))}
    if entry.kind == "activity":
        given = UUID(entry.body["delegation"])
        fields = {"reason": forms.reason_name(given)}
        fields |= {f"readings.{k}.value": forms.reading_name(given, k) for k in range(20)}
    return tuple(Problem(fields.get(p.field, p.field), p.message) for p in entry.problems)


def _line(visit: Visit, names: dict[UUID, str], persons: dict[UUID, str], now: datetime) -> Line:
    workers = {r.worker_id for r in visit.standing} or set(visit.workers)
    return Line(
        visit=visit,
        who=", ".join(sorted(names.get(w, "") for w in workers)),
        person=persons.get(visit.person_id, ""),
        words=STATUS_WORDS[visit.status],
        kind=STATUS_TAGS.get(visit.status, "waiting"),
        late=_is_late(visit, now),
    )


def _is_late(visit: Visit, now: datetime) -> bool:
    if visit.planned_start is None or visit.status is Status.CANCELLED:
        return False
    if visit.started_at is None:
        found = timing_without_start(planned=visit.planned_start, now=now, time_critical=visit.time_critical)
    else:
        found = timing_of_start(
            planned=visit.planned_start, started=visit.started_at, time_critical=visit.time_critical
        )
    return found in (Timing.LATE, Timing.EARLY)
