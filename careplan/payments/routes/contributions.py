"""Contributions: everyone whom finance knows, and one person's history with what is free for them."""

from collections.abc import Iterable
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError
from careplan.payments.domain.contribution import Contribution, in_force
from careplan.payments.forms import ContributionForm, ExemptionForm
from careplan.payments.queries import contributions
from careplan.payments.routes.blueprint import blueprint
from careplan.payments.service import contributing
from careplan.web import page

KINDS = {"pending": "waiting", "assessed": "settled", "refused": ""}


@blueprint.get("/contributions")
@guard.role(Section.CHARGES, Action.READ)
def list_contributions() -> str:
    """Everyone who has had a visit that was settled, with what they contribute today."""
    now, words = utc_now(), request.args.get("words", "").strip()
    known = contributions.list_known(words=words, after=request.args.get("after"), limit=contributions.PAGE + 1)
    people = known[: contributions.PAGE]
    guard.show(p.person_id for p in people)
    history = contributions.list_contributions(person_ids=[p.person_id for p in people], as_of=now)
    return page(
        "payments/contributions.html",
        people=people,
        today={p.person_id: in_force(history.get(p.person_id, ()), local_date(now)) for p in people},
        words=words,
        following=people[-1].reference if len(known) > contributions.PAGE else None,
        kinds=KINDS,
    )


@blueprint.get("/contributions/<uuid:person_id>")
@guard.role(Section.CHARGES, Action.READ)
def show_contribution(person_id: UUID) -> ResponseReturnValue:
    """One person's contribution with its history, and what is free for them."""
    return _page(person_id, ContributionForm(), ExemptionForm())


@blueprint.post("/contributions/<uuid:person_id>")
@guard.role(Section.CHARGES, Action.WRITE)
def record_contribution(person_id: UUID) -> ResponseReturnValue:
    """Records a contribution from a day on."""
    contributions.get_known(person_id=person_id)
    form = ContributionForm()
    if form.validate_on_submit():
        try:
            contributing.record_contribution(
                person_id=person_id, said=form.said(), actor=guard.actor(), now=utc_now()
            )
        except DomainError as refused:
            form.show(refused)
        else:
            guard.show([person_id])
            flash("Recorded. Weeks already sent are put right with the next week.")
            return redirect(url_for("payments.show_contribution", person_id=person_id), 303)
    return _page(person_id, form, ExemptionForm(formdata=None)), 422


@blueprint.post("/contributions/<uuid:person_id>/free")
@guard.role(Section.CHARGES, Action.WRITE)
def make_free(person_id: UUID) -> ResponseReturnValue:
    """Records days on which the person's care is free."""
    contributions.get_known(person_id=person_id)
    form = ExemptionForm()
    if form.validate_on_submit():
        try:
            contributing.make_free(person_id=person_id, **form.said(), actor=guard.actor(), now=utc_now())
        except DomainError as refused:
            form.show(refused)
        else:
            guard.show([person_id])
            flash("Recorded. Weeks already sent are put right with the next week.")
            return redirect(url_for("payments.show_contribution", person_id=person_id), 303)
    return _page(person_id, ContributionForm(formdata=None), form, form), 422


def _page(
    person_id: UUID,
    contribution: ContributionForm,
    exemption: ExemptionForm,
    failed: ContributionForm | ExemptionForm | None = None,
) -> str:
    now = utc_now()
    person = contributions.get_known(person_id=person_id)
    guard.show([person_id])
    history = contributions.list_contributions(person_ids=[person_id], as_of=now).get(person_id, [])
    return page(
        "payments/contribution.html",
        person=person,
        history=history,
        today=in_force(history, local_date(now)),
        exemptions=contributions.list_exemptions(person_ids=[person_id], as_of=now).get(person_id, []),
        names=_names(history),
        form=failed or contribution,
        contribution_form=contribution,
        exemption_form=exemption,
        kinds=KINDS,
        may_write=guard.actor().role is Role.FINANCE_OFFICER,
    )


def _names(history: Iterable[Contribution]) -> dict[UUID, str]:
    return access.list_account_names(account_ids={c.recorded_by for c in history})
