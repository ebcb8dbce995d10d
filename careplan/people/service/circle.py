"""Contacts, those among them who care without pay, and those who may act for the person."""

from datetime import date, datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access import service as access_service
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Kind
from careplan.db import db
from careplan.kernel.clock import end_of_day, local_date, start_of_day
from careplan.kernel.collect import Problems
from careplan.kernel.errors import Conflict, NotFound
from careplan.kernel.ids import new_id
from careplan.kernel.phone import checked_phone
from careplan.people import queries
from careplan.people.domain.authority import REACH, AuthorityKind, Matter, check_registration
from careplan.people.domain.contact import Relation
from careplan.people.domain.name import checked_name
from careplan.people.domain.partnership import MemberKind, wrong_seat
from careplan.people.domain.retraction import checked_reason
from careplan.people.domain.span import check_span
from careplan.people.models import AuthorityRow, ContactRow
from careplan.people.service.locking import locked_person
from careplan.people.service.partnership import end_seats_of_contact, has_seat, take_seat
from careplan.people.service.retracting import retract


class AuthorityStands(Conflict):
    """Somebody acts for the person by an authority that still stands."""

    code = "authority_stands"


class AuthorityEnded(Conflict):
    """The authority ended before."""

    code = "authority_ended"


def add_contact(
    *,
    person_id: UUID,
    name: str,
    relation: Relation,
    actor: Actor,
    now: datetime,
    phone: str | None = None,
    account_id: UUID | None = None,
    is_next_of_kin: bool = False,
    is_emergency: bool = False,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> UUID:
    """Names somebody in the person's life.  Raises NameMissing, WrongPhone, EndBeforeStart, NotFound."""
    locked_person(person_id=person_id)
    problems = Problems()
    tidy = problems.of(lambda: checked_name(field="name", typed=name, asked="Enter their name."))
    number = problems.of(lambda: checked_phone(phone))
    problems.of(lambda: check_span(starts_on=starts_on, ends_on=ends_on))
    problems.settle()
    row = ContactRow(
        id=new_id(),
        person_id=person_id,
        name=tidy or "",
        relation=relation.value,
        phone=number,
        account_id=account_id,
        is_next_of_kin=is_next_of_kin,
        is_emergency=is_emergency,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def end_contact(*, person_id: UUID, contact_id: UUID, ends_on: date, actor: Actor, now: datetime) -> None:
    """Says until when somebody was to be reached.  Raises EndBeforeStart, AuthorityStands, NotFound."""
    row = _contact(person_id, contact_id)
    _check_no_authority(row, now)
    check_span(starts_on=row.starts_on, ends_on=ends_on)
    row.ends_on = ends_on
    db.session.flush()


def retract_contact(*, person_id: UUID, contact_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Marks a contact as entered in error; it stays to be seen, and opens nothing any more.

    Raises AuthorityStands, AlreadyRetracted, ReasonMissing, NotFound.
    """
    row = _contact(person_id, contact_id)
    _check_no_authority(row, now)
    retract(row, reason=reason, actor=actor, now=now)
    _stop_caring(row, reason=checked_reason(reason), now=now)
    db.session.flush()


def add_unpaid_carer(
    *,
    person_id: UUID,
    contact_id: UUID,
    starts_on: date,
    actor: Actor,
    now: datetime,
    ends_on: date | None = None,
    agreed_words: str | None = None,
) -> None:
    """Says that a contact cares without pay. Only with the person's yes, in their words, may they see the record.

    Raises EndBeforeStart, WrongSeat, NotFound.
    """
    row = _contact(person_id, contact_id)
    check_span(starts_on=starts_on, ends_on=ends_on)
    row.carer_starts_on, row.carer_ends_on = starts_on, ends_on
    if not has_seat(person_id=person_id, kind=MemberKind.UNPAID_CARER, holder_id=contact_id, at=now):
        since = start_of_day(starts_on)
        take_seat(
            person_id=person_id,
            kind=MemberKind.UNPAID_CARER,
            since=since,
            actor=actor,
            now=now,
            contact_id=contact_id,
        )
    db.session.flush()
    if (agreed_words or "").strip():
        let_carer_see(person_id=person_id, contact_id=contact_id, words=agreed_words or "", actor=actor, now=now)


def let_carer_see(*, person_id: UUID, contact_id: UUID, words: str, actor: Actor, now: datetime) -> None:
    """Keeps the person's yes, in their words, and opens the record to the carer's account if they have one.

    Raises ReasonMissing (no words), WrongSeat, NotFound.
    """
    row = _contact(person_id, contact_id)
    if row.carer_starts_on is None:
        raise wrong_seat("Say first that this contact cares for the person without pay.")
    row.carer_agreed_words = checked_reason(words, field="agreed_words")
    row.carer_agreed_at = now
    db.session.flush()
    if row.account_id is None:
        return
    _check_account(row.account_id, Role.UNPAID_CARER)
    if not access.is_related(person_id=person_id, kind=Kind.CARER, at=now, account_id=row.account_id):
        _relate_from(
            row.account_id, Kind.CARER, person_id, "contact", row.id, row.carer_starts_on, row.carer_ends_on, now
        )


def end_unpaid_carer(
    *, person_id: UUID, contact_id: UUID, ends_on: date, reason: str, actor: Actor, now: datetime
) -> None:
    """Says until when somebody cared; what the record opened to them closes at once.

    Raises EndBeforeStart, ReasonMissing, WrongSeat, NotFound.
    """
    row = _contact(person_id, contact_id)
    if row.carer_starts_on is None:
        raise wrong_seat("This contact does not care for the person without pay.")
    check_span(starts_on=row.carer_starts_on, ends_on=ends_on)
    row.carer_ends_on = ends_on
    _stop_caring(row, reason=checked_reason(reason), now=now)
    db.session.flush()


def record_authority(
    *,
    person_id: UUID,
    contact_id: UUID,
    kind: AuthorityKind,
    starts_on: date,
    actor: Actor,
    now: datetime,
    scope: str | None = None,
    leaves_out_care: bool = False,
    registration_seen_on: date | None = None,
    ends_on: date | None = None,
) -> UUID:
    """Records that a contact may act for the person, and as what.

    Their account sees the record once the registration has been seen, where the authority is about care.
    Raises EndBeforeStart, RegistrationNotYet, WrongSeat, NotFound.
    """
    contact = _contact(person_id, contact_id)
    problems = Problems()
    problems.of(lambda: check_span(starts_on=starts_on, ends_on=ends_on))
    problems.of(lambda: check_registration(seen_on=registration_seen_on, today=local_date(now)))
    problems.settle()
    row = AuthorityRow(
        id=new_id(),
        person_id=person_id,
        contact_id=contact_id,
        account_id=contact.account_id,
        kind=kind.value,
        scope=(scope or "").strip() or None,
        leaves_out_care=leaves_out_care,
        registration_seen_on=registration_seen_on,
        registration_seen_by=actor.account_id if registration_seen_on else None,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    if not has_seat(person_id=person_id, kind=MemberKind.REPRESENTATIVE, holder_id=contact_id, at=now):
        since = start_of_day(starts_on)
        take_seat(
            person_id=person_id,
            kind=MemberKind.REPRESENTATIVE,
            since=since,
            actor=actor,
            now=now,
            contact_id=contact_id,
        )
    _open_to_representative(row, now)
    return row.id


def see_registration(*, person_id: UUID, authority_id: UUID, seen_on: date, actor: Actor, now: datetime) -> None:
    """Records that the registration of an authority was seen, by whom and when; its holder may then act.

    Raises RegistrationNotYet, WrongSeat, NotFound.
    """
    row = _authority(person_id, authority_id)
    check_registration(seen_on=seen_on, today=local_date(now))
    row.registration_seen_on, row.registration_seen_by = seen_on, actor.account_id
    db.session.flush()
    _open_to_representative(row, now)


def end_authority(*, person_id: UUID, authority_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Ends an authority and, at once, what it opened.  Raises AuthorityEnded, ReasonMissing, NotFound."""
    row = _authority(person_id, authority_id)
    if row.ended_at is not None:
        raise AuthorityEnded("This authority has ended already.")
    row.ended_at, row.end_reason = now, checked_reason(reason)
    db.session.flush()
    access_service.end_relationships(person_id=person_id, kind=Kind.AUTHORITY, now=now, source_id=row.id)
    if not any(a.contact_id == row.contact_id for a in queries.list_authorities(person_id=person_id, at=now)):
        end_seats_of_contact(
            person_id=person_id,
            kind=MemberKind.REPRESENTATIVE,
            contact_id=row.contact_id,
            reason=row.end_reason,
            now=now,
        )


def _contact(person_id: UUID, contact_id: UUID) -> ContactRow:
    locked_person(person_id=person_id)
    row = db.session.get(ContactRow, contact_id)
    if row is None or row.person_id != person_id:
        raise NotFound("This person has no such contact.")
    return row


def _authority(person_id: UUID, authority_id: UUID) -> AuthorityRow:
    locked_person(person_id=person_id)
    row = db.session.get(AuthorityRow, authority_id)
    if row is None or row.person_id != person_id:
        raise NotFound("There is no such authority for this person.")
    return row


def _open_to_representative(row: AuthorityRow, now: datetime) -> None:
    about_care = Matter.CARE in REACH[AuthorityKind(row.kind)] and not row.leaves_out_care
    if row.account_id is None or row.registration_seen_on is None or not about_care:
        return
    _check_account(row.account_id, Role.REPRESENTATIVE)
    if not access.is_related(person_id=row.person_id, kind=Kind.AUTHORITY, at=now, account_id=row.account_id):
        _relate_from(
            row.account_id,
            Kind.AUTHORITY,
            row.person_id,
            "representative_authority",
            row.id,
            row.starts_on,
            row.ends_on,
            now,
        )


def _relate_from(
    account_id: UUID,
    kind: Kind,
    person_id: UUID,
    source_type: str,
    source_id: UUID,
    starts_on: date,
    ends_on: date | None,
    now: datetime,
) -> None:
    """From now on, or from the first day if that is yet to come, until the last day has passed."""
    since = max(now, start_of_day(starts_on))
    until = end_of_day(ends_on) if ends_on else None
    if until is not None and until <= since:
        return
    access_service.relate(
        person_id=person_id,
        kind=kind,
        since=since,
        until=until,
        source_type=source_type,
        source_id=source_id,
        account_id=account_id,
    )


def _stop_caring(row: ContactRow, *, reason: str, now: datetime) -> None:
    access_service.end_relationships(person_id=row.person_id, kind=Kind.CARER, now=now, source_id=row.id)
    end_seats_of_contact(
        person_id=row.person_id, kind=MemberKind.UNPAID_CARER, contact_id=row.id, reason=reason, now=now
    )


def _check_no_authority(row: ContactRow, now: datetime) -> None:
    standing = queries.list_authorities(person_id=row.person_id, at=now)
    if any(a.contact_id == row.id for a in standing):
        raise AuthorityStands(f"{row.name} acts for the person by an authority that still stands. End that first.")


def _check_account(account_id: UUID, role: Role) -> None:
    if access.get_account(account_id=account_id).role is not role:
        raise wrong_seat(f"The account of this contact is not that of a {role.value.replace('_', ' ')}.")
