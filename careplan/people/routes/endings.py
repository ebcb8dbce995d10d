"""Ending one thing on a person's record, or marking it as entered in error: a table, and one view for all."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.people import queries, service
from careplan.people.domain.known import standing
from careplan.people.forms import additions as forms
from careplan.people.routes.blueprint import blueprint, details_address
from careplan.web import page
from careplan.web.forms import Form


@dataclass(frozen=True, slots=True)
class Ending:
    """What can be ended: the address, the question with the thing's name, the form and the service call.

    `named` finds the thing's name; None where this person has no such thing.
    """

    path: str
    title: str
    form: type[Form]
    key: str
    call: Callable[..., None]
    named: Callable[[UUID, UUID], str | None]
    submit: str = "Save"
    section: Section = Section.PERSON


def end(ending: Ending, person_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """Asks what is needed to end a thing, and ends it."""
    name = ending.named(person_id, item_id)
    if name is None:
        raise NotFound
    form = ending.form()
    if form.validate_on_submit():
        try:
            said = {f.name: f.data for f in form if f.type != "CSRFTokenField"}
            by = {"person_id": person_id, ending.key: item_id, "actor": guard.actor(), "now": utc_now()}
            ending.call(**said, **by)
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Saved. It stays on the record with the reason.")
            return redirect(details_address(person_id), 303)
    title = ending.title.format(name=name)
    person = queries.get_person(person_id=person_id)
    return page("people/small_form.html", form=form, person=person, title=title, submit=ending.submit), (
        422 if form.errors else 200
    )


def _contact_name(person_id: UUID, contact_id: UUID) -> str | None:
    contact = queries.find_contact(person_id=person_id, contact_id=contact_id)
    return contact.name if contact else None


def _authority_name(person_id: UUID, authority_id: UUID) -> str | None:
    authority = queries.find_authority(person_id=person_id, authority_id=authority_id)
    if authority is None:
        return None
    return f"{_contact_name(person_id, authority.contact_id)}, {authority.kind.words}"


def _allergy_name(person_id: UUID, allergy_id: UUID) -> str | None:
    record = queries.get_allergies(person_id=person_id)
    statements = (*record.present, *record.retracted, *((record.none_known,) if record.none_known else ()))
    return next((a.substance or "none known" for a in statements if a.id == allergy_id), None)


def _adjustment_name(person_id: UUID, adjustment_id: UUID) -> str | None:
    return next((a.words for a in queries.list_adjustments(person_id=person_id) if a.id == adjustment_id), None)


def _member_name(person_id: UUID, member_id: UUID) -> str | None:
    member = next((m for m in queries.list_partnership(person_id=person_id) if m.id == member_id), None)
    return member.kind.words if member else None


def _medicine_name(person_id: UUID, medicine_id: UUID) -> str | None:
    medicines = standing(queries.list_medicines(person_id=person_id))
    return next((m.details.name for m in medicines if m.id == medicine_id), None)


def _decision_name(person_id: UUID, decision_id: UUID) -> str | None:
    decisions = standing(queries.list_advance_decisions(person_id=person_id))
    return next((d.details.kind.words for d in decisions if d.id == decision_id), None)


def _moving_name(person_id: UUID, moving_id: UUID) -> str | None:
    movings = queries.list_movings(person_id=person_id)
    return next((m.details.how for m in movings if m.id == moving_id and m.retraction is None), None)


ENDINGS: tuple[Ending, ...] = (
    Ending(
        "contacts/{}/in-error", "{name}: entered in error", forms.ReasonForm, "contact_id", service.retract_contact,
        _contact_name, "Mark as entered in error",
    ),
    Ending(
        "carers/{}/end", "{name} stops caring", forms.LastDayForm, "contact_id", service.end_unpaid_carer, _contact_name
    ),
    Ending(
        "authorities/{}/seen", "Registration of {name}", forms.DayForm, "authority_id", service.see_registration,
        _authority_name,
    ),
    Ending(
        "authorities/{}/end", "{name}: end this", forms.ReasonForm, "authority_id", service.end_authority,
        _authority_name, "End it now",
    ),
    Ending(
        "allergies/{}/in-error", "Allergy, {name}: entered in error", forms.ReasonForm, "allergy_id",
        service.retract_allergy, _allergy_name, "Mark as entered in error",
    ),
    Ending(
        "adjustments/{}/end", "End this adjustment: {name}", forms.LastDayForm, "adjustment_id", service.end_adjustment,
        _adjustment_name,
    ),
    Ending(
        "adjustments/{}/in-error", "Entered in error: {name}", forms.ReasonForm, "adjustment_id",
        service.retract_adjustment, _adjustment_name, "Mark as entered in error",
    ),
    Ending(
        "partnership/{}/end", "A {name} leaves the partnership", forms.ReasonForm, "member_id",
        service.leave_partnership, _member_name, "End it now",
    ),
    Ending(
        "medicines/{}/end", "{name} is stopped", forms.LastDayForm, "medicine_id", service.stop_medicine,
        _medicine_name, section=Section.DOOR,
    ),
    Ending(
        "medicines/{}/in-error", "{name}: entered in error", forms.ReasonForm, "medicine_id", service.retract_medicine,
        _medicine_name, "Mark as entered in error", Section.DOOR,
    ),
    Ending(
        "advance-decisions/{}/end", "{name}: it holds no more", forms.LastDayForm, "decision_id",
        service.end_advance_decision, _decision_name, section=Section.DOOR,
    ),
    Ending(
        "advance-decisions/{}/in-error", "{name}: entered in error", forms.ReasonForm, "decision_id",
        service.retract_advance_decision, _decision_name, "Mark as entered in error", Section.DOOR,
    ),
    Ending(
        "moving/{}/in-error", "Moving and handling: entered in error", forms.ReasonForm, "moving_id",
        service.retract_moving, _moving_name, "Mark as entered in error", Section.DOOR,
    ),
)  # fmt: skip


def _view_of(ending: Ending) -> Callable[..., ResponseReturnValue]:
    def view(person_id: UUID, item_id: UUID) -> ResponseReturnValue:
        return end(ending, person_id, item_id)

    return view


for _ending in ENDINGS:
    blueprint.add_url_rule(
        f"/people/<uuid:person_id>/details/{_ending.path.format('<uuid:item_id>')}",
        endpoint="end_" + _ending.path.replace("/{}/", "_"),
        view_func=guard.person(_ending.section, Action.WRITE)(_view_of(_ending)),
        methods=["GET", "POST"],
    )
