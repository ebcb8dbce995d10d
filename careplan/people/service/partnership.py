"""Joining and leaving the partnership around a person, and the access that goes with it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from careplan.access import queries as access
from careplan.access import service as access_service
from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.kernel.ids import new_id
from careplan.organisations import queries as organisations
from careplan.people import queries
from careplan.people.domain.partnership import (
    SEATS,
    AlreadyLeft,
    AlreadyMember,
    Holder,
    MemberKind,
    check_holder,
    check_organisation,
    check_role,
)
from careplan.people.domain.retraction import checked_reason
from careplan.people.models import PartnershipMemberRow
from careplan.people.service.locking import locked_person

SOURCE = "partnership_member"


def join_partnership(
    *,
    person_id: UUID,
    kind: MemberKind,
    actor: Actor,
    now: datetime,
    account_id: UUID | None = None,
    organisation_id: UUID | None = None,
    contact_id: UUID | None = None,
    since: datetime | None = None,
) -> UUID:
    """Takes a party into the partnership and opens to it what its part needs.

    Exactly one of account, organisation and contact is named; `since` defaults to now.
    Raises WrongSeat, AlreadyMember, NotFound.
    """
    locked_person(person_id=person_id)
    holder_id = account_id or organisation_id or contact_id
    seat = check_holder(kind=kind, named=_named(account_id, organisation_id, contact_id))
    if holder_id is not None:
        _check_party(person_id, kind, holder_id)
        _check_new(person_id, kind, holder_id, now)
    member_id = new_id()
    since = since or now
    if seat.opens is not None:
        access_service.relate(
            person_id=person_id,
            kind=seat.opens,
            since=since,
            source_type=SOURCE,
            source_id=member_id,
            account_id=account_id,
            organisation_id=organisation_id,
        )
    return take_seat(
        person_id=person_id,
        kind=kind,
        since=since,
        actor=actor,
        now=now,
        account_id=account_id,
        organisation_id=organisation_id,
        contact_id=contact_id,
        member_id=member_id,
    )


@dataclass(frozen=True, slots=True)
class ShortenedSeat:
    """A membership that was made to end earlier: until when it ran and why it was to end, and until when it runs."""

    member_id: UUID
    was: datetime | None
    was_because: str | None
    until: datetime


def shorten_seats(
    *, person_id: UUID, kinds: Collection[MemberKind], until: datetime, reason: str
) -> list[ShortenedSeat]:
    """Ends every membership in these parts that would run longer; what it opened is its caller's to end."""
    locked_person(person_id=person_id)
    shortened = []
    for row in _rows(person_id, kinds):
        end = max(until, row.since)
        if row.until is None or row.until > end:
            shortened.append(ShortenedSeat(row.id, row.until, row.end_reason, end))
            row.until, row.end_reason = end, reason
    db.session.flush()
    return shortened


def lengthen_seats(*, person_id: UUID, shortened: Iterable[ShortenedSeat]) -> set[UUID]:
    """Lets each run as long as before, unless its end was moved again since; says which do."""
    locked_person(person_id=person_id)
    known = {s.member_id: s for s in shortened}
    back = [row for row in _rows(person_id, MemberKind) if row.id in known and row.until == known[row.id].until]
    for row in back:
        row.until, row.end_reason = known[row.id].was, known[row.id].was_because
    db.session.flush()
    return {row.id for row in back}


def leave_partnership(
    *, person_id: UUID, member_id: UUID, reason: str, actor: Actor, now: datetime, until: datetime | None = None
) -> None:
    """Ends a membership and the access that it opened, at once or, with `until`, at an instant to come.

    Raises AlreadyLeft, ReasonMissing, NotFound.
    """
    locked_person(person_id=person_id)
    row = db.session.get(PartnershipMemberRow, member_id)
    if row is None or row.person_id != person_id:
        raise NotFound("There is no such member of this partnership.")
    if row.until is not None and row.until <= now:
        raise AlreadyLeft("They have left this partnership already.")
    end = max(until or now, row.since)
    row.end_reason = checked_reason(reason)
    row.until = end
    opened = SEATS[MemberKind(row.kind)].opens
    db.session.flush()
    if opened is not None:
        access_service.end_relationships(person_id=person_id, kind=opened, now=end, source_id=member_id)


