"""A person's details: to enter, to read, to correct; and how to get in, on request."""

from collections.abc import Iterable, Mapping
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
from careplan.organisations.domain.organisation import Organisation, OrganisationKind
from careplan.people import queries, service
from careplan.people.domain.adjustment import may_read_words
from careplan.people.domain.details import details_of
from careplan.people.domain.door import Door
from careplan.people.domain.known import Knowledge, Topic, standing
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
    door = queries.get_door(person_id=person_id, on=today)
    members = queries.list_partnership(person_id=person_id)
    names = _party_names(members) | {c.id: c.name for c in door.contacts}
    return {
        "person": door.person,
        "facts": _facts(door.person, door.known),
        "now": now,
        "today": today,
        "addresses": queries.list_addresses(person_id=person_id),
        "has_way_in": door.has_way_in,
        "contacts": list(door.contacts),
        "authorities": queries.list_authorities(person_id=person_id),
        "allergies": door.allergies,
        "adjustments": list(door.adjustments),
        "shows_adjustments": may_read_words(actor.role),
        "members": members,
        "names": names,
        "spoken_phone": spoken_phone,
        "corrections": queries.list_corrections(person_id=person_id),
        **_at_the_door(door, now),
        "may_write": access.may_reach(
            actor=actor, person_id=person_id, section=Section.PERSON, action=Action.WRITE, now=now
        ),
        "may_raise": access.may_reach(
            actor=actor, person_id=person_id, section=Section.CONCERN, action=Action.RECORD, now=now
        ),
    }


def _at_the_door(door: Door, now: datetime) -> dict[str, Any]:
    """What a worker needs at the door, with the names of who copied, checked and saw."""
    hands = [i for m in door.recorded_medicines for i in (m.recorded_by, m.checked_by)]
    hands += [d.seen_by for d in door.recorded_decisions]
    return {
        "door": door,
        "known": {topic.value: knowledge for topic, knowledge in door.known.items()},
        "medicines_stand": {m.id for m in standing(door.recorded_medicines)},
        "decisions_stand": {d.id for d in standing(door.recorded_decisions)},
        "hands": access.list_account_names(account_ids=[i for i in hands if i is not None]),
        "may_write_door": access.may_reach(
            actor=guard.actor(), person_id=door.person.id, section=Section.DOOR, action=Action.WRITE, now=now
        ),
    }


def _practice_words(practice: Organisation | None, known: Knowledge) -> str:
    if practice is None:
        return known.words
    phone = f", {spoken_phone(practice.phone)}" if practice.phone else ""
    return f"{practice.name}{phone}, ODS code {practice.ods_code or 'not known'}"


def _facts(person: Person, known: Mapping[Topic, Knowledge]) -> list[tuple[str, object]]:
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
        ("GP practice", _practice_words(practice, known[Topic.GP])),
        ("How to communicate", person.communication_note or known[Topic.COMMUNICATION].words),
        ("Letters", person.letter_format.words if person.letter_format else known[Topic.LETTERS].words),
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
