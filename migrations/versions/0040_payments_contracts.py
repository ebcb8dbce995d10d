"""Contracts by which providers are paid, with their terms, rates and agreed levels."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import MY_ORGANISATION, OF_FINANCE, append_only, protect_person_rows, protect_rows

revision = "0040"
down_revision = "0028"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
MODELS = (
    "'invoiced', 'pilot', 'split_fee', 'split_fee_2', 'tolerance', 'rota', 'commissioned', 'actual', 'rota_shift', "
    "'stepped', 'incentive', 'delivered', 'block'"
)
RATES = (
    "'invoiced', 'pilot', 'split_commissioned', 'split_delivered', 'split_2_commissioned', 'split_2_delivered', "
    "'rota_base', 'shift_allowance', 'first_weeks', 'later_weeks', 'level', 'delivered', 'bank_holiday', 'rural', "
    "'block', 'charging'"
)
OWN = f"{OF_FINANCE} OR provider_id = {MY_ORGANISATION}"
OF_OWN_CONTRACT = "EXISTS (SELECT 1 FROM pay_contract c WHERE c.id = contract_id)"


def upgrade() -> None:
    op.create_table(
        "pay_contract",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key("pay_contract", "provider_id", "organisation"),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        *_recorded(),
        sa.UniqueConstraint("reference", name="uq_pay_contract_reference"),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_it_begins"),
    )
    op.create_index("ix_pay_contract_provider_id", "pay_contract", ["provider_id"])
    _create_terms()
    _create_levels()
    protect_rows(op, "pay_contract", rule=OWN, rights="SELECT, INSERT, UPDATE")
    for table in ("pay_terms", "pay_rate"):
        protect_rows(op, table, rule=OF_OWN_CONTRACT, rights="SELECT, INSERT")
        append_only(op, table)
    protect_person_rows(op, "agreed_level", rights="SELECT, INSERT", also=OF_FINANCE)
    append_only(op, "agreed_level")


def downgrade() -> None:
    for table in ("agreed_level", "pay_rate", "pay_terms", "pay_contract"):
        op.drop_table(table)


def _create_terms() -> None:
    op.create_table(
        "pay_terms",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key("pay_terms", "contract_id", "pay_contract"),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("settings", pg.JSONB(), nullable=False),
        *_recorded(),
        sa.UniqueConstraint("contract_id", "since", "recorded_at", name="uq_pay_terms_contract_id_since_recorded_at"),
        sa.CheckConstraint(f"model IN ({MODELS})", name="known_model"),
    )
    op.create_table(
        "pay_rate",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key("pay_rate", "contract_id", "pay_contract"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        *_recorded(),
        sa.UniqueConstraint(
            "contract_id", "name", "since", "recorded_at", name="uq_pay_rate_contract_id_name_since_recorded_at"
        ),
        sa.CheckConstraint(f"name IN ({RATES})", name="known_rate"),
        sa.CheckConstraint("pence >= 0", name="nought_or_more"),
    )


def _create_levels() -> None:
    op.create_table(
        "agreed_level",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key("agreed_level", "contract_id", "pay_contract"),
        _key("agreed_level", "person_id", "person"),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("weekly_minutes", sa.Integer(), nullable=False),
        sa.Column("achieved_on", sa.Date()),
        sa.Column("then_minutes", sa.Integer(), nullable=False),
        *_recorded(),
        sa.UniqueConstraint(
            "contract_id",
            "person_id",
            "since",
            "recorded_at",
            name="uq_agreed_level_contract_id_person_id_since_recorded_at",
        ),
        sa.CheckConstraint("weekly_minutes >= 0 AND then_minutes >= 0", name="nought_or_more"),
    )
    op.create_index("ix_agreed_level_person_id", "agreed_level", ["person_id"])


def _recorded() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
    )


def _key(table: str, column: str, other: str) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=False)
