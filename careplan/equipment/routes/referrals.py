"""Referrals: the list, a new one, and one with what came of it."""

from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.equipment import queries, service
from careplan.equipment.domain.referral import EVENTS, OVER, ReferralEvent, ReferralState
from careplan.equipment.forms import ReferralForm, ReferralStepForm
from careplan.equipment.routes.blueprint import blueprint
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.people import queries as people
from careplan.web import page
from careplan.web.forms import choices

TAGS = {
    ReferralState.SENT: "waiting",
    ReferralState.DECLINED: "stopped",
    ReferralState.RECOMMENDED: "settled",
    ReferralState.CLOSED: "settled",
}


@blueprint.get("/referrals")
@guard.listing(Section.EQUIPMENT)
def list_referrals() -> ResponseReturnValue:
    """A therapist's referrals; for those who refer, those of their people. What waits comes first."""
    actor, now = guard.actor(), utc_now()
    visible = access.select_visible(actor=actor, section=Section.EQUIPMENT, action=Action.READ, now=now)
    found = sorted(queries.list_referrals(visible=visible), key=lambda r: (r.state in OVER, r.urgency.days, r.sent_at))
    known = people.list_people_by_id(person_ids={r.person_id for r in found})
    guard.show(known)
    names = access.list_account_names(account_ids={i for r in found for i in (r.therapist_id, r.sent_by)})
    return page("equipment/referrals.html", referrals=found, people=known, names=names, tags=TAGS)


@blueprint.route("/people/<uuid:person_id>/referrals/new", methods=["GET", "POST"])
@guard.person(Section.EQUIPMENT, Action.PROPOSE)
def refer(person_id: UUID) -> ResponseReturnValue:
    """A social worker or a provider asks a therapist to come."""
    form = ReferralForm()
    offered = access.list_accounts(role=Role.OCCUPATIONAL_THERAPIST)
    form.therapist.choices = choices([("", "Choose"), *((str(a.account_id), a.name) for a in offered)])
    if form.validate_on_submit():
        try:
            made = service.refer(person_id=person_id, said=form.said(), actor=guard.actor(), now=utc_now())
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Sent. The therapist can see the record from now on.")
            return redirect(f"/referrals/{made}", 303)
    return page("equipment/refer.html", form=form, person=people.get_person(person_id=person_id)), _status(form)


@blueprint.route("/referrals/<uuid:referral_id>", methods=["GET", "POST"])
@guard.person(Section.EQUIPMENT, Action.READ, of=queries.find_person_of_referral)
def show_referral(referral_id: UUID) -> ResponseReturnValue:
    """One referral; the therapist writes down what comes next."""
    actor, now = guard.actor(), utc_now()
    found = queries.get_referral(referral_id=referral_id)
    form = ReferralStepForm()
    form.event.choices = choices((e.value, EVENTS[e]) for e in found.possible)
    if form.validate_on_submit():
        try:
            moved = service.move_referral_on(
                referral_id=referral_id, event=ReferralEvent(form.event.data), words=form.words.data or "",
                visit_on=form.visit_on.data, actor=actor, now=now,
            )  # fmt: skip
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Written down, and those who referred are told.")
            return redirect("/referrals" if moved.state in OVER else f"/referrals/{referral_id}", 303)
    return page(
        "equipment/referral.html", referral=found, form=form, tags=TAGS,
        person=people.get_person(person_id=found.person_id), may_answer=actor.account_id == found.therapist_id,
        names=access.list_account_names(
            account_ids={found.therapist_id, found.sent_by, *(s.by for s in found.steps)}
        ),
        items=[i for i in queries.list_items(person_id=found.person_id) if i.said.referral_id == found.id],
    ), _status(form)  # fmt: skip


def _status(form: ReferralForm | ReferralStepForm) -> int:
    return 422 if form.errors or form.form_errors else 200
