"""Entering a person, mending what was entered, and the person's own account."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from careplan.access import queries as access
from careplan.access import service as access_service
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Kind
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, Invalid, Problem, Stale
from careplan.kernel.ids import new_id
from careplan.people import queries, rows
from careplan.people.domain.details import PersonDetails, changes_between, checked_details, details_of
from careplan.people.domain.name import folded_name
from careplan.people.domain.nhs_number import status_of
from careplan.people.domain.partnership import MemberKind
from careplan.people.domain.retraction import checked_reason
from careplan.people.models import PersonCorrectionRow, PersonRow
from careplan.people.service.locking import locked_person
from careplan.people.service.partnership import take_seat


class NhsNumberTaken(Conflict):
    """Somebody with this NHS number has a record here already."""

    code = "nhs_number_taken"
    status = 409


class DetailsMoved(Stale):
    """Somebody corrected the details meanwhile."""

    code = "details_moved"


class NothingChanged(Invalid):
    """A correction that changes nothing."""

    code = "nothing_changed"


class NotACitizen(Invalid):
    """The account is not that of somebody who draws on support, or belongs to another person."""

    code = "not_a_citizen"


def register_person(*, details: PersonDetails, actor: Actor, now: datetime, person_id: UUID | None = None) -> UUID:
    """Enters a person; a social worker has them on their caseload, and their team knows them, from then on.

    Raises what `checked_details` raises; NhsNumberTaken.
    """
    checked = checked_details(details, today=local_date(now))
    person_id = person_id or new_id()
    row = PersonRow(id=person_id, recorded_at=now, recorded_by=actor.account_id)
    _write(row, checked)
    member_id = new_id()
    try:
        with db.session.begin_nested():
            # First of all what opens the record: the database shows the person's row only to those related.
            _open_to(actor, person_id=person_id, member_id=member_id, now=now)
            db.session.add(row)
            db.session.flush()
    except IntegrityError as refused:
        raise _taken(refused) from refused
    if actor.role is Role.SOCIAL_WORKER:
        take_seat(
            person_id=person_id,
            kind=MemberKind.SOCIAL_WORKER,
            since=now,
            actor=actor,
            now=now,
            account_id=actor.account_id,
            member_id=member_id,
        )
    return person_id


def correct_person(
    *, person_id: UUID, details: PersonDetails, reason: str, based_on: UUID | None, actor: Actor, now: datetime
) -> UUID:
    """Replaces what stands on the person's row; what stood there before stays beside it with the reason.

    `based_on` is the latest correction that the writer saw, None if there was none.
    Raises what `checked_details` raises; NhsNumberTaken, DetailsMoved, NothingChanged, ReasonMissing, NotFound.
    """
    row = locked_person(person_id=person_id)
    checked = checked_details(details, today=local_date(now))
    because = checked_reason(reason)
    before = details_of(rows.person(row))
    changes = changes_between(before, checked)
    _check_seen(person_id, based_on)
    if not changes:
        raise NothingChanged("Nothing differs from what stands on the record.")
    correction = PersonCorrectionRow(
        id=new_id(),
        person_id=person_id,
        changes={field: list(pair) for field, pair in changes.items()},
        reason=because,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    try:
        with db.session.begin_nested():
            _write(row, checked)
            db.session.add(correction)
            db.session.flush()
    except IntegrityError as refused:
        raise _taken(refused) from refused
    return correction.id


def link_citizen_account(*, person_id: UUID, account_id: UUID, actor: Actor, now: datetime) -> None:
    """Lets the person's own account see their record; linking it again changes nothing.

    Raises NotACitizen, NotFound.
    """
    locked_person(person_id=person_id)
    account = access.get_account(account_id=account_id)
    if account.role is not Role.CITIZEN:
        raise _not_a_citizen("This account does not belong to somebody who draws on support.")
    linked = access.list_related_people(account_id=account_id, kind=Kind.SELF, at=now)
    if person_id in linked:
        return
    if linked:
        raise _not_a_citizen("This account belongs to another person.")
    access_service.relate(
        person_id=person_id,
        kind=Kind.SELF,
        since=now,
        source_type="person",
        source_id=person_id,
        account_id=account_id,
    )


def _open_to(actor: Actor, *, person_id: UUID, member_id: UUID, now: datetime) -> None:
    if actor.role is not Role.SOCIAL_WORKER:
        return
    access_service.relate(
        person_id=person_id,
        kind=Kind.CASELOAD,
        since=now,
        source_type="partnership_member",
        source_id=member_id,
        account_id=actor.account_id,
    )
    if actor.team_id is not None:
        access_service.relate(
            person_id=person_id,
            kind=Kind.TEAM,
            since=now,
            source_type="person",
            source_id=person_id,
            organisation_id=actor.team_id,
        )


def _write(row: PersonRow, details: PersonDetails) -> None:
    row.given_name, row.family_name = details.given_name, details.family_name
    row.preferred_name = details.preferred_name
    row.name_folded = folded_name(
        family=details.family_name, given=details.given_name, preferred=details.preferred_name
    )
    row.nhs_number = details.nhs_number
    row.nhs_number_status = status_of(number=details.nhs_number, traced=details.nhs_number_traced).value
    row.birth_date, row.gender, row.died_on = details.birth_date, details.gender.value, details.died_on
    row.phone, row.email = details.phone, details.email
    row.language, row.interpreter_needed = details.language, details.interpreter_needed
    row.lives_alone, row.gp_organisation_id = details.lives_alone, details.gp_organisation_id
    row.communication_note = details.communication_note
    row.letter_format = details.letter_format.value if details.letter_format else None


def _check_seen(person_id: UUID, based_on: UUID | None) -> None:
    corrections = queries.list_corrections(person_id=person_id)
    latest = corrections[0].id if corrections else None
    if latest != based_on:
        raise DetailsMoved(
            "Somebody corrected these details while you were writing. Look at what stands now, then save again.",
            latest=str(latest),
        )


def _taken(refused: IntegrityError) -> Exception:
    if "uq_person_nhs_number" not in str(refused.orig) and "person_nhs_number_key" not in str(refused.orig):
        return refused
    message = "Somebody with this NHS number already has a record here. Check the number, or ask your manager."
    return NhsNumberTaken(message, problems=(Problem("nhs_number", message),))


def _not_a_citizen(message: str) -> NotACitizen:
    return NotACitizen(message, problems=(Problem("account_id", message),))
