"""The present hours by provider, for commissioners: sums alone, and none of a few people."""

from alembic import op

from careplan.db.guards import APP_ROLE

revision = "0032"
down_revision = "0039"
branch_labels = None
depends_on = None

# With the owner's rights, because a commissioner is related to nobody; what comes out is about nobody either.
COMMISSIONED = """
CREATE FUNCTION commissioned_hours(today date, fewest int)
RETURNS TABLE (provider_id uuid, people bigint, granted bigint, planned bigint, delivered bigint, "left" bigint,
    contingency_left bigint, unfunded bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH present AS (
        SELECT h.id, h.person_id, (t.terms ->> 'provider_id')::uuid AS provider_id
        FROM hour_bank h JOIN LATERAL (
            SELECT terms FROM hour_terms WHERE plan_id = h.plan_id AND withdrawn_at IS NULL AND takes_effect_on <= today
            ORDER BY version_number DESC LIMIT 1
        ) t ON true
        WHERE h.starts_on <= today AND h.ends_on >= today
    ), granted AS (
        SELECT e.bank_id, sum(CASE WHEN e.to_account = 'bank' THEN e.minutes ELSE -e.minutes END) AS minutes
        FROM hour_entry e LEFT JOIN hour_entry o ON o.id = e.reverses
        WHERE e.bank_id IN (SELECT id FROM present) AND coalesce(o.kind, e.kind) IN ('allocate', 'adjust')
          AND ((e.from_account, e.to_account) = ('source', 'bank') OR (e.from_account, e.to_account) = ('bank', 'source'))
        GROUP BY e.bank_id
    ), planned AS (
        SELECT bank_id, sum(minutes) AS minutes FROM hour_reservation
        WHERE bank_id IN (SELECT id FROM present) GROUP BY bank_id
    ), sums AS (
        SELECT p.provider_id, count(DISTINCT p.person_id) AS people, sum(coalesce(g.minutes, 0))::bigint AS granted,
            sum(coalesce(r.minutes, 0))::bigint AS planned, sum(b.delivered)::bigint AS delivered,
            sum(b.bank + b.reserved)::bigint AS "left", sum(b.contingency)::bigint AS contingency_left,
            sum(greatest(-b.unfunded, 0))::bigint AS unfunded
        FROM present p JOIN hour_balance b ON b.bank_id = p.id
        LEFT JOIN granted g ON g.bank_id = p.id LEFT JOIN planned r ON r.bank_id = p.id
        GROUP BY p.provider_id
    )
    SELECT s.provider_id, CASE WHEN few THEN 0 ELSE s.people END, CASE WHEN few THEN NULL ELSE s.granted END,
        CASE WHEN few THEN NULL ELSE s.planned END, CASE WHEN few THEN NULL ELSE s.delivered END,
        CASE WHEN few THEN NULL ELSE s."left" END, CASE WHEN few THEN NULL ELSE s.contingency_left END,
        CASE WHEN few THEN NULL ELSE s.unfunded END
    FROM sums s CROSS JOIN LATERAL (SELECT s.people < greatest(fewest, 5) AS few) f ORDER BY s.provider_id
$$
"""


def upgrade() -> None:
    op.execute(COMMISSIONED)
    op.execute("REVOKE ALL ON FUNCTION commissioned_hours(date, int) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION commissioned_hours(date, int) TO {APP_ROLE}")


def downgrade() -> None:
    op.execute("DROP FUNCTION commissioned_hours(date, int)")
