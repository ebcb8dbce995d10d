"""Tables of people and of everyone around them. Every row of every table concerns one person."""

from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Time, Uuid, false, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant

ENDS_AFTER_START = "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on"
RETRACTED_WHOLE = "num_nonnulls(retracted_at, retracted_by, retracted_because) IN (0, 3)"


class OfPerson:
    """A row that concerns one person and says who wrote it, and when.

    `recorded_by` is no foreign key: an import is recorded by the product itself, which has no account.
    """

    @declared_attr
    def person_id(cls) -> Mapped[UUID]:  # noqa: N805  a declared attribute is handed the class
        return mapped_column(ForeignKey("person.id"), index=True)

    recorded_at: Mapped[Instant]
    recorded_by: Mapped[UUID]


class Retractable:
    """A row that can be marked as entered in error; it stays."""

    retracted_at: Mapped[Instant | None]
    retracted_by: Mapped[UUID | None]
    retracted_because: Mapped[str | None]


class PersonRow(Base):
    """A person who draws on support; `name_folded` is what searches and sorts."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("(nhs_number IS NULL) = (nhs_number_status = 'missing')", name="a_number_has_its_status"),
        CheckConstraint("nhs_number ~ '^[0-9]{10}$'", name="a_number_has_ten_digits"),
        CheckConstraint("died_on >= birth_date", name="dies_after_birth"),
        Index(None, "name_folded", "id"),
    )

    id: Mapped[Id]
    nhs_number: Mapped[str | None] = mapped_column(unique=True)
    nhs_number_status: Mapped[str]
    given_name: Mapped[str]
    family_name: Mapped[str]
    preferred_name: Mapped[str | None]
    # Folded text sorts by its bytes, so that the order and the index are the same on every server.
    name_folded: Mapped[str] = mapped_column(String(collation="C"))
    birth_date: Mapped[date | None]
    gender: Mapped[str]
    died_on: Mapped[date | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    language: Mapped[str | None]
    interpreter_needed: Mapped[bool | None]
    lives_alone: Mapped[bool | None]
    gp_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    communication_note: Mapped[str | None]
    letter_format: Mapped[str | None]
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[UUID]


class PersonCorrectionRow(OfPerson, Base):
    """What a correction replaced: each field as it was and as it is since, and why."""

    __tablename__ = "person_correction"

    id: Mapped[Id]
    changes: Mapped[dict[str, Any]] = mapped_column(JSONB)
    reason: Mapped[str]


class PersonAddressRow(OfPerson, Base):
    """Where a person lives or lived."""

    __tablename__ = "person_address"
    __table_args__ = (CheckConstraint(ENDS_AFTER_START, name="ends_after_it_starts"),)

    id: Mapped[Id]
    line1: Mapped[str]
    line2: Mapped[str | None]
    town: Mapped[str]
    postcode: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]


class PersonAccessRow(OfPerson, Base):
    """How to get in: rows of their own, so that nothing else ever reads them along. The latest counts."""

    __tablename__ = "person_access"

    id: Mapped[Id]
    words: Mapped[str]
    key_safe_code: Mapped[str | None]


class ContactRow(OfPerson, Retractable, Base):
    """Family, a friend, a neighbour; the carer's columns are set for those who care without pay."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint(ENDS_AFTER_START, name="ends_after_it_starts"),
        CheckConstraint(RETRACTED_WHOLE, name="is_retracted_whole"),
        CheckConstraint("carer_ends_on >= carer_starts_on", name="care_ends_after_it_starts"),
        CheckConstraint(
            "carer_starts_on IS NOT NULL OR num_nonnulls(carer_ends_on, carer_agreed_at, carer_agreed_words) = 0",
            name="only_a_carer_has_a_spell",
        ),
    )

    id: Mapped[Id]
    name: Mapped[str]
    relation: Mapped[str]
    phone: Mapped[str | None]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    is_next_of_kin: Mapped[bool] = mapped_column(server_default=false())
    is_emergency: Mapped[bool] = mapped_column(server_default=false())
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    carer_starts_on: Mapped[date | None]
    carer_ends_on: Mapped[date | None]
    carer_agreed_at: Mapped[Instant | None]
    carer_agreed_words: Mapped[str | None]


