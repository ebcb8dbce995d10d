"""Raising a concern: it is kept, opened to the safeguarding leads, and hidden from whoever it alleges, in one act."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access import service as access_service
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Kind
from careplan.concerns.domain.concern import Alleged, AllegedKind, ConcernCategory, is_alleged
from careplan.concerns.domain.deadline import due_by
from careplan.concerns.models import AllegedRow, ConcernRow
from careplan.concerns.service.telling import tell_raised
from careplan.db import db
from careplan.kernel.errors import Invalid, Problem
from careplan.kernel.ids import new_id
from careplan.organisations import queries as organisations
from careplan.people import queries as people

SOURCE = "concern"


class ConcernUnsaid(Invalid):
    """A concern says what was seen or heard."""

    code = "concern_unsaid"


class NotAPartyHere(Invalid):
    """Whoever is named is nobody whom we know of around this person."""

    code = "not_a_party_here"


def raise_concern(
    *,
    person_id: UUID,
    category: ConcernCategory,
    words: str,
    immediate_danger: bool,
    actor: Actor,
    now: datetime,
    persons_wishes: str | None = None,
    told: Sequence[str] = (),
    alleged: Alleged | None = None,
    visit_id: UUID | None = None,
    concern_id: UUID | None = None,
) -> UUID:
    """Keeps a worry about the person's safety, where neither they nor a representative or carer will see it.

    `alleged` is None where nobody asked who it was; a tablet brings the id with it.
    Raises ConcernUnsaid, NotAPartyHere, NotFound.
    """
    people.get_person(person_id=person_id)
    if not words.strip():
        message = "Say what you saw or heard."
        raise ConcernUnsaid(message, problems=(Problem("words", message),))
    if alleged is not None:
        check_party(person_id, alleged)
    row = ConcernRow(
        id=concern_id or new_id(),
        person_id=person_id,
        category=category.value,
        words=words.strip(),
        immediate_danger=immediate_danger,
        persons_wishes=(persons_wishes or "").strip() or None,
        told=[name.strip() for name in told if name.strip()],
        visit_id=visit_id,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    if alleged is not None:
        write_alleged(row.id, person_id, alleged, actor=actor, now=now)
    named = (alleged,) if alleged else ()
    open_to_leads(row.id, person_id, named, now=now)
    due = due_by(raised_at=now, immediate_danger=immediate_danger)
    tell_raised(concern_id=row.id, person_id=person_id, alleged=named, due_by=due, actor=actor, now=now)
    return row.id


def check_party(person_id: UUID, alleged: Alleged) -> None:
    """Raises NotAPartyHere, NotFound."""
    match alleged.kind:
        case AllegedKind.ACCOUNT:
            access.get_account(account_id=_named(alleged))
        case AllegedKind.ORGANISATION:
            organisations.get_organisation(organisation_id=_named(alleged))
        case AllegedKind.CONTACT:
            if people.find_contact(person_id=person_id, contact_id=_named(alleged)) is None:
                raise _nobody_here()


def write_alleged(concern_id: UUID, person_id: UUID, alleged: Alleged, *, actor: Actor, now: datetime) -> None:
    """From here on the database hides the concern from whoever it is."""
    row = AllegedRow(
        id=new_id(),
        concern_id=concern_id,
        person_id=person_id,
        kind=alleged.kind.value,
        account_id=alleged.id if alleged.kind is AllegedKind.ACCOUNT else None,
        organisation_id=alleged.id if alleged.kind is AllegedKind.ORGANISATION else None,
        contact_id=alleged.id if alleged.kind is AllegedKind.CONTACT else None,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()


def open_to_leads(concern_id: UUID, person_id: UUID, alleged: Sequence[Alleged], *, now: datetime) -> None:
    """Each safeguarding lead reaches what they need of the person's record for as long as the concern is open.

    Doing it again opens it to those who have come since.
    """
    known = access.list_opened_by(source_id=concern_id)
    for lead in access.list_accounts(role=Role.SAFEGUARDING_LEAD):
        if lead.account_id in known or is_alleged(lead, alleged):
            continue
        access_service.relate(
            person_id=person_id,
            kind=Kind.SAFEGUARDING,
            since=now,
            source_type=SOURCE,
            source_id=concern_id,
            account_id=lead.account_id,
        )


def _named(alleged: Alleged) -> UUID:
    if alleged.id is None:
        raise _nobody_here()
    return alleged.id


def _nobody_here() -> NotAPartyHere:
    message = "Choose somebody who is around this person, or say that you do not know."
    return NotAPartyHere(message, problems=(Problem("alleged", message),))
