"""How people want to hear of news outside the product, and the outbox of messages."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import MY_ACCOUNT, protect_rows

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KNOWN_CHANNEL = "channel IN ('email', 'text')"


def upgrade() -> None:
    op.create_table(
        "message_preference",
        sa.Column("account_id", sa.Uuid(), _account("message_preference"), primary_key=True),
        sa.Column("channel", sa.String()),
        sa.Column("email", sa.String()),
        sa.Column("mobile", sa.String()),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.CheckConstraint(KNOWN_CHANNEL, name="known_channel"),
        sa.CheckConstraint("channel IS DISTINCT FROM 'email' OR email IS NOT NULL", name="an_email_has_an_address"),
        sa.CheckConstraint("channel IS DISTINCT FROM 'text' OR mobile IS NOT NULL", name="a_text_has_a_number"),
    )
    _create_outbox()
    protect_rows(op, "message_preference", rule=f"account_id = {MY_ACCOUNT}", rights="SELECT, INSERT, UPDATE")
    # Only the worker and the administrator's page touch it, and both say that they see everything.
    protect_rows(op, "outbox_message", rule="false", rights="SELECT, INSERT, UPDATE")


def downgrade() -> None:
    op.drop_table("outbox_message")
    op.drop_table("message_preference")


def _create_outbox() -> None:
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("account_id", sa.Uuid(), _account("outbox_message"), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("news_until", INSTANT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT),
        sa.Column("sent_at", INSTANT),
        sa.Column("sent_as", sa.String()),
        sa.Column("problem", sa.String()),
        sa.CheckConstraint(KNOWN_CHANNEL, name="known_channel"),
        sa.CheckConstraint(
            "state IN ('kept', 'waiting', 'sending', 'sent', 'delivered', 'failed')", name="known_state"
        ),
        sa.CheckConstraint("state NOT IN ('sent', 'delivered') OR sent_at IS NOT NULL", name="sent_at_an_instant"),
        sa.CheckConstraint("state <> 'failed' OR problem IS NOT NULL", name="failed_for_a_reason"),
    )
    op.create_index("ix_outbox_message_account_id_news_until", "outbox_message", ["account_id", "news_until"])
    op.create_index("ix_outbox_message_created_at_id", "outbox_message", ["created_at", "id"])
    due = sa.text("due_at IS NOT NULL")
    op.create_index("ix_outbox_message_due", "outbox_message", ["due_at"], postgresql_where=due)


def _account(table: str) -> sa.ForeignKey:
    return sa.ForeignKey("account.id", name=f"fk_{table}_account_id_account")
