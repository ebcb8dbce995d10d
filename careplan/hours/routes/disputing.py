"""Saying that one does not agree who pays for a visit's unfunded time, and the social worker's decision."""

from uuid import UUID

from flask import current_app, flash, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.config import Settings
from careplan.hours import queries, service
from careplan.hours.domain.disputing import Dispute
from careplan.hours.domain.funding import Uncovered
from careplan.hours.domain.terms import ContingencyTerms
from careplan.hours.forms import DisputeForm, RulingForm
from careplan.hours.routes.blueprint import blueprint
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.people import queries as people
from careplan.web import page


@blueprint.get("/people/<uuid:person_id>/unfunded/<uuid:visit_id>/dispute")
@guard.person(Section.CONTINGENCY, Action.RECORD)
def ask_dispute(person_id: UUID, visit_id: UUID) -> str:
    """One page to say why one does not agree."""
    return _dispute_page(person_id, visit_id, DisputeForm())


@blueprint.post("/people/<uuid:person_id>/unfunded/<uuid:visit_id>/dispute")
@guard.person(Section.CONTINGENCY, Action.RECORD)
def dispute(person_id: UUID, visit_id: UUID) -> ResponseReturnValue:
    """Notes the dispute."""
    form = DisputeForm()
    if not form.validate_on_submit():
        return _dispute_page(person_id, visit_id, form), 422
    settings: Settings = current_app.extensions["careplan_settings"]
    try:
        made = service.dispute_unfunded(
            dispute_id=form.key,
            person_id=person_id,
            visit_id=visit_id,
            why=form.why.data or "",
            days=settings.complaint_days,
            actor=guard.actor(),
            now=utc_now(),
        )
    except DomainError as refused:
        form.show(refused)
        return _dispute_page(person_id, visit_id, form), refused.status
    flash("Sent. The social worker decides, and everyone around the person can see how it stands.")
    return redirect(f"/requests/disputes/{made.id}", 303)


@blueprint.get("/requests/disputes/<uuid:dispute_id>")
@guard.person(Section.CONTINGENCY, Action.READ, of=queries.find_person_of_dispute)
def show_dispute(dispute_id: UUID) -> str:
    """A dispute: who said what, by when it is answered, and the decision or the form for it."""
    return _ruling_page(queries.get_dispute(dispute_id=dispute_id), RulingForm(formdata=None))


@blueprint.post("/requests/disputes/<uuid:dispute_id>")
@guard.person(Section.CONTINGENCY, Action.APPROVE, of=queries.find_person_of_dispute)
def decide_dispute(dispute_id: UUID) -> ResponseReturnValue:
    """Decides who pays."""
    form = RulingForm()
    found = queries.get_dispute(dispute_id=dispute_id)
    form.offer(_kept_aside(found))
    if not form.validate_on_submit():
        return _ruling_page(found, form), 422
    try:
        service.decide_dispute(dispute_id=dispute_id, ruling=form.as_ruling(), actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        form.show(refused)
        return _ruling_page(queries.get_dispute(dispute_id=dispute_id), form), refused.status
    guard.because(form.words.data or "")
    flash("Decided. The provider and the person have been told.")
    return redirect(f"/requests/disputes/{dispute_id}", 303)


def _dispute_page(person_id: UUID, visit_id: UUID, form: DisputeForm) -> str:
    form.begin()
    return page(
        "hours/dispute_new.html",
        form=form,
        person=people.get_person(person_id=person_id),
        unpaid=_unpaid(person_id, visit_id),
        open_dispute=queries.find_open_dispute(visit_id=visit_id),
    )


def _unpaid(person_id: UUID, visit_id: UUID) -> Uncovered | None:
    """What of a visit nobody has paid for, if there is anything."""
    delivery = queries.find_delivery_of_visit(person_id=person_id, visit_id=visit_id)
    if delivery is None:
        return None
    uncovered = queries.list_uncovered(bank_ids=[delivery.bank_id])
    return next((u for u in uncovered if u.visit_id == delivery.group_id), None)


def _ruling_page(found: Dispute, form: RulingForm) -> str:
    now, actor = utc_now(), guard.actor()
    kept = _kept_aside(found)
    form.offer(kept)
    return page(
        "hours/dispute.html",
        form=form,
        dispute=found,
        state=found.state(local_date(now)),
        person=people.get_person(person_id=found.person_id),
        names=access.list_account_names(account_ids={found.disputed_by, *filter(None, [found.decided_by])}),
        kept=kept,
        left=_contingency_left(found),
        earlier=[u for u in queries.list_uncovered(bank_ids=[found.bank_id]) if u.day < found.day],
        may_decide=actor.role in service.COUNCIL_ROLES,
        may_open_visits=(Section.VISITS, Action.READ)
        in access.list_allowed(actor=actor, person_id=found.person_id, now=now),
    )


def _kept_aside(found: Dispute) -> ContingencyTerms | None:
    """What the plan of the visit's day keeps aside."""
    bank = queries.get_bank_by_id(bank_id=found.bank_id)
    terms = queries.find_terms(plan_id=bank.plan_id, on=found.day)
    return terms.contingency if terms else None


def _contingency_left(found: Dispute) -> Minutes:
    """What the period of the visit can still give."""
    bank = queries.get_bank_by_id(bank_id=found.bank_id)
    home = queries.find_contingency_bank(plan_id=bank.plan_id, number=bank.number)
    return queries.contingency_to_give(bank_id=home.id) if home else NO_MINUTES
