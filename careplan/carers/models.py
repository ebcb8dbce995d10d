"""Tables of carers. Each has a policy of its own: the person and those around them see none of it by default."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class CarerRow(Base):
    """One carer of one person. Only the name and the links to other records ever change."""

    __tablename__ = "carer"
    __table_args__ = (
        CheckConstraint("name <> ''", name="has_a_name"),
        UniqueConstraint("contact_id"),
        Index("uq_carer_one_of_an_account", "person_id", "account_id", unique=True),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    own_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    opened_at: Mapped[Instant]
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class _OfCarer:
    """What every other table says: of which carer, of which person."""

    id: Mapped[Id]

    @declared_attr
    def carer_id(cls) -> Mapped[UUID]:  # noqa: N805  a declared attribute is handed the class
        return mapped_column(ForeignKey("carer.id"))

    @declared_attr
    def person_id(cls) -> Mapped[UUID]:  # noqa: N805  the same
        return mapped_column(ForeignKey("person.id"), index=True)


class CarerSayingRow(_OfCarer, Base):
    """Details, or what the carer says of caring, as they stood from an instant on; append-only, the latest counts."""

    __tablename__ = "carer_saying"
    __table_args__ = (
        CheckConstraint("kind IN ('details', 'caring')", name="known_kind"),
        Index(None, "carer_id", "at"),
    )

    kind: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    at: Mapped[Instant]
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class CarerConsentRow(_OfCarer, Base):
    """One answer about holding or sharing; append-only, the latest about each matter counts."""

    __tablename__ = "carer_consent"
    __table_args__ = (
        CheckConstraint("matter IN ('hold', 'self', 'authority', 'package')", name="known_matter"),
        CheckConstraint("how <> ''", name="says_how"),
        Index(None, "carer_id", "at"),
    )

    matter: Mapped[str]
    given: Mapped[bool]
    said_on: Mapped[date]
    how: Mapped[str]
    at: Mapped[Instant]
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class CarerAssessmentRow(_OfCarer, Base):
    """One assessment; a trigger keeps it as it was once it is finished."""

    __tablename__ = "carer_assessment"
    __table_args__ = (
        CheckConstraint("num_nulls(finished_at, finished_by) IN (0, 2)", name="finished_whole"),
        Index(
            "uq_carer_assessment_one_draft", "carer_id", unique=True, postgresql_where=text("finished_at IS NULL")
        ),
        Index(None, "carer_id", "finished_at"),
    )

    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    started_at: Mapped[Instant]
    started_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    saved_at: Mapped[Instant]
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    finished_at: Mapped[Instant | None]
    finished_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class CarerDeterminationRow(_OfCarer, Base):
    """What was decided about a carer's eligibility; append-only, the latest counts."""

    __tablename__ = "carer_determination"
    __table_args__ = (
        CheckConstraint("kind IN ('eligible', 'discretionary', 'not_eligible')", name="known_kind"),
        CheckConstraint("reasons <> ''", name="has_reasons"),
        Index(None, "carer_id", "at"),
    )

    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("carer_assessment.id"))
    kind: Mapped[str]
    reasons: Mapped[str]
    decided_on: Mapped[date]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Instant]


class CarerPlanRow(_OfCarer, Base):
    """One version of a carer's plan; a trigger keeps it as it was once anybody has agreed to it."""

    __tablename__ = "carer_plan"
    __table_args__ = (
        CheckConstraint("number > 0", name="counts_from_one"),
        UniqueConstraint("carer_id", "number"),
    )

    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    saved_at: Mapped[Instant]
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class CarerPlanAgreementRow(_OfCarer, Base):
    """One party's yes to one version; append-only."""

    __tablename__ = "carer_plan_agreement"
    __table_args__ = (
        CheckConstraint("party IN ('carer', 'council')", name="known_party"),
        CheckConstraint("(how = '') = (witness = '')", name="what_staff_write_down_has_a_witness"),
        CheckConstraint("how = '' OR party = 'carer'", name="only_the_carers_yes_is_written_down"),
        UniqueConstraint("plan_id", "party"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("carer_plan.id"))
    party: Mapped[str]
    content_hash: Mapped[str]
    signed_on: Mapped[date]
    how: Mapped[str]
    witness: Mapped[str]
    at: Mapped[Instant]
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class CarerGivenRow(_OfCarer, Base):
    """That one paper was given once, to the carer or to whom they chose; append-only."""

    __tablename__ = "carer_given"
    __table_args__ = (
        CheckConstraint("num_nonnulls(assessment_id, determination_id, plan_id) = 1", name="one_paper"),
        CheckConstraint("(format = 'language') = (language IS NOT NULL)", name="says_which_language"),
        Index(None, "carer_id", "given_on"),
    )

    assessment_id: Mapped[UUID | None] = mapped_column(ForeignKey("carer_assessment.id"))
    determination_id: Mapped[UUID | None] = mapped_column(ForeignKey("carer_determination.id"))
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("carer_plan.id"))
    name: Mapped[str]
    format: Mapped[str]
    language: Mapped[str | None]
    given_on: Mapped[date]
    given_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Instant]