class AuthorityRow(OfPerson, Retractable, Base):
    """Somebody's authority to act for the person."""

    __tablename__ = "representative_authority"
    __table_args__ = (
        CheckConstraint(ENDS_AFTER_START, name="ends_after_it_starts"),
        CheckConstraint(RETRACTED_WHOLE, name="is_retracted_whole"),
        CheckConstraint(
            "(registration_seen_on IS NULL) = (registration_seen_by IS NULL)", name="somebody_saw_the_registration"
        ),
    )

    id: Mapped[Id]
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str]
    scope: Mapped[str | None]
    leaves_out_care: Mapped[bool] = mapped_column(server_default=false())
    registration_seen_on: Mapped[date | None]
    registration_seen_by: Mapped[UUID | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    ended_at: Mapped[Instant | None]
    end_reason: Mapped[str | None]


class AllergyRow(OfPerson, Retractable, Base):
    """One statement about allergies."""

    __tablename__ = "allergy"
    __table_args__ = (
        CheckConstraint("(status = 'present') = (substance IS NOT NULL)", name="an_allergy_names_its_substance"),
        CheckConstraint(RETRACTED_WHOLE, name="is_retracted_whole"),
    )

    id: Mapped[Id]
    status: Mapped[str]
    substance: Mapped[str | None]
    code: Mapped[str | None]
    reaction: Mapped[str | None]


class AdjustmentRow(OfPerson, Retractable, Base):
    """A reasonable adjustment; ending it takes a reason."""

    __tablename__ = "reasonable_adjustment"
    __table_args__ = (
        CheckConstraint(ENDS_AFTER_START, name="ends_after_it_starts"),
        CheckConstraint(RETRACTED_WHOLE, name="is_retracted_whole"),
        CheckConstraint("(ends_on IS NULL) = (end_reason IS NULL)", name="an_end_has_its_reason"),
    )

    id: Mapped[Id]
    words: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    end_reason: Mapped[str | None]


class AnswerRow(OfPerson, Base):
    """That there is none of something, or that nobody has asked; the latest counts."""

    __tablename__ = "person_answer"
    __table_args__ = (CheckConstraint("known IN ('none', 'not_asked')", name="known_is_said_by_recording_it"),)

    id: Mapped[Id]
    topic: Mapped[str]
    known: Mapped[str]


class MedicineRow(OfPerson, Retractable, Base):
    """A medicine as copied from a paper; `corrects` names the row that it replaces."""

    __tablename__ = "medicine"
    __table_args__ = (
        CheckConstraint("stops_on IS NULL OR starts_on IS NULL OR stops_on >= starts_on", name="ends_after_it_starts"),
        CheckConstraint(RETRACTED_WHOLE, name="is_retracted_whole"),
        CheckConstraint("num_nonnulls(least_gap, most_doses) IN (0, 2)", name="as_needed_whole"),
        CheckConstraint("least_gap > 0 AND most_doses > 0", name="as_needed_has_limits"),
        CheckConstraint("times IS NOT NULL OR least_gap IS NOT NULL", name="says_when_it_is_taken"),
        CheckConstraint("num_nonnulls(checked_at, checked_by) IN (0, 2)", name="is_checked_whole"),
        CheckConstraint("checked_by <> recorded_by", name="is_checked_by_another"),
        CheckConstraint("NOT on_time OR cardinality(clock) > 0", name="on_time_has_times"),
        Index("uq_medicine_corrects", "corrects", unique=True, postgresql_where=text("retracted_at IS NULL")),
    )

    id: Mapped[Id]
    name: Mapped[str]
    code: Mapped[str | None]
    form: Mapped[str]
    strength: Mapped[str]
    dose: Mapped[str]
    route: Mapped[str]
    times: Mapped[str | None]
    reason: Mapped[str | None]
    least_gap: Mapped[int | None]
    most_doses: Mapped[int | None]
    support: Mapped[str]
    source: Mapped[str]
    starts_on: Mapped[date | None]
    stops_on: Mapped[date | None]
    stop_reason: Mapped[str | None]
    checked_at: Mapped[Instant | None]
    checked_by: Mapped[UUID | None]
    corrects: Mapped[UUID | None] = mapped_column(ForeignKey("medicine.id"))
    clock: Mapped[list[time]] = mapped_column(ARRAY(Time), server_default="{}")
    on_time: Mapped[bool] = mapped_column(server_default=false())
    technique: Mapped[bool] = mapped_column(server_default=false())


class AdvanceDecisionRow(OfPerson, Retractable, Base):
    """What was decided beforehand about treatment, and where the paper is; `corrects` names what it replaces."""

    __tablename__ = "advance_decision"
    __table_args__ = (
        CheckConstraint("kind IN ('dnacpr', 'respect', 'refusal', 'statement')", name="known_kind"),
        CheckConstraint(RETRACTED_WHOLE, name="is_retracted_whole"),
        CheckConstraint("num_nonnulls(seen_on, seen_by) IN (0, 2)", name="somebody_saw_it"),
        CheckConstraint("seen_on IS NULL OR dated_on IS NOT NULL", name="what_was_seen_has_its_date"),
        CheckConstraint("(ends_on IS NULL) = (end_reason IS NULL)", name="an_end_has_its_reason"),
        Index("uq_advance_decision_corrects", "corrects", unique=True, postgresql_where=text("retracted_at IS NULL")),
    )

    id: Mapped[Id]
    kind: Mapped[str]
    kept_where: Mapped[str]
    dated_on: Mapped[date | None]
    words: Mapped[str | None]
    seen_on: Mapped[date | None]
    seen_by: Mapped[UUID | None]
    ends_on: Mapped[date | None]
    end_reason: Mapped[str | None]
    corrects: Mapped[UUID | None] = mapped_column(ForeignKey("advance_decision.id"))


class MovingRow(OfPerson, Retractable, Base):
    """How a person moves and is helped to; the latest that was not entered in error counts."""

    __tablename__ = "moving_and_handling"
    __table_args__ = (
        CheckConstraint(RETRACTED_WHOLE, name="is_retracted_whole"),
        CheckConstraint("people_needed BETWEEN 1 AND 4", name="so_many_people_fit_round_a_bed"),
    )

    id: Mapped[Id]
    how: Mapped[str]
    equipment: Mapped[str | None]
    people_needed: Mapped[int]


class AboutMeRow(OfPerson, Base):
    """One version of about me; the latest counts."""

    __tablename__ = "about_me"

    id: Mapped[Id]
    sections: Mapped[dict[str, str]] = mapped_column(JSONB)


class PartnershipMemberRow(OfPerson, Base):
    """One member of the partnership around a person; `until` is excluded."""

    __tablename__ = "partnership_member"
    __table_args__ = (
        CheckConstraint("num_nonnulls(account_id, organisation_id, contact_id) = 1", name="one_party"),
        CheckConstraint("until IS NULL OR until >= since", name="ends_after_it_begins"),
    )

    id: Mapped[Id]
    kind: Mapped[str]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    since: Mapped[Instant]
    until: Mapped[Instant | None]
    end_reason: Mapped[str | None]


class SharingChoiceRow(OfPerson, Base):
    """One choice about sharing; the latest counts. `closed_to` are the organisations that an objection shut out."""

    __tablename__ = "sharing_choice"

    id: Mapped[Id]
    decision: Mapped[str]
    words: Mapped[str | None]
    closed_to: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
