"""Asking for contingency, and deciding about what waits."""

from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Section, kinds_that_allow
from careplan.hours import queries, service
from careplan.hours.domain.contingency import Verdict
from careplan.hours.forms import ContingencyForm, RefusalForm
from careplan.hours.routes.blueprint import blueprint
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.words import duration
from careplan.people import queries as people
from careplan.web import page


@blueprint.get("/people/<uuid:person_id>/contingency/new")
@guard.person(Section.CONTINGENCY, Action.RECORD)
def ask_for_contingency(person_id: UUID) -> str:
    """One page to ask for contingency."""
    form = ContingencyForm(visit=request.args.get("visit", ""))
    return _contingency_page(person_id, form)


@blueprint.post("/people/<uuid:person_id>/contingency/new")
@guard.person(Section.CONTINGENCY, Action.RECORD)
def draw_contingency(person_id: UUID) -> ResponseReturnValue:
    """Asks for it: a refusal stands at its field, says what would be accepted, and keeps what was typed."""
    form = ContingencyForm()
    if not form.validate_on_submit():
        return _contingency_page(person_id, form), 422
    try:
        answer = service.draw_contingency(
            person_id=person_id, request=form.as_request(), actor=guard.actor(), now=utc_now()
        )
    except DomainError as refused:
        form.show(refused)
        return _contingency_page(person_id, form), refused.status
    flash(_thanks(answer))
    return redirect(f"/people/{person_id}/hours", 303)


@blueprint.get("/requests")
@guard.listing(Section.CONTINGENCY)
def list_requests() -> str:
    """What waits for a decision, the oldest first."""
    now = utc_now()
    draws = queries.list_waiting_draws(actor=guard.actor(), now=now)
    changes = queries.list_requested_adjustments(actor=guard.actor(), now=now)
    disputes = queries.list_waiting_disputes(actor=guard.actor(), now=now)
    shown = {d.person_id for d in draws} | {c.person_id for c in changes} | {d.person_id for d in disputes}
    guard.show(shown)
    return page(
        "hours/requests.html",
        draws=draws,
        changes=changes,
        disputes=disputes,
        today=local_date(now),
        people=people.list_people_by_id(person_ids=shown),
        names=access.list_account_names(
            account_ids={
                *(d.requested_by for d in draws), *(c.asked_by for c in changes), *(d.disputed_by for d in disputes),
            }
        ),
        left=queries.list_contingency_left(draw_ids=[d.id for d in draws]),
        may_decide=_may(guard.actor(), Section.CONTINGENCY, Action.APPROVE),
        may_answer=guard.actor().role in (Role.SOCIAL_WORKER, Role.TEAM_MANAGER),
    )


@blueprint.post("/requests/<uuid:draw_id>/approve")
@guard.person(Section.CONTINGENCY, Action.APPROVE, of=queries.find_person_of_draw)
def approve(draw_id: UUID) -> Response:
    """Approves a waiting request and spends the minutes."""
    try:
        draw = service.approve_contingency(draw_id=draw_id, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        flash(f"Approved: {duration(draw.minutes)} of contingency.")
    return redirect("/requests", 303)


@blueprint.post("/requests/<uuid:draw_id>/refuse")
@guard.person(Section.CONTINGENCY, Action.APPROVE, of=queries.find_person_of_draw)
def refuse(draw_id: UUID) -> Response:
    """Refuses a waiting request, with a reason."""
    form = RefusalForm()
    reason = form.reason.data or ""
    try:
        draw = service.refuse_contingency(draw_id=draw_id, reason=reason, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        guard.because(draw.reason or "")
        flash("Refused. Whoever asked can read your reason.")
    return redirect("/requests", 303)


def _contingency_page(person_id: UUID, form: ContingencyForm) -> str:
    today = local_date(utc_now())
    plan_id = queries.find_plan_of_person(person_id=person_id, day=today)
    terms = queries.find_terms(plan_id=plan_id, on=today) if plan_id else None
    view = queries.find_bank_view(today=today, person_id=person_id)
    form.offer(terms.contingency if terms else None)
    return page(
        "hours/contingency.html",
        form=form,
        person=people.get_person(person_id=person_id),
        kept=terms.contingency if terms else None,
        left=view.contingency.left if view else 0,
        is_council=guard.actor().role in (Role.SOCIAL_WORKER, Role.TEAM_MANAGER),
    )


def _thanks(answer: service.Answer) -> str:
    if answer.verdict is Verdict.APPROVED:
        return f"Approved. {duration(answer.left).capitalize()} of contingency is left in these four weeks."
    return "Sent. It waits for the social worker, and nothing is spent until they decide."


def _may(actor: Actor, section: Section, action: Action) -> bool:
    return bool(kinds_that_allow(role=actor.role, section=section, action=action))
