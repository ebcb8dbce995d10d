"""Twelve payment models over the same visits in two engines: the product's, and sums in SQL as its floor.

The second engine shares nothing with the first but the visits: its sums are written here, in whole numbers.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg

from benchmarks.council import Council
from benchmarks.measuring import Row, wall_of
from careplan.hours.domain.terms import Funder
from careplan.kernel.money import Pence
from careplan.payments.domain.calendar import pay_period_of
from careplan.payments.domain.pay_model import RATES, Model
from careplan.payments.domain.settled import Outcome, SettledVisit
from careplan.payments.domain.simulating import Simulated, simulate
from careplan.payments.domain.terms import Contract, PaySettings, Rate

VISITS, PEOPLE, PROVIDERS = 1_000_000, 9_884, 142
MODELS = tuple(m for m in Model if m is not Model.BLOCK)
PERIOD = pay_period_of(date(2026, 5, 6))
CHANGE = PERIOD.starts_on + timedelta(days=11)
HOLIDAYS = frozenset({date(2026, 5, 4), date(2026, 5, 25)})
DEARER = 13  # pence more from the day of the change on
OUTCOMES = [*(o.value for o in Outcome), *["completed"] * 12]

CREATE = """
CREATE TEMPORARY TABLE settled AS
SELECT i, person, person % %(providers)s AS provider, %(first)s::date + day AS day,
    (%(outcomes)s::text[])[1 + abs(hashint4(i)) %% %(kinds)s] AS outcome,
    15 + abs(hashint4(i + 1)) %% 8 * 15 AS planned, 1 + (abs(hashint4(i + 2)) %% 7 = 0)::int AS needed,
    1 + (abs(hashint4(i + 3)) %% 9 = 0)::int AS on_rota, 1 + (abs(hashint4(i + 4)) %% 11 = 0)::int AS came,
    abs(hashint4(i + 5)) %% 137 AS actual, abs(hashint4(i + 6)) %% 143 AS invoiced,
    abs(hashint4(i + 7)) %% 2880 AS notice, abs(hashint4(i + 8)) %% 20 AS hospital_day,
    abs(hashint4(person)) %% 6 = 0 AS is_rural, 1 + abs(hashint4(person + 1)) %% 10 AS service_week
FROM (SELECT i, abs(hashint4(i * 3)) %% %(people)s AS person, abs(hashint4(i * 5)) %% 28 AS day
      FROM generate_series(1, %(visits)s) AS i) AS drawn
""".replace("person % %(", "person %% %(")

SECOND_ENGINE = """
WITH paid AS (
    SELECT *, CASE
        WHEN outcome IN ('cancelled_by_person', 'cancelled_by_council') AND notice < 1440 THEN planned * needed
        WHEN outcome IN ('no_reply', 'refused') THEN planned * needed
        WHEN outcome = 'in_hospital' AND notice < 1440 THEN planned * needed
        WHEN outcome = 'in_hospital' AND hospital_day <= 14 THEN planned * needed * 30 / 100
        ELSE 0 END AS instead
    FROM settled
), counted AS (
    SELECT person, provider, day, service_week, is_rural,
        CASE WHEN outcome = 'completed' THEN planned * LEAST(needed, came) ELSE instead END AS commissioned,
        CASE WHEN outcome = 'completed' THEN planned * LEAST(on_rota, came) ELSE instead END AS rota,
        CASE WHEN outcome = 'completed' THEN invoiced ELSE instead END AS invoiced,
        CASE WHEN outcome = 'completed' THEN actual ELSE instead END AS actual,
        CASE WHEN outcome <> 'completed' THEN instead
             WHEN provider % 2 = 0 THEN LEAST(actual + 5 * came, planned * LEAST(needed, came))
             ELSE actual + 5 * came END AS travelled
    FROM paid
), summed AS (
    SELECT provider, person, (day >= %(change)s)::int AS part,
        sum(commissioned)::bigint AS commissioned, sum(rota)::bigint AS rota, sum(invoiced)::bigint AS invoiced,
        sum(actual)::bigint AS actual, sum(travelled)::bigint AS travelled,
        COALESCE(sum(actual) FILTER (WHERE service_week <= 6), 0)::bigint AS early,
        COALESCE(sum(actual) FILTER (WHERE service_week > 6), 0)::bigint AS late,
        COALESCE(sum(actual) FILTER (WHERE day = ANY(%(holidays)s)), 0)::bigint AS holiday,
        COALESCE(sum(actual) FILTER (WHERE is_rural), 0)::bigint AS rural
    FROM counted GROUP BY provider, person, part
), line AS (
    SELECT provider, model, (2 * minutes * (rate + part * %(dearer)s * rates) + 60) / 120 AS pence
    FROM summed CROSS JOIN LATERAL (VALUES
        ('invoiced', invoiced, 2235, 1), ('pilot', invoiced, 2450, 1),
        ('split_fee', commissioned, 505, 1), ('split_fee', travelled, 1950, 1),
        ('split_fee_2', travelled, 2235, 1), ('split_fee_2', commissioned, 215, 1),
        ('tolerance', travelled, 2450, 1), ('rota', rota, 2450, 1), ('commissioned', commissioned, 2450, 1),
        ('actual', actual, 2450, 1), ('rota_shift', rota, 2282 + 168, 2),
        ('stepped', early, 2502, 1), ('stepped', late, 2235, 1), ('incentive', commissioned, 2450, 1),
        ('delivered', actual, 2064, 1), ('delivered', holiday, 1032, 1), ('delivered', rural, 150, 1)
    ) AS component (model, minutes, rate, rates)
)
SELECT provider, model, sum(pence)::bigint FROM line GROUP BY provider, model
""".replace("provider % 2", "provider %% 2")


def rows(council: Council) -> Iterator[Row]:
    """The product's time over that of the sums in SQL; they must come to the same, penny by penny."""
    with psycopg.connect(council.owner_url) as connection:
        make_visits(connection)
        first: dict[tuple[UUID, Model], int] = {}
        second: dict[tuple[UUID, Model], int] = {}
        ours = wall_of(lambda: first.update(by_provider_and_model(by_first_engine(connection))))
        floor = wall_of(lambda: second.update(by_second_engine(connection)))
        connection.rollback()
    assert first == second, "the engines differ"
    detail = f"; {ours:.1f} s against {floor:.1f} s, equal to the penny"
    yield Row(f"{len(MODELS)} payment models over {VISITS:,} visits against raw sums", ours / floor, 3, "x", detail)


