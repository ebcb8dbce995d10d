"""People and everyone around them as frozen values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, false, func, or_, select, tuple_

from careplan.db import db
from careplan.db.together import together
from careplan.kernel.errors import NotFound
from careplan.people import rows
from careplan.people.domain.about_me import AboutMe
from careplan.people.domain.address import Address, WayIn
from careplan.people.domain.adjustment import Adjustment
from careplan.people.domain.advance_decision import AdvanceDecision
from careplan.people.domain.allergy import AllergyRecord, allergies_of
from careplan.people.domain.authority import Authority
from careplan.people.domain.contact import Contact
from careplan.people.domain.door import Door
from careplan.people.domain.known import Answer
from careplan.people.domain.medicine import Medicine
from careplan.people.domain.moving import Moving
from careplan.people.domain.name import fold
from careplan.people.domain.partnership import Member
from careplan.people.domain.person import Person
from careplan.people.domain.sharing import SharingChoice, SharingDecision, decision_of
from careplan.people.models import (
    AboutMeRow,
    AdjustmentRow,
    AdvanceDecisionRow,
    AllergyRow,
    AnswerRow,
    AuthorityRow,
    ContactRow,
    MedicineRow,
    MovingRow,
    PartnershipMemberRow,
    PersonAccessRow,
    PersonAddressRow,
    PersonCorrectionRow,
    PersonRow,
    SharingChoiceRow,
)

PAGE = 50


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction replaced: field → (as it was, as it is since), both as text."""

    id: UUID
    changes: dict[str, tuple[str | None, str | None]]
    reason: str
    recorded_at: datetime
    recorded_by: UUID


def get_person(*, person_id: UUID) -> Person:
    """Raises NotFound."""
    found = find_person(person_id=person_id)
    if found is None:
        raise NotFound("There is no such person.")
    return found


def find_person(*, person_id: UUID) -> Person | None:
    """A person by id."""
    row = db.session.get(PersonRow, person_id)
    return rows.person(row) if row else None


def find_person_by_nhs_number(*, nhs_number: str) -> Person | None:
    """A person by the ten digits of their NHS number."""
    row = db.session.scalar(select(PersonRow).where(PersonRow.nhs_number == nhs_number))
    return rows.person(row) if row else None


def list_people_by_id(*, person_ids: Iterable[UUID]) -> dict[UUID, Person]:
    """People by id; an unknown id is left out."""
    found = db.session.scalars(select(PersonRow).where(PersonRow.id.in_(list(person_ids))))
    return {row.id: rows.person(row) for row in found}


def list_people(
    *,
    visible: Select[UUID],
    words: str | None = None,
    after: tuple[str, UUID] | None = None,
    limit: int = PAGE,
    among: Select[UUID] | None = None,
    without: Select[UUID] | None = None,
) -> list[Person]:
    """Those among `visible` by family name; each of `words` begins one of their names, or is their NHS number.

    Where given, only those who are also in `among`, and nobody who is in `without`. `after` is the `page_key` of the
    last person of the page before.
    """
    query = select(PersonRow).where(PersonRow.id.in_(visible)).order_by(PersonRow.name_folded, PersonRow.id)
    for word in fold(words or "").split():
        begins = or_(PersonRow.name_folded.startswith(word), PersonRow.name_folded.contains(f" {word}"))
        query = query.where(or_(begins, PersonRow.nhs_number == word))
    if among is not None:
        query = query.where(PersonRow.id.in_(among))
    if without is not None:
        query = query.where(PersonRow.id.not_in(without))
    if after is not None:
        query = query.where(tuple_(PersonRow.name_folded, PersonRow.id) > after)
    return [rows.person(row) for row in db.session.scalars(query.limit(limit))]


def select_living_in(*, postcodes: Sequence[str], on: date) -> Select[UUID]:
    """Ids of the people who live on a day where the postcode begins with one of these.

    NB4 is the first half of a postcode, whole: NB42 does not begin with it. NB4 2 is a part of it.
    """
    a = PersonAddressRow
    starts = (start if " " in start else f"{start} " for start in postcodes)
    begins = or_(false(), *(a.postcode.startswith(start, autoescape=True) for start in starts))
    return select(a.person_id).where(
        begins, or_(a.starts_on.is_(None), a.starts_on <= on), or_(a.ends_on.is_(None), a.ends_on >= on)
    )


def list_deaths(*, by: date) -> dict[UUID, date]:
    """The people who had died by a day, with the day on which each did."""
    found = select(PersonRow.id, PersonRow.died_on).where(PersonRow.died_on <= by)
    return {person_id: died_on for person_id, died_on in db.session.execute(found) if died_on is not None}


