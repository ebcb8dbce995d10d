"""Tables of organisations and of those who work for them."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, false, text, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class OrganisationRow(Base):
    """A council, provider, trust, practice, community organisation or team."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("(kind = 'team') = (part_of_id IS NOT NULL)", name="a_team_is_part_of_a_whole"),)

    id: Mapped[Id]
    ods_code: Mapped[str | None] = mapped_column(unique=True)
    kind: Mapped[str]
    name: Mapped[str]
    part_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    phone: Mapped[str | None]
    active: Mapped[bool] = mapped_column(server_default=true())


class WorkerRow(Base):
    """What is known of an account's holder as a worker; where they work stands on the account."""

    __tablename__ = "worker"
    __table_args__ = (
        CheckConstraint("(regulator IS NULL) = (registration_number IS NULL)", name="a_number_has_its_regulator"),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    job_title: Mapped[str]
    regulator: Mapped[str | None]
    registration_number: Mapped[str | None]
    phone: Mapped[str | None]
    out_of_hours_phone: Mapped[str | None]
    can_commit: Mapped[bool] = mapped_column(server_default=false())


class SigningLimitRow(Base):
    """Up to which plan a role signs for a council, from an instant on; the latest counts. Append-only."""

    __tablename__ = "signing_limit"
    __table_args__ = (
        UniqueConstraint("council_id", "role", "since"),
        CheckConstraint("role IN ('social_worker', 'team_manager')", name="signs_for_a_council"),
        CheckConstraint("weekly_pence >= 0 AND weekly_minutes >= 0", name="nought_or_more"),
    )

    id: Mapped[Id]
    council_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[str]
    weekly_pence: Mapped[int | None]
    weekly_minutes: Mapped[int | None]
    double_handed: Mapped[bool]
    since: Mapped[Instant]
    set_by: Mapped[UUID]


class ZoneRow(Base):
    """A part of a council's area with a scheme by which its work is shared."""

    __tablename__ = "zone"

    id: Mapped[Id]
    council_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(unique=True)
    scheme: Mapped[str]
    postcodes: Mapped[list[str]] = mapped_column(ARRAY(String()), server_default=text("'{}'"))


class ZoneShareRow(Base):
    """A provider's place in a zone."""

    __tablename__ = "zone_share"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 1 AND 100", name="percent_of_a_whole"),
        CheckConstraint("hourly_pence > 0", name="a_rate_is_paid"),
    )

    zone_id: Mapped[UUID] = mapped_column(ForeignKey("zone.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    percent: Mapped[int]
    hourly_pence: Mapped[int]
