"""Contracts: their model and settings, and their rates with the days from which they count."""

from datetime import datetime
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError, invalid
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.payments.domain.explaining import said_of_level
from careplan.payments.domain.pay_model import Model
from careplan.payments.forms import ContractForm, LevelForm, RateForm, terms_form
from careplan.payments.queries import contracts, facts
from careplan.payments.routes.blueprint import blueprint, firms
from careplan.payments.service import contracting
from careplan.web import page


@blueprint.get("/pay/contracts")
@guard.role(Section.PAYMENTS, Action.READ)
def list_contracts() -> str:
    """Every contract by its reference."""
    found = contracts.list_contracts(as_of=utc_now())
    return page(
        "payments/contracts.html",
        contracts=found,
        today=local_date(utc_now()),
        firms=firms(c.provider_id for c in found),
        may_write=guard.actor().role is Role.FINANCE_OFFICER,
    )


@blueprint.route("/pay/contracts/new", methods=["GET", "POST"])
@guard.role(Section.PAYMENTS, Action.WRITE)
def record_contract() -> ResponseReturnValue:
    """Records a contract; its rates follow on its own page."""
    form = ContractForm()
    form.offer(organisations.list_organisations(kind=OrganisationKind.PROVIDER))
    if form.validate_on_submit():
        try:
            contract_id = contracting.record_contract(**form.said(), actor=guard.actor(), now=utc_now())
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Recorded. Now record its rates.")
            return redirect(url_for("payments.show_contract", contract_id=contract_id), 303)
    return page("payments/contract_new.html", form=form), 422 if form.errors or form.form_errors else 200


@blueprint.get("/pay/contracts/<uuid:contract_id>")
@guard.role(Section.PAYMENTS, Action.READ)
def show_contract(contract_id: UUID) -> ResponseReturnValue:
    """One contract with its rates, and the form for another."""
    return _page(contract_id, RateForm())


@blueprint.route("/pay/contracts/<uuid:contract_id>/terms", methods=["GET", "POST"])
@guard.role(Section.PAYMENTS, Action.WRITE)
def set_terms(contract_id: UUID) -> ResponseReturnValue:
    """Records by which model and settings the contract pays from a day on."""
    contract = contracts.get_contract(contract_id=contract_id, as_of=utc_now())
    form = terms_form(contract.terms[-1].model, contract.terms[-1].settings)
    if form.validate_on_submit():
        record = contracting.replace_terms if form.replaces.data else contracting.set_terms
        try:
            record(
                contract_id=contract_id,
                since=form.since.data,
                model=Model(form.model.data),
                settings=form.settings(),
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Recorded. See that every rate of the new model is there too.")
            return redirect(url_for("payments.show_contract", contract_id=contract_id), 303)
    return page("payments/terms_new.html", form=form, contract=contract), (
        422 if form.errors or form.form_errors else 200
    )


@blueprint.route("/pay/contracts/<uuid:contract_id>/levels", methods=["GET", "POST"])
@guard.role(Section.PAYMENTS, Action.WRITE)
def agree_level(contract_id: UUID) -> ResponseReturnValue:
    """Levels of care that are agreed under the contract, and the form for one or for what became of it."""
    now, form = utc_now(), LevelForm()
    contract = contracts.get_contract(contract_id=contract_id, as_of=now)
    if form.validate_on_submit():
        try:
            _agree_level(contract_id, form, now)
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Recorded. Weeks from that day on are paid by it; what was paid already is made up for.")
            return redirect(url_for("payments.agree_level", contract_id=contract_id), 303)
    levels = contracts.list_levels(as_of=now).get(contract_id, {})
    guard.show(levels)
    return page(
        "payments/levels.html",
        contract=contract,
        levels=sorted((level for own in levels.values() for level in own), key=lambda each: each.since, reverse=True),
        names=facts.list_names(person_ids=levels),
        weeks=contract.terms[-1].settings.level_goes_on_weeks,
        said=said_of_level,
        form=form,
    ), 422 if form.errors or form.form_errors else 200


@blueprint.post("/pay/contracts/<uuid:contract_id>/rates")
@guard.role(Section.PAYMENTS, Action.WRITE)
def set_rate(contract_id: UUID) -> ResponseReturnValue:
    """Records a rate from a day on."""
    form = RateForm()
    if form.validate_on_submit():
        try:
            contracting.set_rate(contract_id=contract_id, rate=form.said(), actor=guard.actor(), now=utc_now())
        except DomainError as refused:
            if refused.status == 404:
                raise
            form.show(refused)
        else:
            flash("Recorded. Visits from that day on are paid by it; what was paid already is corrected.")
            return redirect(url_for("payments.show_contract", contract_id=contract_id), 303)
    return _page(contract_id, form), 422


def _agree_level(contract_id: UUID, form: LevelForm, now: datetime) -> None:
    person = facts.find_by_reference(reference=form.reference.data or "")
    if person is None:
        raise invalid("reference", "Finance knows nobody by this reference. It stands on the page of contributions.")
    guard.show([person.person_id])
    contracting.agree_level(
        contract_id=contract_id, level=form.level(person.person_id), actor=guard.actor(), now=now
    )


def _page(contract_id: UUID, form: RateForm) -> str:
    contract = contracts.get_contract(contract_id=contract_id, as_of=utc_now())
    return page(
        "payments/contract.html",
        contract=contract,
        provider=firms([contract.provider_id]).get(contract.provider_id, ""),
        form=form,
        today=local_date(utc_now()),
        may_write=guard.actor().role is Role.FINANCE_OFFICER,
    )
