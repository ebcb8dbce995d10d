"""A person's details: to enter, to read, to correct; and how to get in, on request."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.kernel.phone import spoken_phone
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people import queries, service
from careplan.people.domain.adjustment import may_read_words
from careplan.people.domain.details import details_of
from careplan.people.domain.language import language_name
from careplan.people.domain.partnership import Member
from careplan.people.domain.person import Person
from careplan.people.forms.person import CorrectionForm, NewPersonForm
from careplan.people.routes.blueprint import blueprint, details_address
from careplan.web import page

ANSWER_WORDS = {None: "Not asked yet", True: "Yes", False: "No"}


@blueprint.route("/people/new", methods=["GET", "POST"])
@guard.role(Section.PERSON, Action.CREATE)
def new() -> ResponseReturnValue:
    """Enters a person, with where they live if that is known."""
    form = NewPersonForm()
    form.offer(organisations.list_organisations(kind=OrganisationKind.GP_PRACTICE))
    if form.validate_on_submit():
        try:
            person_id = _enter(form)
        except DomainError as refused:
            form.show(refused)
        else:
            guard.show([person_id])
            flash("The person is on your caseload now.")
            return redirect(details_address(person_id), 303)
    return page("people/new.html", form=form), 422 if form.errors else 200


@blueprint.get("/people/<uuid:person_id>/details")
@guard.person(Section.PERSON, Action.READ)
def details(person_id: UUID) -> ResponseReturnValue:
    """Everything on the person's record that is not the plan: who they are and who is around them."""
    return page("people/details.html", **_shown(person_id, utc_now()))


@blueprint.route("/people/<uuid:person_id>/details/correct", methods=["GET", "POST"])
@guard.person(Section.PERSON, Action.WRITE)
def correct(person_id: UUID) -> ResponseReturnValue:
    """Mends what stands on the person's own row."""
    person = queries.get_person(person_id=person_id)
    corrections = queries.list_corrections(person_id=person_id)
    latest = corrections[0].id if corrections else ""
    form = CorrectionForm(data=CorrectionForm.filled(details_of(person)) | {"based_on": latest})
    form.offer(organisations.list_organisations(kind=OrganisationKind.GP_PRACTICE))
    if form.validate_on_submit():
        try:
            service.correct_person(
                person_id=person_id,
                details=form.details(),
                reason=form.reason.data or "",
                based_on=_id(form.based_on.data),
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
            form.based_on.data = latest
        else:
            flash("Saved. What stood there before is kept.")
            return redirect(details_address(person_id), 303)
    return page("people/correct.html", form=form, person=person, corrections=corrections), 422 if form.errors else 200


@blueprint.post("/people/<uuid:person_id>/way-in")
@guard.person(Section.PERSON, Action.READ)
def way_in(person_id: UUID) -> ResponseReturnValue:
    """How to get in, with the key safe's code. A look of its own, so that the trail names it."""
    found = queries.find_way_in(person_id=person_id)
    if found is None:
        raise NotFound("Nobody has written down how to get in.")
    return page("people/way_in.html", person=queries.get_person(person_id=person_id), way_in=found)


def _enter(form: NewPersonForm) -> UUID:
    actor, now = guard.actor(), utc_now()
    person_id = service.register_person(details=form.details(), actor=actor, now=now)
    if form.has_address:
        service.add_address(
            person_id=person_id,
            line1=form.line1.data or "",
            town=form.town.data or "",
            postcode=form.postcode.data,
            actor=actor,
            now=now,
        )
    return person_id


def _shown(person_id: UUID, now: datetime) -> dict[str, Any]:
    """What the page needs, read once."""
    actor, today = guard.actor(), local_date(now)
    person = queries.get_person(person_id=person_id)
    members = queries.list_partnership(person_id=person_id)
    contacts = queries.list_contacts(person_id=person_id)
    names = _party_names(members) | {c.id: c.name for c in contacts}
    return {
        "person": person,
        "facts": _facts(person),
        "now": now,
        "today": today,
        "addresses": queries.list_addresses(person_id=person_id),
        "has_way_in": queries.has_way_in(person_id=person_id),
        "contacts": contacts,
        "authorities": queries.list_authorities(person_id=person_id),
        "allergies": queries.get_allergies(person_id=person_id),
        "adjustments": queries.list_adjustments(person_id=person_id),
        "shows_adjustments": may_read_words(actor.role),
        "members": members,
        "names": names,
        "spoken_phone": spoken_phone,
        "corrections": queries.list_corrections(person_id=person_id),
        "may_write": access.may_reach(
            actor=actor, person_id=person_id, section=Section.PERSON, action=Action.WRITE, now=now
        ),
        "may_raise": access.may_reach(
            actor=actor, person_id=person_id, section=Section.CONCERN, action=Action.RECORD, now=now
        ),
    }


def _facts(person: Person) -> list[tuple[str, object]]:
    practice = (
        organisations.find_organisation(organisation_id=person.gp_organisation_id)
        if person.gp_organisation_id
        else None
    )
    facts: list[tuple[str, object]] = [
        ("Likes to be called", person.known_as),
        ("Gender", person.gender.value.replace("unknown", "not known").capitalize()),
        ("Language", language_name(person.language) or "Not asked yet"),
        ("Interpreter", ANSWER_WORDS[person.interpreter_needed]),
        ("Lives alone", ANSWER_WORDS[person.lives_alone]),
        ("Telephone", spoken_phone(person.phone) if person.phone else "Not known"),
        ("Email", person.email or "Not known"),
        ("GP practice", practice.name if practice else "Not known"),
        ("How to communicate", person.communication_note or "Nothing noted yet"),
    ]
    return facts


def _party_names(members: Iterable[Member]) -> dict[UUID, str]:
    accounts = access.list_account_names(account_ids=[m.account_id for m in members if m.account_id])
    companies = organisations.list_organisations_by_id(
        organisation_ids=[m.organisation_id for m in members if m.organisation_id]
    )
    return accounts | {o.id: o.name for o in companies.values()}


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