def stay_in_partnership(*, person_id: UUID, member_id: UUID, actor: Actor, now: datetime) -> None:
    """Takes back an end that is still to come; what the membership opened goes on.  Raises AlreadyLeft, NotFound."""
    locked_person(person_id=person_id)
    row = db.session.get(PartnershipMemberRow, member_id)
    if row is None or row.person_id != person_id:
        raise NotFound("There is no such member of this partnership.")
    if row.until is not None and row.until <= now:
        raise AlreadyLeft("They have left this partnership already.")
    row.until = row.end_reason = None
    opened = SEATS[MemberKind(row.kind)].opens
    db.session.flush()
    if opened is not None:
        access_service.let_run_on(person_id=person_id, kind=opened, source_id=member_id, now=now)


def take_seat(
    *,
    person_id: UUID,
    kind: MemberKind,
    since: datetime,
    actor: Actor,
    now: datetime,
    account_id: UUID | None = None,
    organisation_id: UUID | None = None,
    contact_id: UUID | None = None,
    member_id: UUID | None = None,
) -> UUID:
    """Writes the membership alone; what it opens is its caller's to write."""
    row = PartnershipMemberRow(
        id=member_id or new_id(),
        person_id=person_id,
        kind=kind.value,
        account_id=account_id,
        organisation_id=organisation_id,
        contact_id=contact_id,
        since=since,
        until=None,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def end_seats_of_contact(*, person_id: UUID, kind: MemberKind, contact_id: UUID, reason: str, now: datetime) -> None:
    """Ends what memberships one of the person's contacts has in this part."""
    for member in queries.list_partnership(person_id=person_id, at=now):
        if member.sits_as(kind=kind, holder_id=contact_id):
            row = db.session.get_one(PartnershipMemberRow, member.id)
            row.until, row.end_reason = max(now, row.since), reason
    db.session.flush()


def has_seat(*, person_id: UUID, kind: MemberKind, holder_id: UUID, at: datetime) -> bool:
    """Whether a party belongs to the partnership in this part at an instant."""
    return any(m.sits_as(kind=kind, holder_id=holder_id) for m in queries.list_partnership(person_id=person_id, at=at))


def _rows(person_id: UUID, kinds: Collection[MemberKind] | type[MemberKind]) -> list[PartnershipMemberRow]:
    query = select(PartnershipMemberRow).where(
        PartnershipMemberRow.person_id == person_id, PartnershipMemberRow.kind.in_([k.value for k in kinds])
    )
    return list(db.session.scalars(query.order_by(PartnershipMemberRow.id)))


def _named(account_id: UUID | None, organisation_id: UUID | None, contact_id: UUID | None) -> Holder | None:
    pairs = ((Holder.ACCOUNT, account_id), (Holder.ORGANISATION, organisation_id), (Holder.CONTACT, contact_id))
    named = [holder for holder, value in pairs if value is not None]
    return named[0] if len(named) == 1 else None


def _check_party(person_id: UUID, kind: MemberKind, holder_id: UUID) -> None:
    match SEATS[kind].holder:
        case Holder.ACCOUNT:
            check_role(kind=kind, role=access.get_account(account_id=holder_id).role)
        case Holder.ORGANISATION:
            organisation = organisations.get_organisation(organisation_id=holder_id)
            check_organisation(kind=kind, organisation=organisation.kind)
        case Holder.CONTACT:
            if queries.find_contact(person_id=person_id, contact_id=holder_id) is None:
                raise NotFound("This person has no such contact.")


def _check_new(person_id: UUID, kind: MemberKind, holder_id: UUID, now: datetime) -> None:
    if has_seat(person_id=person_id, kind=kind, holder_id=holder_id, at=now):
        raise AlreadyMember("They belong to this partnership already.")