def page_key(*, person: Person) -> tuple[str, UUID]:
    """Where a page that ends with this person goes on."""
    return rows.folded(person), person.id


def list_corrections(*, person_id: UUID) -> list[Correction]:
    """What was corrected on the person's own row, latest first."""
    found = db.session.scalars(
        select(PersonCorrectionRow)
        .where(PersonCorrectionRow.person_id == person_id)
        .order_by(PersonCorrectionRow.recorded_at.desc(), PersonCorrectionRow.id.desc())
    )
    return [
        Correction(r.id, {k: (v[0], v[1]) for k, v in r.changes.items()}, r.reason, r.recorded_at, r.recorded_by)
        for r in found
    ]


def list_addresses(*, person_id: UUID) -> list[Address]:
    """Where a person lives and lived, the latest first."""
    found = db.session.scalars(
        select(PersonAddressRow)
        .where(PersonAddressRow.person_id == person_id)
        .order_by(PersonAddressRow.starts_on.desc().nulls_last(), PersonAddressRow.id.desc())
    )
    return [rows.address(r) for r in found]


def find_address(*, person_id: UUID, on: date) -> Address | None:
    """Where a person lives on a day; of several the one that began last."""
    return next((a for a in list_addresses(person_id=person_id) if a.holds_on(on)), None)


def has_way_in(*, person_id: UUID) -> bool:
    """Whether anything is known of how to get in, without reading it."""
    return (
        db.session.scalar(select(PersonAccessRow.id).where(PersonAccessRow.person_id == person_id).limit(1)) is not None
    )


def find_way_in(*, person_id: UUID) -> WayIn | None:
    """How to get in, with the key safe's code: only for a route of its own, so that the look is written down."""
    row = db.session.scalar(
        select(PersonAccessRow)
        .where(PersonAccessRow.person_id == person_id)
        .order_by(PersonAccessRow.recorded_at.desc(), PersonAccessRow.id.desc())
        .limit(1)
    )
    return rows.way_in(row) if row else None


def list_contacts(*, person_id: UUID) -> list[Contact]:
    """Everyone named, those entered in error too (`retraction` says so), in the order in which they were recorded."""
    found = db.session.scalars(select(ContactRow).where(ContactRow.person_id == person_id).order_by(ContactRow.id))
    return [rows.contact(r) for r in found]


def find_contact(*, person_id: UUID, contact_id: UUID) -> Contact | None:
    """One of this person's contacts."""
    row = db.session.get(ContactRow, contact_id)
    return rows.contact(row) if row and row.person_id == person_id else None


def list_contacts_of_account(*, account_id: UUID) -> list[Contact]:
    """As whom an account's holder stands in people's lives, as far as those people may be seen."""
    found = db.session.scalars(
        select(ContactRow)
        .where(ContactRow.account_id == account_id, ContactRow.retracted_at.is_(None))
        .order_by(ContactRow.id)
    )
    return [rows.contact(r) for r in found]


def list_authorities(*, person_id: UUID, at: datetime | None = None) -> list[Authority]:
    """Authorities to act for a person: all that were ever recorded, or those in force at an instant."""
    found = db.session.scalars(
        select(AuthorityRow).where(AuthorityRow.person_id == person_id).order_by(AuthorityRow.id)
    )
    authorities = [rows.authority(r) for r in found]
    return authorities if at is None else [a for a in authorities if a.in_force(at)]


def find_authority(*, person_id: UUID, authority_id: UUID) -> Authority | None:
    """One of the authorities to act for this person."""
    row = db.session.get(AuthorityRow, authority_id)
    return rows.authority(row) if row and row.person_id == person_id else None


def get_allergies(*, person_id: UUID) -> AllergyRecord:
    """What is known of a person's allergies: not asked, none known, or those present."""
    found = db.session.scalars(select(AllergyRow).where(AllergyRow.person_id == person_id))
    return allergies_of([rows.allergy(r) for r in found])


def list_adjustments(*, person_id: UUID, on: date | None = None) -> list[Adjustment]:
    """Reasonable adjustments: all that were ever recorded, or those that hold on a day."""
    found = db.session.scalars(
        select(AdjustmentRow).where(AdjustmentRow.person_id == person_id).order_by(AdjustmentRow.id)
    )
    adjustments = [rows.adjustment(r) for r in found]
    return adjustments if on is None else [a for a in adjustments if a.holds_on(on)]


def list_medicines(*, person_id: UUID) -> list[Medicine]:
    """Every medicine that was ever recorded, those replaced, stopped or entered in error too."""
    found = db.session.scalars(select(MedicineRow).where(MedicineRow.person_id == person_id).order_by(MedicineRow.id))
    return [rows.medicine(r) for r in found]


