"""A nurse proposes an activity and writes its instruction."""

from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Action, Kind, Section
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.delegation import forms, queries, service
from careplan.delegation.domain.delegation import Delegation
from careplan.delegation.routes.blueprint import blueprint
from careplan.delegation.routes.parts import status, write_down
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, NotFound, invalid
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people import queries as people
from careplan.people.domain.person import Person
from careplan.web import page
from careplan.web.forms import choices

MOST_FOUND = 10


@blueprint.route("/delegations/new", methods=["GET", "POST"])
@guard.role(Section.DELEGATION, Action.PROPOSE)
def propose() -> ResponseReturnValue:
    """A nurse puts an activity to a provider, for somebody found among their own people or named by number and date."""
    actor = guard.actor()
    person = _chosen_person(actor)
    form = forms.ProposeForm(**_typed_by(actor))
    providers = organisations.list_organisations(kind=OrganisationKind.PROVIDER)
    form.provider.choices = choices([("", "Choose"), *((str(o.id), o.name) for o in providers)])
    if person is not None:
        form.for_a_known_person()
    if form.validate_on_submit():
        try:
            delegation_id = _propose(form, person, actor)
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Proposed. The provider has it on its list now.")
            return redirect(f"/delegations/{delegation_id}", 303)
    words = request.args.get("find", "").strip()
    return page("delegation/new.html", form=form, person=person, words=words, found=_found(actor, words)), status(form)


@blueprint.route("/delegations/<uuid:delegation_id>/instructions/new", methods=["GET", "POST"])
@guard.person(Section.DELEGATION, Action.WRITE, of=queries.find_person_of_delegation)
def rewrite(delegation_id: UUID) -> ResponseReturnValue:
    """The nurse writes a further version of the instruction."""
    found = queries.get_delegation(delegation_id=delegation_id)
    form = forms.NewVersionForm(**forms.typed_of(found.instructions[-1]))
    if form.validate_on_submit():
        try:
            written = service.write_instruction(
                delegation_id=delegation_id,
                instruction=forms.instruction_of(form),
                next_occasion=form.next_occasion.data or "",
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("The new instruction counts from now on.")
            return redirect(f"/delegations/{delegation_id}/instructions/{written.number}", 303)
    return page("delegation/rewrite.html", form=form, delegation=found), status(form)


def _chosen_person(actor: Actor) -> Person | None:
    """Whom the address names, where the nurse may see them; else somebody new is named in the form."""
    chosen = request.args.get("person", type=UUID)
    if chosen is None:
        return None
    may = access.may_reach(
        actor=actor, person_id=chosen, section=Section.DELEGATION, action=Action.WRITE, now=utc_now()
    )
    person = people.find_person(person_id=chosen) if may else None
    if person is None:
        raise NotFound
    guard.show([person.id])
    return person


def _found(actor: Actor, words: str) -> list[Person]:
    """Those of the nurse's own people whose names begin so, or whose NHS number it is."""
    if not words:
        return []
    visible = access.select_visible(actor=actor, section=Section.DELEGATION, action=Action.WRITE, now=utc_now())
    digits = "".join(words.split()) if words.replace(" ", "").isdigit() else words
    found = people.list_people(visible=visible, words=digits, limit=MOST_FOUND)
    guard.show([p.id for p in found])
    return found


def _typed_by(actor: Actor) -> dict[str, str]:
    """What we know of the nurse already."""
    worker = organisations.find_worker(account_id=actor.account_id)
    if worker is None:
        return {}
    named = f"{worker.name}, {{}}"
    return {
        "regulator": worker.regulator.value if worker.regulator else "",
        "registration_number": worker.registration_number or "",
        "contact_in_hours": named.format(worker.phone) if worker.phone else "",
        "contact_out_of_hours": named.format(worker.out_of_hours_phone) if worker.out_of_hours_phone else "",
    }


def _propose(form: forms.ProposeForm, person: Person | None, actor: Actor) -> UUID:
    """Nothing of the record shows before number and birth date fit, or the person is one of the nurse's own."""
    now = utc_now()
    proposal = forms.proposal_of(form)
    see_everything(db.session, as_="delegation-proposal")
    person = person or _named_person(form)
    if not access.is_related(person_id=person.id, kind=Kind.PACKAGE, at=now, organisation_id=proposal.provider_id):
        raise invalid("provider", "This provider does not care for the person.")
    found: Delegation = service.propose_delegation(person_id=person.id, proposal=proposal, actor=actor, now=now)
    write_down(actor, person.id, "POST /delegations/new", found.id)
    return found.id


def _named_person(form: forms.ProposeForm) -> Person:
    digits = "".join(ch for ch in form.nhs_number.data or "" if ch.isdigit())
    person = people.find_person_by_nhs_number(nhs_number=digits)
    if person is None or person.birth_date != form.birth_date.data:
        raise invalid("nhs_number", "We know nobody with this NHS number and date of birth.")
    return person
