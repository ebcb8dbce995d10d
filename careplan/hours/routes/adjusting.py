"""Changes of hours inside the plan's limits: made by the trusted assessor, answered by the person."""

from typing import Any
from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.hours import queries, service
from careplan.hours.domain.adjusting import Adjustment, Standing, room_left
from careplan.hours.forms import AdjustmentForm, AnswerForm
from careplan.hours.routes.blueprint import blueprint
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError, NotFound, invalid
from careplan.people import queries as people
from careplan.web import page

THANKS = {
    Standing.IN_FORCE: "Changed. The social worker and the person have been told.",
    Standing.WAITS_FOR_PERSON: "Sent. It waits for the person’s own yes, and nothing changes until then.",
    Standing.REQUESTED: "This is more than the plan lets you change. It waits for the social worker.",
}


@blueprint.get("/people/<uuid:person_id>/hours/changes")
@guard.person(Section.HOURS, Action.READ)
def list_changes(person_id: UUID) -> str:
    """Every change of a person's hours, the latest first."""
    changes = queries.list_adjustments_of_person(person_id=person_id)
    allowed = access.list_allowed(actor=guard.actor(), person_id=person_id, now=utc_now())
    return page(
        "hours/changes.html",
        person=people.get_person(person_id=person_id),
        changes=changes,
        names=access.list_account_names(account_ids={c.asked_by for c in changes}),
        is_assessor=guard.actor().role is Role.TRUSTED_ASSESSOR,
        is_council=_is_council(),
        may_change=(Section.HOURS, Action.WRITE) in allowed,
        form=AnswerForm(formdata=None),
    )


@blueprint.get("/people/<uuid:person_id>/hours/changes/new")
@guard.person(Section.HOURS, Action.WRITE)
def ask_change(person_id: UUID) -> str:
    """One page to change the hours."""
    return _form_page(person_id, AdjustmentForm())


@blueprint.post("/people/<uuid:person_id>/hours/changes/new")
@guard.person(Section.HOURS, Action.WRITE)
def change(person_id: UUID) -> ResponseReturnValue:
    """Changes the hours, or asks for it."""
    form = AdjustmentForm()
    if not form.validate_on_submit():
        return _form_page(person_id, form), 422
    try:
        made = service.adjust_hours(
            person_id=person_id, wanted=form.as_wanted(), actor=guard.actor(), now=utc_now()
        )
    except DomainError as refused:
        form.show(refused)
        return _form_page(person_id, form), refused.status
    flash(THANKS.get(made.standing, "Kept."))
    return redirect(f"/people/{person_id}/hours/changes", 303)


@blueprint.post("/people/<uuid:person_id>/hours/changes/<uuid:adjustment_id>/answers")
@guard.person(Section.HOURS, Action.WRITE)
def answer_for_person(person_id: UUID, adjustment_id: UUID) -> ResponseReturnValue:
    """What the person said on the telephone, written down by somebody of the council."""
    _check_theirs(person_id, adjustment_id)
    form = AnswerForm()
    said: dict[str, Any] = {"adjustment_id": adjustment_id, "actor": guard.actor(), "now": utc_now()}
    try:
        match form.answer.data:
            case "yes":
                service.agree_to_decrease(told_by=form.words.data or "", **said)
            case "no":
                service.decline_decrease(told_by=form.words.data or "", **said)
            case _:
                raise invalid("answer", "Say whether the person said yes or no.")
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        guard.because(form.words.data or "")
        flash("Written down. The provider has been told.")
    return redirect(f"/people/{person_id}/hours/changes", 303)


@blueprint.get("/me/hours/changes")
@guard.me(Section.HOURS, Action.READ)
def list_mine() -> str:
    """Changes of one's own hours, those that wait for an answer first."""
    changes = queries.list_adjustments_of_person(person_id=guard.person_id())
    today = local_date(utc_now())
    return page(
        "hours/my_changes.html",
        person=people.get_person(person_id=guard.person_id()),
        is_own=guard.actor().role is Role.CITIZEN,
        answers_for=guard.actor().role is Role.REPRESENTATIVE,
        waiting=[c for c in changes if c.standing is Standing.WAITS_FOR_PERSON],
        past=[c for c in changes if c.standing not in (Standing.WAITS_FOR_PERSON, Standing.REQUESTED)],
        undoable={c.id for c in changes if c.can_be_taken_back(today)},
    )


@blueprint.post("/me/hours/changes/<uuid:adjustment_id>/answers")
@guard.me(Section.HOURS, Action.AGREE)
def answer_mine(adjustment_id: UUID) -> ResponseReturnValue:
    """One's own yes or no to fewer hours; or a yes taken back."""
    _check_theirs(guard.person_id(), adjustment_id)
    try:
        _answer(adjustment_id, AnswerForm().answer.data)
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        flash("Thank you. We have told your social worker and your care provider.")
    return redirect("/me/hours/changes", 303)


def _answer(adjustment_id: UUID, answer: str | None) -> Adjustment:
    """Only what was clearly said is done.  Raises Invalid."""
    said: dict[str, Any] = {"adjustment_id": adjustment_id, "actor": guard.actor(), "now": utc_now()}
    match answer:
        case "yes":
            return service.agree_to_decrease(told_by="", **said)
        case "no":
            return service.decline_decrease(told_by="", **said)
        case "back":
            return service.take_decrease_back(**said)
    raise invalid("answer", "Say yes or no.")


def _check_theirs(person_id: UUID, adjustment_id: UUID) -> None:
    if queries.find_person_of_adjustment(adjustment_id=adjustment_id) != person_id:
        raise NotFound("There is no such change of hours.")


def _is_council() -> bool:
    return guard.actor().role in (Role.SOCIAL_WORKER, Role.TEAM_MANAGER)


def _form_page(person_id: UUID, form: AdjustmentForm) -> str:
    today = local_date(utc_now())
    plan_id = queries.find_plan_of_person(person_id=person_id, day=today)
    terms = queries.find_terms(plan_id=plan_id, on=today) if plan_id else None
    form.offer(terms)
    return page(
        "hours/change.html",
        form=form,
        person=people.get_person(person_id=person_id),
        terms=terms,
        room=room_left(terms, queries.list_adjustments(plan_id=terms.plan_id)) if terms else None,
    )
