"""Tables of plans: the plan that lasts, its versions, who agreed to which, suggestions and comments."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class SupportPlanRow(Base):
    """The identity that lasts; the service's first day is settled by the first version that is agreed."""

    __tablename__ = "support_plan"
    __table_args__ = (CheckConstraint("(ended_at IS NULL) = (ended_reason IS NULL)", name="an_ending_has_its_reason"),)

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[Instant]
    created_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    service_starts_on: Mapped[date | None]
    ended_at: Mapped[Instant | None]
    ended_reason: Mapped[str | None]


class PlanVersionRow(Base):
    """One version. A trigger keeps what was proposed as it was; only its withdrawal may be added."""

    __tablename__ = "plan_version"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        UniqueConstraint("id", "content_hash"),
        CheckConstraint(
            "num_nulls(proposed_at, proposed_by, canonical, content_hash) IN (0, 4)", name="proposed_whole"
        ),
        CheckConstraint("content_hash = encode(sha256(canonical), 'hex')", name="hash_is_of_the_canonical_form"),
        CheckConstraint("convert_from(canonical, 'UTF8')::jsonb = content", name="canonical_form_is_of_the_content"),
        CheckConstraint("num_nulls(withdrawn_at, withdrawn_by, withdrawn_reason) IN (0, 3)", name="withdrawn_whole"),
        CheckConstraint("kind IN ('full', 'interim')", name="known_kind"),
        Index(
            "uq_plan_version_one_draft",
            "plan_id",
            unique=True,
            postgresql_where=text("proposed_at IS NULL AND withdrawn_at IS NULL"),
        ),
        Index(None, "content_hash"),
    )

    id: Mapped[Id]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int]
    kind: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    revision: Mapped[int]
    based_on: Mapped[int | None]
    created_at: Mapped[Instant]
    created_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    saved_at: Mapped[Instant]
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[Instant | None]
    proposed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    canonical: Mapped[bytes | None] = mapped_column(LargeBinary)
    content_hash: Mapped[str | None]
    withdrawn_at: Mapped[Instant | None]
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_reason: Mapped[str | None]
    # Reviews are kept by a slice above this one, so the database does not hold the two together.
    rests_on: Mapped[UUID | None]
    counts_from: Mapped[date | None]