def make_visits(connection: psycopg.Connection[Any]) -> None:
    """So many visits of a pay period by one statement, in a table that ends with the connection."""
    said = {"visits": VISITS, "people": PEOPLE, "providers": PROVIDERS, "first": PERIOD.starts_on,
            "outcomes": OUTCOMES, "kinds": len(OUTCOMES)}  # fmt: skip
    connection.execute(CREATE, said)


def by_provider_and_model(found: dict[int, Simulated]) -> dict[tuple[UUID, Model], int]:
    """What the first engine found, as the second says it."""
    return {(UUID(int=p), m): sums.by_model[m] for p, sums in found.items() for m in MODELS}


def by_first_engine(connection: psycopg.Connection[Any]) -> dict[int, Simulated]:
    """What each provider is paid by every model, by the code of the product."""
    contracts = [_contract(p) for p in range(PROVIDERS)]
    found = simulate(contracts, _visits(connection), span=PERIOD, holidays=HOLIDAYS, levels={})
    return {s.provider_id.int: s for s in found}


def by_second_engine(connection: psycopg.Connection[Any]) -> dict[tuple[UUID, Model], int]:
    """The same by provider and model, by sums in SQL; the block line is not among them."""
    said = {"change": CHANGE, "holidays": sorted(HOLIDAYS), "dearer": DEARER}
    return {(UUID(int=p), Model(m)): pence for p, m, pence in connection.execute(SECOND_ENGINE, said)}


def _contract(provider: int) -> Contract:
    rates = [Rate(n, p, date(2020, 1, 1)) for n, p in RATES.items()]
    rates += [Rate(n, Pence(p + DEARER), CHANGE) for n, p in RATES.items()]
    settings = PaySettings(retainer_days=14, retainer_percent=30, tolerance_is_capped=provider % 2 == 0)
    return Contract(
        UUID(int=provider), UUID(int=provider), f"HC-{provider}", "Care at home", Model.SPLIT_FEE, date(2020, 1, 1),
        settings=settings, rates=tuple(rates),
    )  # fmt: skip


def _visits(connection: psycopg.Connection[Any]) -> Iterator[SettledVisit]:
    """The same visits as values of the first engine. What a visit of another outcome never has, is left out."""
    people, outcomes = [UUID(int=p) for p in range(max(PEOPLE, PROVIDERS))], {o.value: o for o in Outcome}
    with connection.cursor(name="settled") as cursor:
        cursor.itersize = 50_000
        cursor.execute("SELECT * FROM settled")
        for row in cursor:
            number, person, provider, day, outcome, planned, needed, on_rota, came, actual, invoiced = row[:11]
            yield SettledVisit(
                people[number % PEOPLE], people[person], people[provider], day, outcomes[outcome], Funder.COUNCIL,
                planned, needed, on_rota, came, actual, invoiced, row[11], row[12], row[13], False, row[14],
            )  # fmt: skip
