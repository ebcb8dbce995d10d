"""One visit and a worker's round: what is known, and the form that takes what happened."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Section
from careplan.kernel.canonical import content_hash
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import Conflict, DomainError, Invalid, Problem
from careplan.kernel.ids import new_id
from careplan.people import queries as people
from careplan.plans.domain.content import Outcome
from careplan.visits import queries, service
from careplan.visits.domain.incoming import Entry, Sender
from careplan.visits.domain.verdict import Verdict, VerdictStatus
from careplan.visits.domain.visit import Visit, VisitRecord
from careplan.visits.forms import recording as forms
from careplan.visits.queries import AtTheDoor, Due
from careplan.visits.routes.blueprint import blueprint
from careplan.visits.routes.lines import STATUS_TAGS, STATUS_WORDS, line_of
from careplan.visits.schemas import read_entry
from careplan.web import page

OWN_READERS = (Role.CITIZEN, Role.REPRESENTATIVE, Role.UNPAID_CARER)


class NotTaken(Conflict):
    """A record could not be taken; the sentence says why."""

    code = "not_taken"


class Strange(Invalid):
    """Something typed looks like a slip or calls for a telephone call; saved again as it is, it is kept."""

    code = "look_again"


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
    shown = {
        "visit": visit, "door": door, "outcomes": outcomes, "own": own, "corrected": corrected, "forms": forms,
        "activities": _activities(door), "due_by_delegation": {d.delegation.id: d for d in door.activities},
    }  # fmt: skip
    names = access.list_account_names(account_ids={*visit.workers, *(r.worker_id for r in visit.records)})
    if form.validate_on_submit():
        try:
            _ask_back(form, visit, door, corrected)
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
    return page("visits/round.html", lines=[line_of(v, {}, persons, now) for v in visits], now=now)


def _form(
    visit: Visit, door: AtTheDoor, outcomes: Sequence[Outcome], actor: Actor, corrected: VisitRecord | None
) -> forms.VisitForm:
    said = forms.said_of(corrected) if corrected else {}
    asked = () if corrected else outcomes
    form = forms.visit_form(
        outcomes=asked,
        activities=() if corrected else _activities(door),
        medicines=() if corrected else door.medicines,
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
        activities=_activities(door),
        medicines=door.medicines,
    )
    entries = [read_entry(body) for body in bodies]
    for entry in entries:
        if entry.problems:
            raise NotTaken(entry.problems[0].message, problems=_at_the_form(entry))
    sender = Sender(actor, route="POST /visits/<uuid:visit_id>")
    for verdict in service.receive(entries=entries, sender=sender, now=now):
        _check(verdict)


def _activities(door: AtTheDoor) -> tuple[Due, ...]:
    """The activities that are asked about by themselves: giving a medicine that one covers is a doing of it."""
    covered = {m.delegation_id for m in door.medicines}
    return tuple(d for d in door.activities if d.delegation.id not in covered)


def _ask_back(form: forms.VisitForm, visit: Visit, door: AtTheDoor, corrected: VisitRecord | None) -> None:
    """Asks about what is strange, once: whoever saves the same again has said that it is right.  Raises Strange."""
    if corrected is not None:
        return
    _, at = forms.times_of(form, visit)
    found = forms.strange_of(form, activities=_activities(door), medicines=door.medicines, at=at)
    asked = content_hash({name: [words, form[name].data or ""] for name, words in found.items()})
    if found and form.asked_back.data != asked:
        form.asked_back.data = asked
        raise Strange(
            "Look at this again before you save.", problems=tuple(Problem(name, words) for name, words in found.items())
        )


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
    if entry.kind == "medicine":
        given = UUID(entry.body["medicine"])
        fields = {"reason": forms.why_name(given), "result": forms.dose_name(given)}
    if entry.kind == "activity":
        given = UUID(entry.body["delegation"])
        fields = {"reason": forms.reason_name(given)}
        fields |= {f"readings.{k}.value": forms.reading_name(given, k) for k in range(20)}
    return tuple(Problem(fields.get(p.field, p.field), p.message) for p in entry.problems)
