"""Recording whether the person can decide about a version, and a decision in their best interests."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.plans import queries, service
from careplan.plans.forms import typed
from careplan.plans.forms.signing import BestInterestsForm, CapacityForm
from careplan.plans.routes.blueprint import blueprint, record_answers, the_person, the_plan
from careplan.web import page

ABILITIES = ("understanding", "retaining", "weighing", "communicating")


@blueprint.route("/plans/<uuid:plan_id>/capacity", methods=["GET", "POST"])
@record_answers
def record_capacity(plan_id: UUID) -> ResponseReturnValue:
    """Who can sign for the person, with what authority, and what was found about this one decision.

    A finding is about the version that waits for agreement, and about nothing else.
    """
    plan = the_plan(plan_id)
    version = plan.proposed
    form = CapacityForm()
    if version is not None and form.validate_on_submit():
        finding = service.Finding(
            lacks_capacity=form.lacks_capacity.data == "yes",
            why_doubted=typed(form.why_doubted),
            support_given=typed(form.support_given),
            abilities={name: typed(form[name]) for name in ABILITIES},
            impairment=typed(form.impairment),
            causal_link=typed(form.causal_link),
            decided_on=form.decided_on.data,
        )
        try:
            service.record_finding(
                plan_id=plan_id, number=version.number, finding=finding, actor=guard.actor(), now=utc_now()
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Your finding is recorded.")
            return _to_agreements(plan_id)
    html = page(
        "plans/capacity.html",
        plan=plan,
        person=the_person(plan),
        version=version,
        form=form,
        signers=service.list_signers(plan=plan, now=utc_now()),
        findings=[(v, f) for v in reversed(plan.versions) for f in queries.list_findings(version_id=v.id)],
    )
    return html, 422 if form.errors or form.form_errors else 200


@blueprint.route("/plans/<uuid:plan_id>/best-interests", methods=["GET", "POST"])
@record_answers
def decide_in_best_interests(plan_id: UUID) -> ResponseReturnValue:
    """A decision in the place of a person who cannot decide about the version that waits."""
    plan = the_plan(plan_id)
    version = plan.proposed
    if version is None:
        return _to_agreements(plan_id)
    form = BestInterestsForm()
    if form.validate_on_submit():
        names = ("decision", "wishes", "consulted", "less_restrictive", "advocate", "decided_on")
        try:
            service.record_best_interests(
                plan_id=plan_id,
                number=version.number,
                content_hash=request.form.get("content_hash", ""),
                decision=service.Decision(**{name: form[name].data for name in names}),
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("The decision in their best interests is recorded.")
            return _to_agreements(plan_id)
    html = page(
        "plans/best_interests.html",
        plan=plan,
        person=the_person(plan),
        version=version,
        form=form,
        finding=queries.find_finding(version_id=version.id),
    )
    return html, 422 if form.errors or form.form_errors else 200


def _to_agreements(plan_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("plans.show_agreements", plan_id=plan_id), 303)
