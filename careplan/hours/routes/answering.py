"""Deciding about a change of hours that the plan does not let the provider make by itself."""

from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.hours import queries, service
from careplan.hours.domain.adjusting import limit_words, room_left
from careplan.hours.domain.terms import Terms
from careplan.hours.forms import AnswerForm
from careplan.hours.routes.blueprint import blueprint
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError, invalid
from careplan.people import queries as people
from careplan.web import page


@blueprint.get("/requests/adjustments/<uuid:adjustment_id>")
@guard.person(Section.HOURS, Action.WRITE, of=queries.find_person_of_adjustment)
def decide(adjustment_id: UUID) -> str:
    """A request: what is asked for, why it lies outside the limits, and how the hours stand."""
    return _decision_page(adjustment_id, AnswerForm(formdata=None))


@blueprint.post("/requests/adjustments/<uuid:adjustment_id>")
@guard.person(Section.HOURS, Action.WRITE, of=queries.find_person_of_adjustment)
def answer(adjustment_id: UUID) -> ResponseReturnValue:
    """Approves it, or refuses it with a reason."""
    form = AnswerForm()
    actor, now, words = guard.actor(), utc_now(), form.words.data or ""
    try:
        match form.answer.data:
            case "approve":
                service.approve_adjustment(adjustment_id=adjustment_id, actor=actor, now=now)
            case "refuse":
                service.refuse_adjustment(adjustment_id=adjustment_id, reason=words, actor=actor, now=now)
            case _:
                raise invalid("answer", "Approve the request or refuse it.")
    except DomainError as refused:
        form.form_errors = [*form.form_errors, refused.message]
        return _decision_page(adjustment_id, form), refused.status
    guard.because(words)
    flash("Answered. The provider has been told.")
    return redirect("/requests", 303)


def _decision_page(adjustment_id: UUID, form: AnswerForm) -> str:
    asked = queries.get_adjustment(adjustment_id=adjustment_id)
    today = local_date(utc_now())
    terms = _terms(asked.plan_id, asked.plan_version_id)
    room = room_left(terms, queries.list_adjustments(plan_id=asked.plan_id))
    return page(
        "hours/decision.html",
        form=form,
        asked=asked,
        person=people.get_person(person_id=asked.person_id),
        names=access.list_account_names(account_ids={asked.asked_by}),
        why=limit_words(asked.outside, terms=terms, room=room) if asked.outside else "",
        bank=queries.find_bank_view(today=today, plan_id=asked.plan_id),
    )


def _terms(plan_id: UUID, plan_version_id: UUID) -> Terms:
    return next(t for t in queries.list_terms(plan_id=plan_id) if t.plan_version_id == plan_version_id)
