"""What it costs to take a visit from a tablet: receipt, visit, ledger, marks and audit, against one bare INSERT."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import create_engine, text

from benchmarks.council import Council
from benchmarks.measuring import Row, cpu_of, ratio
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id

SINGLE, BATCH = 12, 50
TO_RECORD = """
    SELECT v.id AS visit, v.person_id AS person, w.worker_id AS worker, v.planned_start AS starts
    FROM visit v JOIN visit_worker w ON w.visit_id = v.id
    WHERE v.planned_end < now() AND v.cancelled_at IS NULL
      AND NOT EXISTS (SELECT FROM visit_record r WHERE r.visit_id = v.id)
    ORDER BY w.worker_id, v.planned_start
"""
HEADERS = {"X-Requested-With": "careplan", "Content-Type": "application/json"}


def rows(council: Council) -> Iterator[Row]:
    """One visit against a bare INSERT, and one of fifty against one."""
    waiting = iter(council.rows(TO_RECORD))
    browsers: dict[Any, Any] = {}
    floor = _bare(council)

    def one() -> None:
        v = next(waiting)
        browser = browsers.get(v.worker) or browsers.setdefault(v.worker, council.browser(v.worker))
        _send(browser, v.worker, [_record(v.person, v.visit, v.starts)])

    def single() -> float:
        return cpu_of(one, times=SINGLE)

    one()
    yield Row("logging one visit, CPU against a bare INSERT", ratio(single, lambda: cpu_of(floor, times=200)), 4, "x")

    v = next(waiting)
    browser = council.browser(v.worker)
    turn = iter(range(1, 10_000))

    def batch() -> float:
        starts = [v.starts - timedelta(hours=next(turn)) for _ in range(BATCH)]
        records = [_record(v.person, None, s) for s in starts]
        return cpu_of(lambda: _send(browser, v.worker, records), times=1) / BATCH

    def alone() -> float:
        record = _record(v.person, None, v.starts - timedelta(hours=next(turn)))
        return cpu_of(lambda: _send(browser, v.worker, [record]), times=1)

    alone()
    yield Row("a visit in a batch of 50, CPU against one sent alone", ratio(batch, alone), 0.2, "x")


def _send(browser: Any, worker: Any, records: list[dict[str, Any]]) -> None:
    body = {
        "v": 1, "device": str(new_id()), "shell": "bench", "worker": str(worker), "sent_at": utc_now().isoformat(),
        "records": records,
    }  # fmt: skip
    answer = browser.post("/api/v1/sync", json=body, headers=HEADERS)
    assert answer.status_code == 200, answer.text
    assert all(r["status"] == "accepted" for r in answer.json["results"]), answer.text


def _record(person: Any, visit: Any, starts: Any) -> dict[str, Any]:
    ends = starts + timedelta(minutes=30)
    return {
        "id": str(new_id()), "kind": "visit", "person": str(person), "visit": str(visit) if visit else None,
        "plan_version": 1, "occurred_at": ends.isoformat(), "started_at": starts.isoformat(),
        "ended_at": ends.isoformat(), "result": "completed", "workers": [],
    }  # fmt: skip


def _bare(council: Council) -> Any:
    """A Flask route that inserts one row of one table and commits, by the same driver and SQLAlchemy."""
    engine = create_engine(council.owner_url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS bare (id uuid PRIMARY KEY, person uuid, note text)"))
    app = Flask("bare")
    insert = text("INSERT INTO bare VALUES (:id, :person, :note)")

    @app.post("/")
    def take() -> dict[str, str]:
        with engine.begin() as connection:
            connection.execute(insert, {"id": new_id(), "person": new_id(), "note": "Ate well."})
        return {"status": "accepted"}

    browser = app.test_client()
    return lambda: browser.post("/", json={"note": "Ate well."})


