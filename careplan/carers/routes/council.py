"""Who cares for a person without pay, one carer on one page, and a new record."""

from uuid import UUID

from flask import flash, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.carers import queries, service
from careplan.carers.domain import giving
from careplan.carers.domain.assessment import missing_from
from careplan.carers.domain.carer import Carer
from careplan.carers.domain.eligibility import KIND_WORDS
from careplan.carers.domain.plan import missing_from as missing_from_plan
from careplan.carers.forms.council import OpenForm
from careplan.carers.routes.blueprint import (
    WORDS,
    blueprint,
    may_write,
    names_of,
    one_of,
    read_carer,
    rests_on_carers,
    shown,
    status_of,
    to_carer,
    write_carer,
)
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError
from careplan.people import queries as people
from careplan.people.domain.contact import Contact
from careplan.web import page


@blueprint.get("/people/<uuid:person_id>/carers")
@read_carer
def list_all(person_id: UUID) -> str:
    """Who has a record as a carer, who cares and has none yet, and what the plan takes from them."""
    found = queries.list_carers(person_id=person_id)
    guard.naming(c.id for c in found)
    return page(
        "carers/list.html",
        person=people.get_person(person_id=person_id),
        carers=[(carer, _state(carer)) for carer in found],
        without=_without_record(person_id, found),
        resting=rests_on_carers(person_id),
        words=WORDS,
        may_write=may_write(person_id),
    )


@blueprint.route("/people/<uuid:person_id>/carers/new", methods=["GET", "POST"])
@write_carer
def open_record(person_id: UUID) -> ResponseReturnValue:
    """Begins a record on the carer's yes, for somebody whom the person's record names or for somebody new."""
    without = _without_record(person_id, queries.list_carers(person_id=person_id))
    contact = next((c for c in without if str(c.id) == request.args.get("contact")), None)
    form = OpenForm(data=_known(contact) if contact else None)
    if form.validate_on_submit():
        try:
            carer = service.open_record(
                person_id=person_id,
                details=form.details(),
                said_on=form.said_on.data,
                how=form.how.data or "",
                contact_id=contact.id if contact else None,
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            guard.naming([carer.id])
            flash("The record is begun.")
            return to_carer(carer)
    html = page("carers/new.html", person=people.get_person(person_id=person_id), form=form, contact=contact)
    return html, status_of(form)


@blueprint.get("/people/<uuid:person_id>/carers/<uuid:carer_id>")
@read_carer
def show(person_id: UUID, carer_id: UUID) -> str:
    """Everything about one carer on one page; nothing of it while the carer has taken back their yes."""
    carer = one_of(person_id, carer_id)
    consents = queries.list_consents(carer_id=carer_id)
    standing = queries.get_standing(carer_id=carer_id)
    if not standing.is_held:
        return shown(
            "carers/closed.html",
            carer,
            consents=consents,
            names=names_of(c.by for c in consents),
            may_write=may_write(person_id),
        )
    draft, assessment = queries.find_draft(carer_id=carer_id), queries.find_assessment(carer_id=carer_id)
    determinations, plan = queries.list_determinations(carer_id=carer_id), queries.find_plan(carer_id=carer_id)
    given, today = queries.list_given(carer_id=carer_id), local_date(utc_now())
    by = [c.by for c in consents] + [d.decided_by for d in determinations] + [g.given_by for g in given]
    names = names_of([*by, *(a.by for a in (plan.agreements if plan else ()))])
    return shown(
        "carers/carer.html",
        carer,
        consents=consents,
        standing=standing,
        draft=draft,
        missing=missing_from(draft.content, today=today) if draft else (),
        assessment=assessment,
        determinations=determinations,
        plan=plan,
        agreed=queries.find_agreed_plan(carer_id=carer_id),
        missing_from_plan=missing_from_plan(plan.content, today=today) if plan else (),
        given=[
            (giving.CARER_PAPER_WORDS[g.paper], giving.given_words(g, by=names.get(g.given_by, ""), carer=carer.name))
            for g in given
        ],
        resting=rests_on_carers(person_id),
        names=names,
        may_write=may_write(person_id),
    )


def _without_record(person_id: UUID, found: list[Carer]) -> list[Contact]:
    """Those who care for the person now and have no record of their own."""
    have, today = {c.contact_id for c in found}, local_date(utc_now())
    return [c for c in people.list_contacts(person_id=person_id) if c.cares_on(today) and c.id not in have]


def _known(contact: Contact) -> dict[str, str]:
    return {"name": contact.name, "relation": contact.relation.words, "phone": contact.phone or ""}


def _state(carer: Carer) -> str:
    """How far it has come, in a few words."""
    if not queries.get_standing(carer_id=carer.id).is_held:
        return "Closed: they took back their yes"
    if queries.find_agreed_plan(carer_id=carer.id):
        return "Has a plan"
    determination = queries.find_determination(carer_id=carer.id)
    if determination:
        return KIND_WORDS[determination.kind]
    return "Being assessed" if queries.find_draft(carer_id=carer.id) else "Not assessed yet"
