"""Opening a carer's record, and keeping what the carer says: of themselves, of caring, and of who may know."""

from dataclasses import asdict, replace
from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.assessments.domain.storing import as_json
from careplan.carers import queries
from careplan.carers.domain.carer import Carer, Caring, Details, check_caring, check_details
from careplan.carers.domain.consent import Matter, check_said
from careplan.carers.models import CarerConsentRow, CarerRow, CarerSayingRow
from careplan.carers.service.locking import locked_carer, open_carer
from careplan.carers.service.telling import tell_council, tell_readers
from careplan.db import db
from careplan.kernel.canonical import content_hash
from careplan.kernel.clock import local_date
from careplan.kernel.collect import Problems
from careplan.kernel.email import checked_email
from careplan.kernel.errors import Conflict, NotFound, Stale, invalid
from careplan.kernel.ids import new_id
from careplan.kernel.phone import checked_phone
from careplan.people import queries as people
from careplan.people.domain.nhs_number import checked_nhs_number

IN_THE_PRODUCT = "In this service, signed in."


class RecordExists(Conflict):
    """This contact has a record as a carer already."""

    code = "carer_exists"


def open_record(
    *,
    person_id: UUID,
    details: Details,
    said_on: date,
    how: str,
    actor: Actor,
    now: datetime,
    contact_id: UUID | None = None,
) -> Carer:
    """Begins a carer's record with their yes to it. A contact's account becomes that of the carer.

    Raises RecordExists, DetailsIncomplete, ConsentIncomplete, WrongPhone, WrongEmail, NotFound.
    """
    tidy = _checked(details)
    check_said(said_on=said_on, how=how, today=local_date(now))
    contact = people.find_contact(person_id=person_id, contact_id=contact_id) if contact_id else None
    if contact_id and contact is None:
        raise NotFound("This person has no such contact.")
    if contact and any(c.contact_id == contact.id for c in queries.list_carers(person_id=person_id)):
        raise RecordExists(f"{contact.name} has a record already.")
    row = CarerRow(
        id=new_id(),
        person_id=person_id,
        contact_id=contact_id,
        account_id=contact.account_id if contact else None,
        own_person_id=None,
        name=tidy.name,
        opened_at=now,
        opened_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    _say(row, "details", asdict(tidy), actor, now)
    _answer(row, Matter.HOLD, True, said_on, how, actor, now)
    if row.account_id == actor.account_id:
        tell_council(row, f"{row.name} has begun a record of their own as a carer.", actor=actor, now=now)
    return queries.get_carer(person_id=person_id, carer_id=row.id)


def begin_own_record(*, person_id: UUID, contact_id: UUID, actor: Actor, now: datetime) -> Carer:
    """The carer begins their own, with what the person's record says of how to reach them.

    Raises RecordExists, NotFound where the contact is somebody else.
    """
    contact = people.find_contact(person_id=person_id, contact_id=contact_id)
    if contact is None or contact.account_id != actor.account_id:
        raise NotFound("This person has no such contact.")
    details = Details(name=contact.name, relation=contact.relation.words, phone=contact.phone or "")
    return open_record(
        person_id=person_id,
        details=details,
        said_on=local_date(now),
        how=IN_THE_PRODUCT,
        contact_id=contact_id,
        actor=actor,
        now=now,
    )


def save_details(*, carer_id: UUID, details: Details, actor: Actor, now: datetime) -> None:
    """Keeps how to reach the carer as it is from now on.

    Raises Closed, NotFound, DetailsIncomplete, WrongPhone, WrongEmail.
    """
    row = open_carer(carer_id=carer_id)
    tidy = _checked(details)
    row.name = tidy.name
    _say(row, "details", asdict(tidy), actor, now)


def save_caring(*, carer_id: UUID, caring: Caring, tag: str, actor: Actor, now: datetime) -> None:
    """Keeps what the carer says of caring; `tag` is the mark of the text that the writer read.

    Raises Closed, NotFound, CaringContradicts, Stale with both texts where somebody saved since.
    """
    row = open_carer(carer_id=carer_id)
    check_caring(caring)
    stands = queries.get_carer(person_id=row.person_id, carer_id=carer_id).caring
    if caring == stands:
        return
    if tag_of(stands) != tag:
        raise Stale(
            "Somebody saved this since you opened it. Both texts are here, and nothing that you typed is lost.",
            tag=tag_of(stands),
            current=as_json(stands),
            yours=as_json(caring),
        )
    _say(row, "caring", as_json(caring), actor, now)
    if row.account_id == actor.account_id:
        tell_council(row, f"{row.name} has written about caring.", actor=actor, now=now)


def say_consent(
    *, carer_id: UUID, matter: Matter, given: bool, said_on: date, how: str, actor: Actor, now: datetime
) -> None:
    """Keeps the carer's yes, or that they took it back. What they said before stays to be seen.

    Raises NotFound, ConsentIncomplete, Closed where they answer about sharing a record that is not held.
    """
    row = locked_carer(carer_id=carer_id) if matter is Matter.HOLD else open_carer(carer_id=carer_id)
    check_said(said_on=said_on, how=how, today=local_date(now))
    _answer(row, matter, given, said_on, how, actor, now)
    if given and matter is not Matter.HOLD and queries.find_agreed_plan(carer_id=carer_id):
        tell_readers(row, [matter], actor=actor, now=now)
    if row.account_id == actor.account_id and matter is Matter.HOLD:
        did = "said yes again to" if given else "taken back their yes to"
        tell_council(row, f"{row.name} has {did} keeping their record as a carer.", actor=actor, now=now)


def choose_sharing(*, carer_id: UUID, chosen: frozenset[Matter], actor: Actor, now: datetime) -> None:
    """The carer says, signed in, to whom their plan shows; what has not changed is not written again.

    Raises NotFound, Closed.
    """
    standing = queries.get_standing(carer_id=carer_id)
    for matter in Matter:
        if matter is Matter.HOLD or (matter in chosen) == standing.shows_to(matter):
            continue
        say_consent(
            carer_id=carer_id,
            matter=matter,
            given=matter in chosen,
            said_on=local_date(now),
            how=IN_THE_PRODUCT,
            actor=actor,
            now=now,
        )


def link_own_record(*, carer_id: UUID, nhs_number: str, actor: Actor, now: datetime) -> None:
    """Says that the carer is a person with a record of their own, by their number; the two records stay apart.

    Raises NotFound, Closed, WrongNhsNumber; Invalid where nobody whom the actor knows has it, or the person cared for.
    """
    row = open_carer(carer_id=carer_id)
    found = people.find_person_by_nhs_number(nhs_number=checked_nhs_number(nhs_number) or "")
    if found is None:
        raise invalid("nhs_number", "Nobody whose record is open to you has this number.")
    if found.id == row.person_id:
        raise invalid("nhs_number", "This is the person cared for.")
    row.own_person_id = found.id
    db.session.flush()


def tag_of(caring: Caring) -> str:
    """What is said of caring, as a short mark."""
    return content_hash(as_json(caring))[:16]


def _checked(details: Details) -> Details:
    problems = Problems()
    tidy = Details(**{name: said.strip() for name, said in asdict(details).items()})
    problems.of(lambda: check_details(tidy))
    phone = problems.of(lambda: checked_phone(tidy.phone))
    email = problems.of(lambda: checked_email(tidy.email))
    problems.settle()
    return replace(tidy, phone=phone or "", email=email or "")


def _say(row: CarerRow, kind: str, content: dict[str, str], actor: Actor, now: datetime) -> None:
    db.session.add(
        CarerSayingRow(
            id=new_id(),
            carer_id=row.id,
            person_id=row.person_id,
            kind=kind,
            content=content,
            at=now,
            by=actor.account_id,
        )
    )
    db.session.flush()


def _answer(
    row: CarerRow, matter: Matter, given: bool, said_on: date, how: str, actor: Actor, now: datetime
) -> None:
    db.session.add(
        CarerConsentRow(
            id=new_id(),
            carer_id=row.id,
            person_id=row.person_id,
            matter=matter.value,
            given=given,
            said_on=said_on,
            how=how.strip(),
            at=now,
            by=actor.account_id,
        )
    )
    db.session.flush()