def list_medicines_on_time() -> list[Medicine]:
    """Everybody's medicines that must come on time, with those that correct them, as far as the actor may see."""
    people = select(MedicineRow.person_id).where(MedicineRow.on_time, MedicineRow.retracted_at.is_(None))
    found = db.session.scalars(select(MedicineRow).where(MedicineRow.person_id.in_(people)).order_by(MedicineRow.id))
    return [rows.medicine(r) for r in found]


def list_advance_decisions(*, person_id: UUID) -> list[AdvanceDecision]:
    """Every paper about treatment that was ever recorded, those replaced, ended or entered in error too."""
    found = db.session.scalars(
        select(AdvanceDecisionRow).where(AdvanceDecisionRow.person_id == person_id).order_by(AdvanceDecisionRow.id)
    )
    return [rows.advance_decision(r) for r in found]


def list_movings(*, person_id: UUID) -> list[Moving]:
    """Every description of how a person moves, the latest first."""
    found = db.session.scalars(
        select(MovingRow)
        .where(MovingRow.person_id == person_id)
        .order_by(MovingRow.recorded_at.desc(), MovingRow.id.desc())
    )
    return [rows.moving(r) for r in found]


def list_answers(*, person_id: UUID) -> list[Answer]:
    """Every answer that there is none of something, or that nobody has asked."""
    found = db.session.scalars(select(AnswerRow).where(AnswerRow.person_id == person_id).order_by(AnswerRow.id))
    return [rows.answer(r) for r in found]


def get_door(*, person_id: UUID, on: date) -> Door:
    """What a worker needs to know at the door on a day.  Raises NotFound."""
    person, way_in, allergies, *lists = together(
        lambda: get_person(person_id=person_id),
        lambda: has_way_in(person_id=person_id),
        lambda: get_allergies(person_id=person_id),
        lambda: list_answers(person_id=person_id),
        lambda: list_contacts(person_id=person_id),
        lambda: list_adjustments(person_id=person_id),
        lambda: list_medicines(person_id=person_id),
        lambda: list_advance_decisions(person_id=person_id),
        lambda: list_movings(person_id=person_id),
    )
    answers, contacts, adjustments, medicines, decisions, movings = map(tuple, lists)
    return Door(
        on=on,
        person=person,
        has_way_in=way_in,
        allergies=allergies,
        answers=answers,
        contacts=contacts,
        adjustments=adjustments,
        recorded_medicines=medicines,
        recorded_decisions=decisions,
        recorded_movings=movings,
    )


def find_about(*, person_id: UUID, at: datetime | None = None) -> AboutMe | None:
    """The latest version of about me, or the latest as it stood at an instant."""
    query = select(AboutMeRow).where(AboutMeRow.person_id == person_id)
    if at is not None:
        query = query.where(AboutMeRow.recorded_at <= at)
    row = db.session.scalar(query.order_by(AboutMeRow.recorded_at.desc(), AboutMeRow.id.desc()).limit(1))
    return rows.about_me(row) if row else None


def list_partnership(*, person_id: UUID, at: datetime | None = None) -> list[Member]:
    """Members by when they joined: all that ever belonged, or those who do at an instant."""
    found = db.session.scalars(
        select(PartnershipMemberRow)
        .where(PartnershipMemberRow.person_id == person_id)
        .order_by(PartnershipMemberRow.since, PartnershipMemberRow.id)
    )
    members = [rows.member(r) for r in found]
    return members if at is None else [m for m in members if m.belongs_at(at)]


def find_sharing_choice(*, person_id: UUID) -> SharingChoice | None:
    """The latest choice about sharing; None where the person was never asked."""
    row = db.session.scalar(
        select(SharingChoiceRow)
        .where(SharingChoiceRow.person_id == person_id)
        .order_by(SharingChoiceRow.recorded_at.desc(), SharingChoiceRow.id.desc())
        .limit(1)
    )
    return rows.sharing_choice(row) if row else None


def day_of_death(*, person_id: ColumnElement[UUID]) -> ScalarSelect[date | None]:
    """For a statement of a slice above: the day on which a person died."""
    return select(PersonRow.died_on).where(PersonRow.id == person_id).scalar_subquery()


def last_choice(*, person_id: ColumnElement[UUID]) -> ScalarSelect[Any]:
    """For a statement of a slice above: id and decision of the person's latest choice about sharing."""
    return (
        select(func.jsonb_build_object("id", SharingChoiceRow.id, "decision", SharingChoiceRow.decision))
        .where(SharingChoiceRow.person_id == person_id)
        .order_by(SharingChoiceRow.recorded_at.desc(), SharingChoiceRow.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def get_sharing(*, person_id: UUID) -> SharingDecision:
    """Whether the person shares or objects."""
    return decision_of(find_sharing_choice(person_id=person_id))
