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
