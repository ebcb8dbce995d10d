"""Equipment of a person: what was prescribed, where it stands, and what it changes."""

from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.equipment import queries, service
from careplan.equipment.domain.item import EVENTS, ItemEvent, ItemState, effect_words
from careplan.equipment.domain.referral import OVER
from careplan.equipment.forms import ItemForm, ItemStepForm
from careplan.equipment.routes.blueprint import blueprint
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.words import short_day
from careplan.people import queries as people
from careplan.web import page
from careplan.web.forms import choices

TAGS = {
    ItemState.ORDERED: "waiting",
    ItemState.DELIVERED: "waiting",
    ItemState.IN_USE: "settled",
    ItemState.NOT_USED: "stopped",
}


@blueprint.get("/people/<uuid:person_id>/equipment")
@guard.person(Section.EQUIPMENT, Action.READ)
def show_equipment(person_id: UUID) -> ResponseReturnValue:
    """Everything that was prescribed, and the referrals that it came from."""
    actor, now = guard.actor(), utc_now()
    items = queries.list_items(person_id=person_id)
    allowed = access.list_allowed(actor=actor, person_id=person_id, now=now)
    referrals = queries.list_referrals(person_id=person_id)
    accounts = {i.ordered_by for i in items} | {r.therapist_id for r in referrals}
    return page(
        "equipment/list.html", person=people.get_person(person_id=person_id), items=items, referrals=referrals,
        effects={i.id: effect_words(i.said) for i in items}, tags=TAGS, over=OVER,
        names=access.list_account_names(account_ids=accounts),
        may_write=(Section.EQUIPMENT, Action.WRITE) in allowed,
        may_refer=(Section.EQUIPMENT, Action.PROPOSE) in allowed,
    )  # fmt: skip


@blueprint.route("/people/<uuid:person_id>/equipment/new", methods=["GET", "POST"])
@guard.person(Section.EQUIPMENT, Action.WRITE)
def prescribe(person_id: UUID) -> ResponseReturnValue:
    """A therapist, or a provider for small things, orders something for the home."""
    form = ItemForm()
    referrals = [r for r in queries.list_referrals(person_id=person_id) if r.state not in OVER]
    form.referral.choices = choices(
        [("", "No"), *((str(r.id), f"The one of {short_day(r.sent_at)}") for r in referrals)]
    )
    if form.validate_on_submit():
        try:
            service.prescribe(person_id=person_id, said=form.said(), actor=guard.actor(), now=utc_now())
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Ordered.")
            return redirect(f"/people/{person_id}/equipment", 303)
    person = people.get_person(person_id=person_id)
    return page("equipment/prescribe.html", form=form, person=person), 422 if form.errors or form.form_errors else 200


@blueprint.route("/equipment/<uuid:equipment_id>/steps/new", methods=["GET", "POST"])
@guard.person(Section.EQUIPMENT, Action.WRITE, of=queries.find_person_of_item)
def follow(equipment_id: UUID) -> ResponseReturnValue:
    """What happened to a thing: it came, it is used, it is not used, it was collected."""
    found = queries.get_item(equipment_id=equipment_id)
    form = ItemStepForm(on=local_date(utc_now()))
    form.event.choices = choices((e.value, EVENTS[e]) for e in found.possible)
    if form.validate_on_submit():
        try:
            service.move_item_on(
                equipment_id=equipment_id, event=ItemEvent(form.event.data), on=form.on.data,
                words=form.words.data or "", actor=guard.actor(), now=utc_now(),
            )  # fmt: skip
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Written down.")
            return redirect(f"/people/{found.person_id}/equipment", 303)
    return page(
        "equipment/follow.html", form=form, item=found, person=people.get_person(person_id=found.person_id)
    ), 422 if form.errors or form.form_errors else 200
