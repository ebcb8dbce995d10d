"""What the person says themselves, and whom they let read it."""

from datetime import datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access import service as access_service
from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Kind
from careplan.db import db
from careplan.kernel.ids import new_id
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people import queries
from careplan.people.domain.about_me import AboutSections, check_latest
from careplan.people.domain.partnership import wrong_seat
from careplan.people.domain.sharing import SharingChoice, SharingDecision, SharingObjectedTo
from careplan.people.models import AboutMeRow, SharingChoiceRow
from careplan.people.service.locking import locked_person


def write_about_me(
    *, person_id: UUID, sections: AboutSections, based_on: UUID | None, actor: Actor, now: datetime
) -> UUID:
    """Writes about me anew; earlier versions stay. It touches no plan and voids no agreement.

    `based_on` is the version that the writer started from.  Raises AboutMoved with both texts; NotFound.
    """
    locked_person(person_id=person_id)
    check_latest(latest=queries.find_about(person_id=person_id), based_on=based_on, sections=sections)
    row = AboutMeRow(
        id=new_id(),
        person_id=person_id,
        sections=sections.as_dict(),
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def choose_sharing(
    *, person_id: UUID, decision: SharingDecision, actor: Actor, now: datetime, words: str | None = None
) -> UUID:
    """Keeps the person's choice and acts on it in the same transaction: an objection ends every trust's access at once,
    and sharing again gives it back to those from whom the objection took it. Choosing what stands changes nothing.

    Raises NotFound.
    """
    locked_person(person_id=person_id)
    latest = queries.find_sharing_choice(person_id=person_id)
    if latest is not None and latest.decision is decision:
        return latest.id
    row = SharingChoiceRow(
        id=new_id(),
        person_id=person_id,
        decision=decision.value,
        words=(words or "").strip() or None,
        closed_to=_close_to_trusts(person_id, now) if decision is SharingDecision.OBJECTS else [],
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    if decision is SharingDecision.SHARES:
        _open_again(person_id, latest, choice_id=row.id, now=now)
    return row.id


def open_sharing(*, person_id: UUID, organisation_id: UUID, actor: Actor, now: datetime) -> None:
    """Lets an NHS trust that looks after the person read the shared record; doing it twice changes nothing.

    Raises SharingObjectedTo, WrongSeat (no trust), NotFound.
    """
    locked_person(person_id=person_id)
    if organisations.get_organisation(organisation_id=organisation_id).kind is not OrganisationKind.NHS_TRUST:
        raise wrong_seat("The shared record opens to NHS trusts only.")
    if queries.get_sharing(person_id=person_id) is SharingDecision.OBJECTS:
        raise SharingObjectedTo("The person objects to sharing their record with the NHS.")
    _share_with(person_id, organisation_id, source_type="organisation", source_id=organisation_id, now=now)


def _close_to_trusts(person_id: UUID, now: datetime) -> list[UUID]:
    shared = [
        r.organisation_id
        for r in access.list_relationships(person_id=person_id)
        if r.kind is Kind.SHARING and r.organisation_id is not None and (r.until is None or r.until > now)
    ]
    access_service.end_relationships(person_id=person_id, kind=Kind.SHARING, now=now)
    return sorted(set(shared))


def _open_again(person_id: UUID, objection: SharingChoice | None, *, choice_id: UUID, now: datetime) -> None:
    for organisation_id in objection.closed_to if objection else ():
        _share_with(person_id, organisation_id, source_type="sharing_choice", source_id=choice_id, now=now)


def _share_with(person_id: UUID, organisation_id: UUID, *, source_type: str, source_id: UUID, now: datetime) -> None:
    if access.is_related(person_id=person_id, kind=Kind.SHARING, at=now, organisation_id=organisation_id):
        return
    access_service.relate(
        person_id=person_id,
        kind=Kind.SHARING,
        since=now,
        source_type=source_type,
        source_id=source_id,
        organisation_id=organisation_id,
    )
