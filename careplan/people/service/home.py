"""Where a person lives and how to get in."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.collect import Problems
from careplan.kernel.errors import Invalid, Problem
from careplan.kernel.ids import new_id
from careplan.people.domain.address import checked_postcode
from careplan.people.domain.span import check_span
from careplan.people.models import PersonAccessRow, PersonAddressRow
from careplan.people.service.locking import locked_person


class AddressIncomplete(Invalid):
    """Nobody finds the door by this address."""

    code = "address_incomplete"


class WayInMissing(Invalid):
    """Neither words nor a code were given."""

    code = "way_in_missing"


def add_address(
    *,
    person_id: UUID,
    line1: str,
    town: str,
    actor: Actor,
    now: datetime,
    line2: str | None = None,
    postcode: str | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> UUID:
    """Adds an address; the one before it, if still open, ends the day before this one begins.

    Raises AddressIncomplete, WrongPostcode, EndBeforeStart, NotFound.
    """
    locked_person(person_id=person_id)
    problems = Problems()
    problems.of(lambda: _check_complete(line1, "line1", "Enter the house and street."))
    problems.of(lambda: _check_complete(town, "town", "Enter the town or village."))
    code = problems.of(lambda: checked_postcode(postcode))
    problems.of(lambda: check_span(starts_on=starts_on, ends_on=ends_on))
    problems.settle()
    if starts_on is not None:
        _close_open_addresses(person_id, starts_on)
    row = PersonAddressRow(
        id=new_id(),
        person_id=person_id,
        line1=line1.strip(),
        line2=(line2 or "").strip() or None,
        town=town.strip(),
        postcode=code,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def record_way_in(
    *, person_id: UUID, words: str, actor: Actor, now: datetime, key_safe_code: str | None = None
) -> UUID:
    """Writes how to get in; it replaces what was written before, which stays.  Raises WayInMissing, NotFound."""
    locked_person(person_id=person_id)
    if not words.strip():
        message = "Say how a worker gets in, such as where the key safe is."
        raise WayInMissing(message, problems=(Problem("words", message),))
    row = PersonAccessRow(
        id=new_id(),
        person_id=person_id,
        words=words.strip(),
        key_safe_code=(key_safe_code or "").strip() or None,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def _close_open_addresses(person_id: UUID, next_starts_on: date) -> None:
    still_open = select(PersonAddressRow).where(
        PersonAddressRow.person_id == person_id,
        PersonAddressRow.ends_on.is_(None),
        (PersonAddressRow.starts_on.is_(None)) | (PersonAddressRow.starts_on < next_starts_on),
    )
    for row in db.session.scalars(still_open):
        row.ends_on = next_starts_on - timedelta(days=1)


def _check_complete(text: str, field: str, asked: str) -> None:
    if not text.strip():
        raise AddressIncomplete(asked, problems=(Problem(field, asked),))
