"""Adding one thing at a time to a person's record: a table of what can be added, and one view for all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people import queries, service
from careplan.people.domain.allergy import AllergyStatus
from careplan.people.domain.authority import AuthorityKind
from careplan.people.domain.contact import Relation
from careplan.people.domain.partnership import SEATS, MemberKind
from careplan.people.forms import additions as forms
from careplan.people.forms import door
from careplan.people.routes.blueprint import blueprint, details_address
from careplan.web import page
from careplan.web.forms import Form, choices


@dataclass(frozen=True, slots=True)
class Addition:
    """What can be added: its heading, form, what fills the form's lists, and the service call."""

    slug: str
    title: str
    form: type[Form]
    save: Callable[[Any, dict[str, Any]], object]
    done: str = "Saved."
    offer: Callable[[Any, UUID], None] | None = None
    section: Section = Section.PERSON


def add(addition: Addition, person_id: UUID) -> ResponseReturnValue:
    """Shows the form of an addition, and saves what comes back."""
    form = addition.form()
    if addition.offer:
        addition.offer(form, person_id)
    if form.validate_on_submit():
        try:
            addition.save(form, {"person_id": person_id, "actor": guard.actor(), "now": utc_now()})
        except DomainError as refused:
            form.show(refused)
        else:
            flash(addition.done)
            return redirect(details_address(person_id), 303)
    person = queries.get_person(person_id=person_id)
    return page("people/small_form.html", form=form, person=person, title=addition.title, submit="Save"), (
        422 if form.errors else 200
    )


def _save_address(form: forms.AddressForm, by: dict[str, Any]) -> object:
    return service.add_address(**_data(form), **by)


def _save_way_in(form: forms.WayInForm, by: dict[str, Any]) -> object:
    return service.record_way_in(**_data(form), **by)


def _save_contact(form: forms.ContactForm, by: dict[str, Any]) -> object:
    return service.add_contact(**_data(form) | {"relation": Relation(form.relation.data)}, **by)


def _save_carer(form: forms.CarerForm, by: dict[str, Any]) -> object:
    service.add_unpaid_carer(**_data(form) | {"contact_id": UUID(form.contact_id.data)}, **by)
    return None


def _save_authority(form: forms.AuthorityForm, by: dict[str, Any]) -> object:
    chosen = {"contact_id": UUID(form.contact_id.data), "kind": AuthorityKind(form.kind.data)}
    return service.record_authority(**_data(form) | chosen, **by)


def _save_allergy(form: forms.AllergyForm, by: dict[str, Any]) -> object:
    return service.record_allergy(**_data(form) | {"status": AllergyStatus(form.status.data)}, **by)


def _save_adjustment(form: forms.AdjustmentForm, by: dict[str, Any]) -> object:
    return service.record_adjustment(**_data(form), **by)


def _save_medicine(form: door.MedicineForm, by: dict[str, Any]) -> object:
    return service.record_medicine(details=form.details(), **by)


def _save_decision(form: door.AdvanceDecisionForm, by: dict[str, Any]) -> object:
    return service.record_advance_decision(details=form.details(), **by)


def _save_moving(form: door.MovingForm, by: dict[str, Any]) -> object:
    return service.record_moving(details=form.details(), **by)


def _save_member(form: forms.MemberForm, by: dict[str, Any]) -> object:
    kind, _, holder_id = form.party.data.partition(":")
    holder = SEATS[MemberKind(kind)].holder
    party: dict[str, Any] = {f"{holder.value}_id": UUID(holder_id)}
    return service.join_partnership(kind=MemberKind(kind), **party, **by)


def _offer_relations(form: forms.ContactForm, _person_id: UUID) -> None:
    form.relation.choices = forms.RELATIONS


def _offer_contacts(form: forms.CarerForm | forms.AuthorityForm, person_id: UUID) -> None:
    standing = [c for c in queries.list_contacts(person_id=person_id) if c.retraction is None]
    form.contact_id.choices = choices([forms.CHOOSE, *((str(c.id), f"{c.name}, {c.relation.words}") for c in standing)])


def _offer_parties(form: forms.MemberForm, _person_id: UUID) -> None:
    offered: list[tuple[str, str]] = [forms.CHOOSE]
    for kind, of_kind in (
        (MemberKind.PROVIDER, OrganisationKind.PROVIDER),
        (MemberKind.COMMUNITY, OrganisationKind.COMMUNITY),
    ):
        offered += [(f"{kind.value}:{o.id}", o.name) for o in organisations.list_organisations(kind=of_kind)]
    for kind in (MemberKind.SOCIAL_WORKER, MemberKind.NURSE, MemberKind.OCCUPATIONAL_THERAPIST):
        accounts = access.list_accounts(role=Role(kind.value))
        offered += [(f"{kind.value}:{a.account_id}", f"{a.name}, {kind.words}") for a in accounts]
    form.party.choices = choices(offered)


def _data(form: Form) -> dict[str, Any]:
    return {field.name: field.data for field in form if field.type != "CSRFTokenField"}


ADDITIONS: tuple[Addition, ...] = (
    Addition("addresses", "Add an address", forms.AddressForm, _save_address),
    Addition("way-in", "How to get in", forms.WayInForm, _save_way_in),
    Addition("contacts", "Add somebody in their life", forms.ContactForm, _save_contact, offer=_offer_relations),
    Addition("carers", "Add an unpaid carer", forms.CarerForm, _save_carer, offer=_offer_contacts),
    Addition(
        "authorities", "Add somebody who acts for them", forms.AuthorityForm, _save_authority, offer=_offer_contacts
    ),
    Addition("allergies", "Allergies", forms.AllergyForm, _save_allergy),
    Addition("adjustments", "Add a reasonable adjustment", forms.AdjustmentForm, _save_adjustment),
    Addition("partnership", "Add somebody to the partnership", forms.MemberForm, _save_member, offer=_offer_parties),
    Addition(
        "medicines", "Add a medicine", door.MedicineForm, _save_medicine, "Saved. Somebody else should check it.",
        section=Section.DOOR,
    ),
    Addition(
        "advance-decisions", "A paper about treatment", door.AdvanceDecisionForm, _save_decision, section=Section.DOOR
    ),
    Addition("moving", "Moving and handling", door.MovingForm, _save_moving, section=Section.DOOR),
)  # fmt: skip


def _view_of(addition: Addition) -> Callable[[UUID], ResponseReturnValue]:
    def view(person_id: UUID) -> ResponseReturnValue:
        return add(addition, person_id)

    return view


for _addition in ADDITIONS:
    blueprint.add_url_rule(
        f"/people/<uuid:person_id>/details/{_addition.slug}/new",
        endpoint=f"add_{_addition.slug}",
        view_func=guard.person(_addition.section, Action.WRITE)(_view_of(_addition)),
        methods=["GET", "POST"],
    )
