"""How outcomes go for a whole council: figures of goal attainment by group, and none of a few people."""

from alembic import op

from careplan.db.guards import APP_ROLE

revision = "0056"
down_revision = "0067"
branch_labels = None
depends_on = None

# The twin of careplan/outcomes/domain/attainment.py: 50 + 10·Σwx / √(0.7·Σw² + 0.3·(Σw)²), to hundredths, half up.
ATTAINMENT = """
CREATE FUNCTION goal_attainment(weighted bigint, weights bigint, squares bigint) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT CASE WHEN weights = 0 THEN NULL
        ELSE round(50 + 10 * weighted / sqrt(0.7 * squares + 0.3 * weights::numeric * weights), 2) END
$$
"""
# With the owner's rights, because a commissioner is related to nobody; what comes out is about nobody either. Groups
# of fewer than `fewest` people are hidden, and with them the next smallest of their kind, until at least two are hidden
# and hold `fewest` people together: else what is hidden were the total less what is shown. How many outcomes are reached
# is hidden for a whole kind where one of its groups has a few.
COMMISSIONED = """
CREATE FUNCTION commissioned_outcomes(at timestamptz, view text, fewest int)
RETURNS TABLE (kind text, label text, people bigint, baseline numeric, achieved numeric, rated bigint, reached bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH today AS (
        SELECT (at AT TIME ZONE 'Europe/London')::date AS day
    ), counting AS (
        SELECT DISTINCT ON (t.plan_id) v.person_id, v.content, p.service_starts_on
        FROM hour_terms t JOIN plan_version v ON v.plan_id = t.plan_id AND v.number = t.version_number
        JOIN support_plan p ON p.id = t.plan_id CROSS JOIN today
        WHERE t.withdrawn_at IS NULL AND t.takes_effect_on <= today.day AND (p.ended_at IS NULL OR p.ended_at > at)
        ORDER BY t.plan_id, t.version_number DESC
    ), wanted AS (
        SELECT c.person_id, (o ->> 'id')::uuid AS outcome_id, coalesce((o ->> 'weight')::int, 1) AS weight,
            coalesce((o ->> 'baseline')::int, -1) AS baseline, o ->> 'aim' AS aim, o -> 'wellbeing' AS wellbeing
        FROM counting c CROSS JOIN LATERAL jsonb_array_elements(c.content -> 'outcomes') o
    ), latest AS (
        SELECT DISTINCT ON (r.outcome_id, who.rater) r.outcome_id, who.rater, r.level
        FROM rating r JOIN wanted w ON w.outcome_id = r.outcome_id AND w.person_id = r.person_id
        CROSS JOIN LATERAL (SELECT CASE WHEN r.voice = 'person' THEN r.person_id ELSE r.rater_id END AS rater) who
        WHERE r.kind = 'review' AND r.voice = view AND r.voice <> 'worker' AND r.at <= commissioned_outcomes.at
          AND NOT EXISTS (SELECT FROM rating_taken_back b WHERE b.rating_id = r.id)
          AND NOT EXISTS (
            SELECT FROM rating c WHERE c.corrects = r.id AND c.rater_id = r.rater_id
              AND NOT EXISTS (SELECT FROM rating_taken_back b WHERE b.rating_id = c.id))
        ORDER BY r.outcome_id, who.rater, r.at DESC, r.id DESC
    ), said AS (
        SELECT DISTINCT ON (outcome_id, side) outcome_id, side, result
        FROM (SELECT outcome_id, result, at, id, voice,
                CASE WHEN voice = 'professional' THEN 'professional' ELSE 'own' END AS side FROM outcome_verdict) v
        ORDER BY outcome_id, side, voice = 'representative', v.at DESC, v.id DESC
    ), reached AS (
        SELECT w.outcome_id FROM wanted w
        JOIN said o ON o.outcome_id = w.outcome_id AND o.side = 'own'
        JOIN said p ON p.outcome_id = w.outcome_id AND p.side = 'professional' AND p.result = o.result
        WHERE o.result = 'achieved' OR (o.result = 'maintained' AND w.aim = 'maintain')
    ), attained AS (
        SELECT w.person_id, area.area, l.rater, count(*) AS outcomes,
            goal_attainment(sum(w.weight * w.baseline), sum(w.weight), sum(w.weight * w.weight)) AS baseline,
            goal_attainment(sum(w.weight * l.level), sum(w.weight), sum(w.weight * w.weight)) AS achieved
        FROM wanted w JOIN latest l ON l.outcome_id = w.outcome_id
        CROSS JOIN LATERAL (
            SELECT '' UNION ALL SELECT jsonb_array_elements_text(w.wellbeing)) area (area)
        GROUP BY w.person_id, area.area, l.rater
    ), of_person AS (
        SELECT a.person_id, a.area, avg(a.baseline) AS baseline, avg(a.achieved) AS achieved
        FROM attained a WHERE a.achieved IS NOT NULL GROUP BY a.person_id, a.area
    ), counted AS (
        SELECT w.person_id, area.area, count(DISTINCT w.outcome_id) AS rated, count(DISTINCT r.outcome_id) AS reached
        FROM wanted w JOIN (SELECT DISTINCT outcome_id FROM latest) l ON l.outcome_id = w.outcome_id
        LEFT JOIN reached r ON r.outcome_id = w.outcome_id
        CROSS JOIN LATERAL (
            SELECT '' UNION ALL SELECT jsonb_array_elements_text(w.wellbeing)) area (area)
        GROUP BY w.person_id, area.area
    ), around AS (
        SELECT c.person_id, coalesce(c.content -> 'provider' ->> 'name', '') AS provider,
            coalesce((SELECT z.name FROM person_address a JOIN zone z ON EXISTS (
                    SELECT FROM unnest(z.postcodes) p
                    WHERE starts_with(a.postcode, CASE WHEN p LIKE '% %' THEN p ELSE p || ' ' END))
                WHERE a.person_id = c.person_id AND coalesce(a.starts_on, today.day) <= today.day
                  AND coalesce(a.ends_on, today.day) >= today.day
                ORDER BY a.starts_on DESC NULLS LAST, z.name LIMIT 1), '') AS area,
            CASE WHEN age.years IS NULL THEN '' WHEN age.years < 65 THEN '18 to 64' WHEN age.years < 75 THEN '65 to 74'
                WHEN age.years < 85 THEN '75 to 84' ELSE '85 and over' END AS age,
            to_char(c.service_starts_on, 'YYYY "quarter" Q') AS start
        FROM counting c JOIN person p ON p.id = c.person_id CROSS JOIN today
        CROSS JOIN LATERAL (SELECT extract(year FROM age(today.day, p.birth_date)) AS years) age
    ), placed AS (
        SELECT groups.kind, groups.label, o.person_id, o.baseline, o.achieved, n.rated, n.reached
        FROM of_person o JOIN counted n ON n.person_id = o.person_id AND n.area = o.area
        JOIN around a ON a.person_id = o.person_id
        CROSS JOIN LATERAL (VALUES ('provider', a.provider), ('area', a.area), ('age', a.age), ('start', a.start),
            ('all', '')) groups (kind, label)
        WHERE o.area = ''
        UNION ALL
        SELECT 'wellbeing', o.area, o.person_id, o.baseline, o.achieved, n.rated, n.reached
        FROM of_person o JOIN counted n ON n.person_id = o.person_id AND n.area = o.area WHERE o.area <> ''
    ), grouped AS (
        SELECT p.kind, p.label, count(DISTINCT p.person_id) AS people, round(avg(p.baseline), 2) AS baseline,
            round(avg(p.achieved), 2) AS achieved, sum(p.rated)::bigint AS rated, sum(p.reached)::bigint AS reached
        FROM placed p GROUP BY p.kind, p.label
    ), ranked AS (
        SELECT g.*, min(g.people) OVER (PARTITION BY g.kind) < greatest(fewest, 5) AS any_few,
            row_number() OVER smallest AS place,
            bool_or(g.reached BETWEEN 1 AND greatest(fewest, 5) - 1) OVER (PARTITION BY g.kind) AS few_reached,
            coalesce(sum(g.people) OVER (PARTITION BY g.kind ORDER BY g.people, g.label
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
        FROM grouped g WINDOW smallest AS (PARTITION BY g.kind ORDER BY g.people, g.label)
    ), judged AS (
        SELECT r.*, r.people < greatest(fewest, 5)
            OR (r.any_few AND (r.place <= 2 OR r.before < greatest(fewest, 5))) AS hidden
        FROM ranked r
    )
    SELECT j.kind, j.label, CASE WHEN hidden THEN NULL ELSE j.people END, CASE WHEN hidden THEN NULL ELSE j.baseline END,
        CASE WHEN hidden THEN NULL ELSE j.achieved END, CASE WHEN hidden THEN NULL ELSE j.rated END,
        CASE WHEN hidden OR few_reached THEN NULL ELSE j.reached END
    FROM judged j ORDER BY j.kind, j.label
$$
"""


def upgrade() -> None:
    op.execute(ATTAINMENT)
    op.execute(COMMISSIONED)
    op.execute("REVOKE ALL ON FUNCTION commissioned_outcomes(timestamptz, text, int) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION commissioned_outcomes(timestamptz, text, int) TO {APP_ROLE}")


def downgrade() -> None:
    op.execute("DROP FUNCTION commissioned_outcomes(timestamptz, text, int)")
    op.execute("DROP FUNCTION goal_attainment(bigint, bigint, bigint)")
