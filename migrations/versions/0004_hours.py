"""Hours: terms, banks, balances, the ledger that refuses change, reservations, deliveries and contingency."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import append_only, protect_person_rows

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLES = (
    "hour_terms", "hour_bank", "hour_balance", "hour_entry", "hour_reservation", "hour_delivery",
    "reduction_not_taken", "contingency_draw",
)  # fmt: skip
APPEND_ONLY = ("hour_terms", "hour_entry", "reduction_not_taken")
# Every way in which minutes may move, as it stood when this was written.
FLOWS = ", ".join(
    (
        "('absorb', 'written_off', 'unfunded')",
        "('adjust', 'bank', 'source')",
        "('adjust', 'contingency', 'source')",
        "('adjust', 'source', 'bank')",
        "('allocate', 'source', 'bank')",
        "('allocate', 'source', 'contingency')",
        "('carry_in', 'source', 'bank')",
        "('carry_out', 'bank', 'source')",
        "('contingency_draw', 'contingency', 'delivered')",
        "('contingency_draw', 'contingency', 'unfunded')",
        "('draw', 'bank', 'delivered')",
        "('draw_unfunded', 'unfunded', 'delivered')",
        "('expire', 'bank', 'expired')",
        "('expire', 'contingency', 'expired')",
        "('release', 'reserved', 'bank')",
        "('reserve', 'bank', 'reserved')",
        "('reverse', 'bank', 'reserved')",
        "('reverse', 'bank', 'source')",
        "('reverse', 'contingency', 'source')",
        "('reverse', 'delivered', 'bank')",
        "('reverse', 'delivered', 'contingency')",
        "('reverse', 'delivered', 'unfunded')",
        "('reverse', 'expired', 'bank')",
        "('reverse', 'expired', 'contingency')",
        "('reverse', 'reserved', 'bank')",
        "('reverse', 'source', 'bank')",
        "('reverse', 'source', 'contingency')",
        "('reverse', 'unfunded', 'contingency')",
        "('reverse', 'unfunded', 'written_off')",
        "('top_up', 'source', 'bank')",
    )
)


def upgrade() -> None:
    make_hour_terms()
    make_hour_bank()
    make_hour_balance()
    make_hour_entry()
    make_hour_reservation()
    make_hour_delivery()
    make_reduction_not_taken()
    make_contingency_draw()
    for table in TABLES:
        rights = "SELECT, INSERT" if table in APPEND_ONLY else "SELECT, INSERT, UPDATE"
        protect_person_rows(op, table, rights=rights)
    for table in APPEND_ONLY:
        append_only(op, table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def make_hour_terms() -> None:
    op.create_table(
        "hour_terms",
        sa.Column("plan_version_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("service_starts_on", sa.Date(), nullable=False),
        sa.Column("takes_effect_on", sa.Date(), nullable=False),
        sa.Column("terms", pg.JSONB(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_hour_terms_person_id_person"),
        sa.PrimaryKeyConstraint("plan_version_id", name="pk_hour_terms"),
        sa.UniqueConstraint("plan_id", "version_number", name="uq_hour_terms_plan_id_version_number"),
    )
    op.create_index("ix_hour_terms_person_id", "hour_terms", ["person_id"])


def make_hour_bank() -> None:
    op.create_table(
        "hour_bank",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("funder", sa.String(), nullable=False),
        sa.Column("period_number", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date()),
        sa.Column("ends_on", sa.Date()),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.CheckConstraint("(period_number >= 0) = (starts_on IS NOT NULL)", name="ck_hour_bank_dated_when_numbered"),
        sa.CheckConstraint("ends_on = starts_on + 27", name="ck_hour_bank_twenty_eight_days"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_hour_bank_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_hour_bank"),
        sa.UniqueConstraint("plan_id", "funder", "period_number", name="uq_hour_bank_plan_id_funder_period_number"),
    )
    op.create_index("ix_hour_bank_person_id", "hour_bank", ["person_id"])


def make_hour_balance() -> None:
    op.create_table(
        "hour_balance",
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.BigInteger(), nullable=False),
        sa.Column("bank", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("contingency", sa.BigInteger(), nullable=False),
        sa.Column("delivered", sa.BigInteger(), nullable=False),
        sa.Column("unfunded", sa.BigInteger(), nullable=False),
        sa.Column("expired", sa.BigInteger(), nullable=False),
        sa.Column("written_off", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("bank >= 0", name="ck_hour_balance_bank_not_overspent"),
        sa.CheckConstraint("contingency >= 0", name="ck_hour_balance_contingency_not_overspent"),
        sa.CheckConstraint("reserved >= 0", name="ck_hour_balance_reserved_not_overspent"),
        sa.CheckConstraint(
            "source + bank + reserved + contingency + delivered + unfunded + expired + written_off = 0",
            name="ck_hour_balance_nothing_appears_or_vanishes",
        ),
        sa.ForeignKeyConstraint(["bank_id"], ["hour_bank.id"], name="fk_hour_balance_bank_id_hour_bank"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_hour_balance_person_id_person"),
        sa.PrimaryKeyConstraint("bank_id", name="pk_hour_balance"),
    )
    op.create_index("ix_hour_balance_person_id", "hour_balance", ["person_id"])


def make_hour_entry() -> None:
    op.create_table(
        "hour_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_account", sa.String(), nullable=False),
        sa.Column("to_account", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.SmallInteger(), nullable=False),
        sa.Column("week", sa.SmallInteger()),
        sa.Column("happened_on", sa.Date()),
        sa.Column("visit_id", sa.Uuid()),
        sa.Column("record_id", sa.Uuid()),
        sa.Column("reverses", sa.Uuid()),
        sa.Column("posted_at", INSTANT, nullable=False),
        sa.Column("posted_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'reverse') = (reverses IS NOT NULL)", name="ck_hour_entry_a_reversal_names_its_entry"
        ),
        sa.CheckConstraint(f"(kind, from_account, to_account) IN ({FLOWS})", name="ck_hour_entry_flow_in_table"),
        sa.CheckConstraint("minutes > 0", name="ck_hour_entry_minutes_above_nought"),
        sa.CheckConstraint("week BETWEEN 1 AND 4", name="ck_hour_entry_week_of_four"),
        sa.ForeignKeyConstraint(["bank_id"], ["hour_bank.id"], name="fk_hour_entry_bank_id_hour_bank"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_hour_entry_person_id_person"),
        sa.ForeignKeyConstraint(["reverses"], ["hour_entry.id"], name="fk_hour_entry_reverses_hour_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_hour_entry"),
        sa.UniqueConstraint(
            "bank_id", "cause", "cause_id", "kind", "part", name="uq_hour_entry_bank_id_cause_cause_id_kind_part"
        ),
        sa.UniqueConstraint("reverses", name="uq_hour_entry_reverses"),
    )
    op.create_index("ix_hour_entry_bank_id_id", "hour_entry", ["bank_id", "id"])
    op.create_index("ix_hour_entry_person_id_id", "hour_entry", ["person_id", "id"])
    op.create_index("ix_hour_entry_record_id", "hour_entry", ["record_id"])
    op.create_index("ix_hour_entry_visit_id", "hour_entry", ["visit_id"])


def make_hour_reservation() -> None:
    op.create_table(
        "hour_reservation",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.CheckConstraint("reserved >= 0 AND reserved <= minutes", name="ck_hour_reservation_no_more_than_planned"),
        sa.ForeignKeyConstraint(["bank_id"], ["hour_bank.id"], name="fk_hour_reservation_bank_id_hour_bank"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_hour_reservation_person_id_person"),
        sa.PrimaryKeyConstraint("visit_id", name="pk_hour_reservation"),
    )
    op.create_index("ix_hour_reservation_bank_id", "hour_reservation", ["bank_id"])
    op.create_index("ix_hour_reservation_person_id", "hour_reservation", ["person_id"])


def make_hour_delivery() -> None:
    op.create_table(
        "hour_delivery",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid()),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("reversed_at", INSTANT),
        sa.CheckConstraint("minutes >= 0", name="ck_hour_delivery_minutes_not_negative"),
        sa.ForeignKeyConstraint(["bank_id"], ["hour_bank.id"], name="fk_hour_delivery_bank_id_hour_bank"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_hour_delivery_person_id_person"),
        sa.PrimaryKeyConstraint("record_id", name="pk_hour_delivery"),
    )
    op.create_index("ix_hour_delivery_bank_id", "hour_delivery", ["bank_id"])
    op.create_index("ix_hour_delivery_group_id", "hour_delivery", ["group_id"])
    op.create_index("ix_hour_delivery_person_id", "hour_delivery", ["person_id"])


def make_reduction_not_taken() -> None:
    op.create_table(
        "reduction_not_taken",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.SmallInteger(), nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.CheckConstraint("minutes > 0", name="ck_reduction_not_taken_minutes_above_nought"),
        sa.ForeignKeyConstraint(["bank_id"], ["hour_bank.id"], name="fk_reduction_not_taken_bank_id_hour_bank"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_reduction_not_taken_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_reduction_not_taken"),
        sa.UniqueConstraint(
            "bank_id",
            "account",
            "cause",
            "cause_id",
            "part",
            name="uq_reduction_not_taken_bank_id_account_cause_cause_id_part",
        ),
    )
    op.create_index("ix_reduction_not_taken_person_id", "reduction_not_taken", ["person_id"])


def make_contingency_draw() -> None:
    op.create_table(
        "contingency_draw",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("circumstance", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("exceptional", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Uuid()),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_at", INSTANT, nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("answer", pg.JSONB(), nullable=False),
        sa.Column("decision", sa.String()),
        sa.Column("decided_by", sa.Uuid()),
        sa.Column("decided_at", INSTANT),
        sa.Column("reason", sa.String()),
        sa.CheckConstraint("decision IN ('approved', 'refused')", name="ck_contingency_draw_decision_known"),
        sa.CheckConstraint(
            "decision IS DISTINCT FROM 'refused' OR reason IS NOT NULL",
            name="ck_contingency_draw_a_refusal_has_a_reason",
        ),
        sa.CheckConstraint("minutes > 0", name="ck_contingency_draw_minutes_above_nought"),
        sa.CheckConstraint(
            "num_nulls(decision, decided_by, decided_at) IN (0, 3)", name="ck_contingency_draw_decided_whole_or_not"
        ),
        sa.ForeignKeyConstraint(["bank_id"], ["hour_bank.id"], name="fk_contingency_draw_bank_id_hour_bank"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_contingency_draw_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_contingency_draw"),
    )
    op.create_index("ix_contingency_draw_person_id_requested_at", "contingency_draw", ["person_id", "requested_at"])
    op.create_index("ix_contingency_draw_plan_id", "contingency_draw", ["plan_id"])
    op.create_index(
        "ix_contingency_draw_waiting", "contingency_draw", ["person_id"], postgresql_where="decision IS NULL"
    )
