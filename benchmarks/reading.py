"""What it costs to read: pages at the size of a council, and the last page of a list against the first."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import event

from benchmarks.council import Council
from benchmarks.measuring import Row, ninety_fifth, ratio, wall_of
from careplan.db import db

TIMES = 20
MOST_MILLISECONDS, MOST_STATEMENTS = 200, 12
WHO = """
    SELECT p.person_id AS person, p.id AS plan, s.account_id AS social_worker, o.account_id AS citizen,
        (SELECT worker_id FROM visit_worker w WHERE w.person_id = p.person_id LIMIT 1) AS worker
    FROM support_plan p
    JOIN relationship s ON s.person_id = p.person_id AND s.kind = 'caseload'
    JOIN relationship o ON o.person_id = p.person_id AND o.kind = 'self'
    ORDER BY p.service_starts_on LIMIT 1
"""


def rows(council: Council) -> Iterator[Row]:
    """The pages that are read most, then a list from one end to the other."""
    (who,) = council.rows(WHO)
    social_worker, worker = council.browser(who.social_worker), council.browser(who.worker)
    for name, browser, address in (
        ("the person's page", social_worker, f"/people/{who.person}"),
        ("the plan's page", social_worker, f"/plans/{who.plan}"),
        ("the round", worker, "/round"),
    ):
        yield from _page(council, name, browser, address)
    yield _far_page(social_worker, f"/api/v1/people/{who.person}/bank/entries?limit=20")


def _page(council: Council, name: str, browser: Any, address: str) -> Iterator[Row]:
    counted = [0]

    def count(*_: Any) -> None:
        counted[0] += 1

    def read() -> None:
        answer = browser.get(address)
        assert answer.status_code == 200, answer.text

    read()
    with council.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    read()
    event.remove(engine, "before_cursor_execute", count)
    yield Row(name, counted[0], MOST_STATEMENTS, "statements")
    yield Row(f"{name}, 95 of 100", ninety_fifth([wall_of(read) for _ in range(TIMES)]) * 1000, MOST_MILLISECONDS, "ms")


def _far_page(browser: Any, first: str) -> Row:
    """By CPU of ours alone this would say nothing of the database, so it is time that passes."""
    last, pages = first, 1
    while (following := browser.get(last).json["next"]) is not None:
        last, pages = f"{first}&after={following}", pages + 1

    def far() -> float:
        return wall_of(lambda: browser.get(last))

    def near() -> float:
        return wall_of(lambda: browser.get(first))

    return Row(f"page {pages} of a list against page 1", ratio(far, near), 1.5, "x")


