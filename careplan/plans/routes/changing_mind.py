"""Taking a yes back while the version still waits, and going on without the person's yes."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.plans import queries, service
from careplan.plans.domain.agreement import Agreement, Channel
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.plans.domain.state import Party
from careplan.plans.domain.taking_back import STILL_OPEN
from careplan.plans.forms import typed
from careplan.plans.forms.signing import RecordTakingBackForm, TakeBackForm, WithoutYesForm
from careplan.plans.routes.blueprint import answer_plan, blueprint, record_answers, the_person, the_plan
from careplan.plans.routes.mine import whose
from careplan.plans.routes.signing import mine_to_take_back
from careplan.web import page

CITIZENS = (Role.CITIZEN, Role.REPRESENTATIVE)


@blueprint.route("/plans/<uuid:plan_id>/agreements/<uuid:agreement_id>/take-back", methods=["GET", "POST"])
@answer_plan
def take_back(plan_id: UUID, agreement_id: UUID) -> ResponseReturnValue:
    """A party takes its yes back with a reason; for the person, their social worker writes it down."""
    actor = guard.actor()
    if actor.role in CITIZENS:
        return redirect(url_for("plans.take_back_mine"), 303)
    plan = the_plan(plan_id)
    version, agreement = _find(plan, agreement_id)
    recorded = agreement.party is Party.PERSON
    form = RecordTakingBackForm() if recorded else TakeBackForm()
    if form.validate_on_submit():
        channel = Channel(form.channel.data) if recorded else Channel.ONLINE
        if _took_back(plan, agreement, form, channel):
            return redirect(url_for("plans.show_agreements", plan_id=plan_id), 303)
    html = page(
        "plans/take_back.html",
        plan=plan,
        person=the_person(plan),
        version=version,
        agreement=agreement,
        form=form,
        open=version.state in STILL_OPEN,
    )
    return html, 422 if form.errors or form.form_errors else 200


@blueprint.route("/me/plan/take-back", methods=["GET", "POST"])
@guard.me(Section.AGREEMENT, Action.AGREE)
def take_back_mine() -> ResponseReturnValue:
    """The person, or who stands for them, says no after all."""
    plan = queries.find_plan(person_id=guard.person_id(), at=utc_now())
    found = mine_to_take_back(plan) if plan else None
    if plan is None or found is None:
        return redirect(url_for("plans.my_plan"), 303)
    version, agreement = found
    form = TakeBackForm()
    if form.validate_on_submit() and _took_back(plan, agreement, form, Channel.ONLINE):
        return redirect(url_for("plans.my_plan"), 303)
    html = page("plans/mine/take_back.html", version=version, agreement=agreement, form=form, **whose())
    return html, 422 if form.errors or form.form_errors else 200


@blueprint.route("/plans/<uuid:plan_id>/not-agreed", methods=["GET", "POST"])
@record_answers
def record_not_agreed(plan_id: UUID) -> ResponseReturnValue:
    """The council goes on without the yes of a person who can decide; it is never shown as agreed."""
    plan = the_plan(plan_id)
    version = plan.proposed
    if version is None:
        return redirect(url_for("plans.show_agreements", plan_id=plan_id), 303)
    form = WithoutYesForm()
    if form.validate_on_submit():
        try:
            service.go_without_yes(
                plan_id=plan_id,
                number=version.number,
                content_hash=request.form.get("content_hash", ""),
                said=form.said,
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("It is written down that the person has not agreed. Everybody sees it.")
            return redirect(url_for("plans.show_agreements", plan_id=plan_id), 303)
    html = page("plans/not_agreed.html", plan=plan, person=the_person(plan), version=version, form=form)
    return html, 422 if form.errors or form.form_errors else 200


def _took_back(
    plan: SupportPlan, agreement: Agreement, form: TakeBackForm | RecordTakingBackForm, channel: Channel
) -> bool:
    try:
        service.take_back_agreement(
            plan_id=plan.id,
            agreement_id=agreement.id,
            reason=typed(form.reason),
            channel=channel,
            actor=guard.actor(),
            now=utc_now(),
        )
    except DomainError as refused:
        form.show(refused)
        return False
    flash("It is taken back. The plan is open again, and the others can read why.")
    return True


def _find(plan: SupportPlan, agreement_id: UUID) -> tuple[PlanVersion, Agreement]:
    for version in plan.versions:
        for agreement in (*version.agreements, *version.taken_back):
            if agreement.id == agreement_id:
                return version, agreement
    raise NotFound("There is no such agreement.")
