"""Tables of news."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class NoticeRow(Base):
    """One sentence for one account. The database shows it to its recipient only; nothing but `read_at` ever changes."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint("length(words) BETWEEN 1 AND 1000", name="says_something"),
        CheckConstraint("address ~ '^/([^/]|$)'", name="leads_to_a_page_of_ours"),
        CheckConstraint("read_at >= told_at", name="is_read_after_it_is_told"),
        CheckConstraint("recipient_id <> told_by", name="nobody_tells_themselves"),
        Index(None, "recipient_id", "told_at", "id"),
        Index("ix_notice_unread", "recipient_id", postgresql_where=text("read_at IS NULL")),
    )

    id: Mapped[Id]
    recipient_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    words: Mapped[str]
    address: Mapped[str]
    told_by: Mapped[UUID]
    told_at: Mapped[Instant]
    # Told by reason of an office alone, which a relationship neither opens nor closes.
    by_office: Mapped[bool]
    read_at: Mapped[Instant | None]


class MessagePreferenceRow(Base):
    """How an account's holder wants to hear of news. The database shows it to them alone."""

    __tablename__ = "message_preference"
    __table_args__ = (
        CheckConstraint("channel IN ('email', 'text')", name="known_channel"),
        CheckConstraint("channel IS DISTINCT FROM 'email' OR email IS NOT NULL", name="an_email_has_an_address"),
        CheckConstraint("channel IS DISTINCT FROM 'text' OR mobile IS NOT NULL", name="a_text_has_a_number"),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    channel: Mapped[str | None]
    email: Mapped[str | None]
    mobile: Mapped[str | None]
    changed_at: Mapped[Instant]


class OutboxMessageRow(Base):
    """A message on its way out. `news_until`: it announces what was told up to then. `due_at`: the next step is due."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        CheckConstraint("channel IN ('email', 'text')", name="known_channel"),
        CheckConstraint("state IN ('kept', 'waiting', 'sending', 'sent', 'delivered', 'failed')", name="known_state"),
        CheckConstraint("state NOT IN ('sent', 'delivered') OR sent_at IS NOT NULL", name="sent_at_an_instant"),
        CheckConstraint("state <> 'failed' OR problem IS NOT NULL", name="failed_for_a_reason"),
        Index(None, "account_id", "news_until"),
        Index(None, "created_at", "id"),
        Index("ix_outbox_message_due", "due_at", postgresql_where=text("due_at IS NOT NULL")),
    )

    id: Mapped[Id]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    channel: Mapped[str]
    to: Mapped[str]
    template: Mapped[str]
    words: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int]
    looks: Mapped[int]
    news_until: Mapped[Instant]
    created_at: Mapped[Instant]
    due_at: Mapped[Instant | None]
    sent_at: Mapped[Instant | None]
    sent_as: Mapped[str | None]
    problem: Mapped[str | None]
