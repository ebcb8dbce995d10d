"""Tables of concerns. Nothing in them changes; the database hides each from whoever it alleges."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant

KINDS = (
    "'reminded', 'acknowledged', 'note', 'decided', 'action', 'done', 'suspended', 'lifted', 'withheld', 'shown',"
    " 'closed'"
)


class OfPerson:
    """A row that concerns one person and says who wrote it, and when. The product itself has no account."""

    @declared_attr
    def person_id(cls) -> Mapped[UUID]:  # noqa: N805  a declared attribute is handed the class
        return mapped_column(ForeignKey("person.id"), index=True)

    recorded_at: Mapped[Instant]
    recorded_by: Mapped[UUID]


class ConcernRow(OfPerson, Base):
    """A worry about safety, as it was raised."""

    __tablename__ = "concern"

    id: Mapped[Id]
    category: Mapped[str]
    words: Mapped[str]
    immediate_danger: Mapped[bool]
    persons_wishes: Mapped[str | None]
    told: Mapped[list[str]] = mapped_column(ARRAY(String()))
    visit_id: Mapped[UUID | None]


class AllegedRow(OfPerson, Base):
    """Somebody who is said to have done it, or that this is not known."""

    __tablename__ = "concern_alleged"
    __table_args__ = (
        CheckConstraint("kind IN ('account', 'organisation', 'contact', 'unknown')", name="known_kind"),
        CheckConstraint(
            "(kind = 'account') = (account_id IS NOT NULL) AND (kind = 'organisation') = (organisation_id IS NOT NULL)"
            " AND (kind = 'contact') = (contact_id IS NOT NULL)",
            name="names_what_it_says",
        ),
    )

    id: Mapped[Id]
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id"), index=True)
    kind: Mapped[str]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))


class StepRow(OfPerson, Base):
    """One thing that was done about a concern."""

    __tablename__ = "concern_step"
    __table_args__ = (
        CheckConstraint(f"kind IN ({KINDS})", name="known_kind"),
        CheckConstraint("words <> '' OR kind IN ('reminded', 'acknowledged')", name="says_something"),
        CheckConstraint("(kind = 'decided') = (enquiry IS NOT NULL)", name="a_decision_says_yes_or_no"),
        CheckConstraint("(kind IN ('action', 'suspended', 'withheld')) = (due_on IS NOT NULL)", name="has_its_day"),
        CheckConstraint("(kind = 'suspended') = (contact_id IS NOT NULL)", name="a_suspension_names_somebody"),
        CheckConstraint("(kind IN ('done', 'lifted', 'shown')) = (answers IS NOT NULL)", name="an_end_names_what_ends"),
        CheckConstraint("(kind = 'closed') = (outcome IS NOT NULL)", name="a_closing_has_its_outcome"),
        CheckConstraint("(kind = 'reminded') = (number IS NOT NULL)", name="reminders_are_counted"),
        UniqueConstraint("answers"),
        UniqueConstraint("concern_id", "number"),
        Index("uq_concern_step_once", "concern_id", "kind", unique=True,
              postgresql_where=text("kind IN ('acknowledged', 'closed')")),
    )  # fmt: skip

    id: Mapped[Id]
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id"), index=True)
    kind: Mapped[str]
    words: Mapped[str]
    enquiry: Mapped[bool | None]
    who: Mapped[str | None]
    due_on: Mapped[date | None]
    outcome: Mapped[str | None]
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    answers: Mapped[UUID | None] = mapped_column(ForeignKey("concern_step.id"))
    number: Mapped[int | None]
