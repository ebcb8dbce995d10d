"""Tables of assessments, determinations, findings about advocacy, papers given, and notes about others."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class AssessmentRow(Base):
    """One assessment; a trigger keeps it as it was once finished or given up. A correction is a row of its own."""

    __tablename__ = "assessment"
    __table_args__ = (
        CheckConstraint("num_nulls(finished_at, finished_by) IN (0, 2)", name="finished_whole"),
        CheckConstraint("(corrects IS NULL) = (corrects_because IS NULL)", name="a_correction_has_its_reason"),
        CheckConstraint(
            "num_nonnulls(given_up_at, given_up_by, given_up_because) IN (0, 3)"
            " AND (given_up_at IS NULL OR finished_at IS NULL)",
            name="given_up_whole",
        ),
        Index("uq_assessment_corrects", "corrects", unique=True, postgresql_where=text("given_up_at IS NULL")),
        Index(
            "uq_assessment_one_draft",
            "person_id",
            unique=True,
            postgresql_where=text("finished_at IS NULL AND given_up_at IS NULL"),
        ),
        Index(None, "person_id", "finished_at"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    started_at: Mapped[Instant]
    started_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    saved_at: Mapped[Instant]
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    finished_at: Mapped[Instant | None]
    finished_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    corrects: Mapped[UUID | None] = mapped_column(ForeignKey("assessment.id"))
    corrects_because: Mapped[str | None]
    given_up_at: Mapped[Instant | None]
    given_up_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    given_up_because: Mapped[str | None]


class DeterminationRow(Base):
    """What was decided about eligibility; append-only, the latest counts."""

    __tablename__ = "determination"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('eligible', 'discretionary_or_preventive', 'urgent', 'section_117', 'carer', 'not_eligible')",
            name="known_kind",
        ),
        CheckConstraint(
            "assessment_id IS NOT NULL OR kind IN ('urgent', 'section_117', 'carer')", name="rests_on_an_assessment"
        ),
        CheckConstraint("reasons <> ''", name="has_reasons"),
        Index(None, "person_id", "at"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    assessment_id: Mapped[UUID | None] = mapped_column(ForeignKey("assessment.id"))
    kind: Mapped[str]
    reasons: Mapped[str]
    decided_on: Mapped[date]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Instant]


class AdvocacyFindingRow(Base):
    """Whether the person can take part, who supports them, and their advocate; append-only, the latest counts."""

    __tablename__ = "advocacy_finding"
    __table_args__ = (
        CheckConstraint(
            "supporter_paid IN ('yes', 'no', 'not_asked') AND supporter_wanted IN ('yes', 'no', 'not_asked')",
            name="known_answers",
        ),
        Index(None, "person_id", "at"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    difficulties: Mapped[dict[str, str]] = mapped_column(JSONB)
    evidence: Mapped[str]
    supporter_name: Mapped[str]
    supporter_paid: Mapped[str]
    supporter_wanted: Mapped[str]
    long_nhs_stay: Mapped[bool]
    stay_in_best_interests: Mapped[bool]
    material_disagreement: Mapped[bool]
    both_want_advocate: Mapped[bool]
    advocate_name: Mapped[str]
    advocate_from: Mapped[str]
    found_on: Mapped[date]
    found_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Instant]


class GivenPaperRow(Base):
    """That one paper was given once; append-only."""

    __tablename__ = "given_paper"
    __table_args__ = (
        CheckConstraint("num_nonnulls(assessment_id, determination_id, plan_version_id) = 1", name="one_paper"),
        CheckConstraint("recipient = 'person' OR name <> ''", name="says_who_got_it"),
        CheckConstraint("(format = 'language') = (language IS NOT NULL)", name="says_which_language"),
        Index(None, "person_id", "given_on"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    assessment_id: Mapped[UUID | None] = mapped_column(ForeignKey("assessment.id"))
    determination_id: Mapped[UUID | None] = mapped_column(ForeignKey("determination.id"))
    plan_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan_version.id"))
    recipient: Mapped[str]
    name: Mapped[str]
    format: Mapped[str]
    language: Mapped[str | None]
    given_on: Mapped[date]
    given_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Instant]


class ThirdPartyNoteRow(Base):
    """What others said in confidence; its own policy shuts out the person, representatives and carers."""

    __tablename__ = "third_party_note"

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[str]
    written_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Instant]


class MistakeRow(Base):
    """That a paper was never given as it says, or that a note about others was wrong; append-only."""

    __tablename__ = "assessment_mistake"
    __table_args__ = (
        CheckConstraint("num_nonnulls(given_id, note_id) = 1", name="is_of_one_thing"),
        CheckConstraint("because <> ''", name="has_its_reason"),
        UniqueConstraint("given_id"),
        UniqueConstraint("note_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    given_id: Mapped[UUID | None] = mapped_column(ForeignKey("given_paper.id"))
    note_id: Mapped[UUID | None] = mapped_column(ForeignKey("third_party_note.id"))
    because: Mapped[str]
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Instant]