class DraftRevisionRow(Base):
    """A draft as it stood after one save, so that a later save from an older page can be put together with it."""

    __tablename__ = "plan_draft_revision"

    version_id: Mapped[UUID] = mapped_column(ForeignKey("plan_version.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    saved_at: Mapped[Instant]
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class UnfinishedRow(Base):
    """What one account typed on one page of a draft and has not saved; it is theirs alone and touches no draft."""

    __tablename__ = "plan_unfinished"
    __table_args__ = (
        UniqueConstraint("account_id", "version_id", "page"),
        CheckConstraint("expires_at > kept_at", name="expires_later"),
        Index(None, "expires_at"),
    )

    id: Mapped[Id]
    version_id: Mapped[UUID] = mapped_column(ForeignKey("plan_version.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    page: Mapped[str]
    fields: Mapped[list[Any]] = mapped_column(JSONB)
    kept_at: Mapped[Instant]
    expires_at: Mapped[Instant]


class CapacityFindingRow(Base):
    """Whether the person can decide about exactly this version, on a date, with the evidence; append-only."""

    __tablename__ = "capacity_finding"

    id: Mapped[Id]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("plan_version.id"), index=True)
    lacks_capacity: Mapped[bool]
    why_doubted: Mapped[str]
    support_given: Mapped[str]
    abilities: Mapped[dict[str, Any]] = mapped_column(JSONB)
    impairment: Mapped[str]
    causal_link: Mapped[str]
    decided_on: Mapped[date]
    assessor_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    assessor_name: Mapped[str]
    at: Mapped[Instant]


class PlanAgreementRow(Base):
    """One party's signature on exactly one content. The signer is a human being, in whatever capacity.

    A trigger keeps it as it was; only that it was taken back may be added, once.
    """

    __tablename__ = "plan_agreement"
    __table_args__ = (
        ForeignKeyConstraint(["version_id", "content_hash"], ["plan_version.id", "plan_version.content_hash"]),
        Index(
            "uq_plan_agreement_one_a_party",
            "version_id",
            "party",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index(
            "uq_plan_agreement_one_a_signer",
            "version_id",
            "signer_id",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        CheckConstraint(
            "num_nulls(withdrawn_at, withdrawn_by, withdrawn_by_name, withdrawn_reason, withdrawn_channel) IN (0, 5)",
            name="taken_back_whole",
        ),
        CheckConstraint("withdrawn_reason <> ''", name="taken_back_with_a_reason"),
        CheckConstraint("num_nulls(advocate_name, advocate_organisation) IN (0, 2)", name="advocate_whole"),
        CheckConstraint("party IN ('council', 'provider', 'person')", name="known_party"),
        CheckConstraint("channel IN ('online', 'paper', 'telephone')", name="known_channel"),
        CheckConstraint("channel = 'online' OR witness_name IS NOT NULL", name="witnessed_unless_online"),
        CheckConstraint("witness_id IS NULL OR witness_id NOT IN (recorded_by, signer_id)", name="witness_is_another"),
    )

    id: Mapped[Id]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    version_id: Mapped[UUID]
    content_hash: Mapped[str]
    party: Mapped[str]
    capacity: Mapped[str]
    signer_id: Mapped[UUID]
    signer_name: Mapped[str]
    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("representative_authority.id"))
    finding_id: Mapped[UUID | None] = mapped_column(ForeignKey("capacity_finding.id"))
    statement: Mapped[str]
    channel: Mapped[str]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    witness_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    witness_name: Mapped[str | None]
    advocate_name: Mapped[str | None]
    advocate_organisation: Mapped[str | None]
    agreed_on: Mapped[date]
    at: Mapped[Instant]
    withdrawn_at: Mapped[Instant | None]
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_by_name: Mapped[str | None]
    withdrawn_reason: Mapped[str | None]
    withdrawn_channel: Mapped[str | None]


class BestInterestsRow(Base):
    """A decision that stands in the person's place on exactly one content; append-only."""

    __tablename__ = "best_interests_decision"
    __table_args__ = (
        ForeignKeyConstraint(["version_id", "content_hash"], ["plan_version.id", "plan_version.content_hash"]),
        UniqueConstraint("version_id"),
    )

    id: Mapped[Id]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    version_id: Mapped[UUID]
    content_hash: Mapped[str]
    finding_id: Mapped[UUID] = mapped_column(ForeignKey("capacity_finding.id"))
    decision_maker_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    decision_maker_name: Mapped[str]
    decision: Mapped[str]
    wishes: Mapped[str]
    consulted: Mapped[str]
    less_restrictive: Mapped[str]
    advocate: Mapped[str]
    decided_on: Mapped[date]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Instant]


class NotAgreedRow(Base):
    """That the council went on without the person's yes to exactly one content; append-only."""

    __tablename__ = "plan_not_agreed"
    __table_args__ = (
        ForeignKeyConstraint(["version_id", "content_hash"], ["plan_version.id", "plan_version.content_hash"]),
        UniqueConstraint("version_id"),
        CheckConstraint("cause IN ('disagrees', 'not_reached')", name="known_cause"),
        CheckConstraint("cause <> 'disagrees' OR words <> ''", name="in_their_own_words"),
        CheckConstraint("jsonb_array_length(steps) > 0", name="something_was_tried"),
        CheckConstraint("complaint_route <> ''", name="told_how_to_complain"),
        CheckConstraint("review_by > decided_on AND review_by <= decided_on + 28", name="reviewed_within_28_days"),
    )

    id: Mapped[Id]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    version_id: Mapped[UUID]
    content_hash: Mapped[str]
    cause: Mapped[str]
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    words: Mapped[str]
    complaint_route: Mapped[str]
    review_by: Mapped[date]
    decided_on: Mapped[date]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    decided_by_name: Mapped[str]
    at: Mapped[Instant]


class AuthorisationRow(Base):
    """A version above what the social worker may sign, sent to a team manager; a trigger lets it be answered once."""

    __tablename__ = "plan_authorisation"
    __table_args__ = (
        ForeignKeyConstraint(["version_id", "content_hash"], ["plan_version.id", "plan_version.content_hash"]),
        CheckConstraint("answer IN ('agreed', 'sent_back')", name="known_answer"),
        CheckConstraint("num_nulls(answer, answered_by, answered_at) IN (0, 3)", name="answered_whole"),
        CheckConstraint("answer IS DISTINCT FROM 'sent_back' OR reason <> ''", name="sent_back_with_a_reason"),
        Index("uq_plan_authorisation_one_open", "version_id", unique=True, postgresql_where=text("answer IS NULL")),
    )

    id: Mapped[Id]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    version_id: Mapped[UUID]
    content_hash: Mapped[str]
    beyond: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[Instant]
    answer: Mapped[str | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[Instant | None]
    reason: Mapped[str | None]


class PlanSuggestionRow(Base):
    """An exact new value that somebody proposes for one field of one item, and what became of it."""

    __tablename__ = "plan_suggestion"
    __table_args__ = (
        CheckConstraint("decision IN ('taken', 'declined', 'withdrawn')", name="known_decision"),
        CheckConstraint("num_nulls(decision, decided_by, decided_at) IN (0, 3)", name="decided_whole"),
        CheckConstraint("decision IS DISTINCT FROM 'declined' OR decided_reason <> ''", name="declined_with_a_reason"),
    )

    id: Mapped[Id]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("plan_version.id"), index=True)
    item: Mapped[str]
    field: Mapped[str]
    was: Mapped[Any] = mapped_column(JSONB)
    value: Mapped[Any] = mapped_column(JSONB)
    why: Mapped[str]
    answers_to: Mapped[UUID | None] = mapped_column(ForeignKey("plan_suggestion.id"))
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Instant]
    decision: Mapped[str | None]
    decided_reason: Mapped[str | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[Instant | None]
    taken_into: Mapped[int | None]


class PlanStanceRow(Base):
    """What a party says to a suggestion, yes or no; append-only, and the latest of a party counts."""

    __tablename__ = "plan_stance"
    __table_args__ = (
        CheckConstraint("party IN ('council', 'provider', 'person')", name="known_party"),
        CheckConstraint("stance IN ('accepts', 'declines')", name="known_stance"),
        CheckConstraint("stance <> 'declines' OR reason <> ''", name="declined_with_a_reason"),
    )

    id: Mapped[Id]
    suggestion_id: Mapped[UUID] = mapped_column(ForeignKey("plan_suggestion.id"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    party: Mapped[str]
    stance: Mapped[str]
    reason: Mapped[str | None]
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Instant]


class PlanCommentRow(Base):
    """Words about an item, about the plan or about a suggestion; append-only."""

    __tablename__ = "plan_comment"

    id: Mapped[Id]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("plan_version.id"), index=True)
    item: Mapped[str]
    suggestion_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan_suggestion.id"))
    words: Mapped[str]
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Instant]
