"""Referrals to community organisations and what happened to them; both append-only."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class CommunityReferralRow(Base):
    """A community organisation asked to do an action of a plan; the action is an item of the plan's content."""

    __tablename__ = "community_referral"
    __table_args__ = (
        CheckConstraint("organisation <> '' AND yes_words <> ''", name="says_whom_and_how_the_person_said_yes"),
        Index(None, "person_id", "action_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"))
    action_id: Mapped[UUID]
    action_words: Mapped[str]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    organisation: Mapped[str]
    yes_words: Mapped[str]
    made_on: Mapped[date]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    made_by_name: Mapped[str]
    at: Mapped[Instant]


class CommunityStepRow(Base):
    """One thing that happened to a referral."""

    __tablename__ = "community_step"
    __table_args__ = (
        CheckConstraint(
            "event IN ('accepted', 'waiting', 'declined', 'started', 'attended', 'ended', 'withdrawn')",
            name="known_event",
        ),
        CheckConstraint(
            "words <> '' OR event NOT IN ('declined', 'ended', 'withdrawn')", name="an_end_says_why_or_what_came_of_it"
        ),
    )

    id: Mapped[Id]
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("community_referral.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    event: Mapped[str]
    on: Mapped[date]
    words: Mapped[str]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_by_name: Mapped[str]
    at: Mapped[Instant]
