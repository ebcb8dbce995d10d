"""What a worker needs at the door: medicines, papers about treatment, how a person moves, answers, letters."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import append_only, protect_person_rows

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
RETRACTED_WHOLE = "num_nonnulls(retracted_at, retracted_by, retracted_because) IN (0, 3)"
# Nothing is deleted; what may change is checked, ended or marked.
CHANGEABLE = "SELECT, INSERT, UPDATE"
TABLES = ("medicine", "advance_decision", "moving_and_handling")


def upgrade() -> None:
    op.add_column("person", sa.Column("letter_format", sa.String()))
    _create_answers()
    _create_medicines()
    _create_decisions()
    _create(
        "moving_and_handling",
        _words("how"),
        sa.Column("equipment", sa.String()),
        sa.Column("people_needed", sa.Integer(), nullable=False),
        *_retraction(),
        sa.CheckConstraint("people_needed BETWEEN 1 AND 4", name="so_many_people_fit_round_a_bed"),
    )
    for table in TABLES:
        protect_person_rows(op, table, rights=CHANGEABLE)
    protect_person_rows(op, "person_answer", rights="SELECT, INSERT")
    append_only(op, "person_answer")


def downgrade() -> None:
    for table in (*TABLES, "person_answer"):
        op.drop_table(table)
    op.drop_column("person", "letter_format")


def _create_answers() -> None:
    _create(
        "person_answer",
        _words("topic"),
        _words("known"),
        sa.CheckConstraint("known IN ('none', 'not_asked')", name="known_is_said_by_recording_it"),
    )


def _create_medicines() -> None:
    _create(
        "medicine",
        _words("name"),
        sa.Column("code", sa.String()),
        _words("form"),
        _words("strength"),
        _words("dose"),
        _words("route"),
        sa.Column("times", sa.String()),
        sa.Column("reason", sa.String()),
        sa.Column("least_gap", sa.Integer()),
        sa.Column("most_doses", sa.Integer()),
        _words("support"),
        _words("source"),
        sa.Column("starts_on", sa.Date()),
        sa.Column("stops_on", sa.Date()),
        sa.Column("stop_reason", sa.String()),
        sa.Column("checked_at", INSTANT),
        sa.Column("checked_by", sa.Uuid()),
        _corrects("medicine"),
        *_retraction(),
        sa.CheckConstraint(
            "stops_on IS NULL OR starts_on IS NULL OR stops_on >= starts_on", name="ends_after_it_starts"
        ),
        sa.CheckConstraint("num_nonnulls(least_gap, most_doses) IN (0, 2)", name="as_needed_whole"),
        sa.CheckConstraint("least_gap > 0 AND most_doses > 0", name="as_needed_has_limits"),
        sa.CheckConstraint("times IS NOT NULL OR least_gap IS NOT NULL", name="says_when_it_is_taken"),
        sa.CheckConstraint("num_nonnulls(checked_at, checked_by) IN (0, 2)", name="is_checked_whole"),
        sa.CheckConstraint("checked_by <> recorded_by", name="is_checked_by_another"),
    )
    _one_correction("medicine")


def _create_decisions() -> None:
    _create(
        "advance_decision",
        _words("kind"),
        _words("kept_where"),
        sa.Column("dated_on", sa.Date()),
        sa.Column("words", sa.String()),
        sa.Column("seen_on", sa.Date()),
        sa.Column("seen_by", sa.Uuid()),
        sa.Column("ends_on", sa.Date()),
        sa.Column("end_reason", sa.String()),
        _corrects("advance_decision"),
        *_retraction(),
        sa.CheckConstraint("kind IN ('dnacpr', 'respect', 'refusal', 'statement')", name="known_kind"),
        sa.CheckConstraint("num_nonnulls(seen_on, seen_by) IN (0, 2)", name="somebody_saw_it"),
        sa.CheckConstraint("seen_on IS NULL OR dated_on IS NOT NULL", name="what_was_seen_has_its_date"),
        sa.CheckConstraint("(ends_on IS NULL) = (end_reason IS NULL)", name="an_end_has_its_reason"),
    )
    _one_correction("advance_decision")


def _create(table: str, *columns: sa.Column[Any] | sa.CheckConstraint) -> None:
    """A table of rows that concern one person and say who wrote them, and when."""
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), primary_key=True),
        *columns,
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=f"fk_{table}_person_id_person"),
    )
    op.create_index(f"ix_{table}_person_id", table, ["person_id"])


def _one_correction(table: str) -> None:
    """Of two who correct the same row at once, one comes second and is told."""
    op.create_index(
        f"uq_{table}_corrects", table, ["corrects"], unique=True, postgresql_where=sa.text("retracted_at IS NULL")
    )


def _corrects(table: str) -> sa.Column[Any]:
    return sa.Column("corrects", sa.Uuid(), sa.ForeignKey(f"{table}.id", name=f"fk_{table}_corrects_{table}"))


def _retraction() -> tuple[sa.Column[Any] | sa.CheckConstraint, ...]:
    return (
        sa.Column("retracted_at", INSTANT),
        sa.Column("retracted_by", sa.Uuid()),
        sa.Column("retracted_because", sa.String()),
        sa.CheckConstraint(RETRACTED_WHOLE, name="is_retracted_whole"),
    )


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)
