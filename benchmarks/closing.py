"""What it costs to close periods: the same for each bank however many there are."""

from collections.abc import Iterator

from benchmarks.council import Council
from benchmarks.measuring import Row, wall_of
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.hours.service import close_due_periods
from careplan.kernel.clock import utc_now

FEW, MANY = 50, 300


def rows(council: Council) -> Iterator[Row]:
    """Each bank's share of a small chunk and of a large one."""
    _close(council, FEW)
    few, many = _close(council, FEW), _close(council, MANY)
    yield Row(f"a bank in a chunk of {MANY} against one in a chunk of {FEW}", many / few, 1.2, "x")


def _close(council: Council, at_once: int) -> float:
    closed = [0]

    def close() -> None:
        with council.app.app_context():
            see_everything(db.session, as_="bench")
            closed[0] = close_due_periods(now=utc_now(), at_once=at_once)
            db.session.commit()

    seconds = wall_of(close)
    assert closed[0] == at_once, f"only {closed[0]} banks were due"
    return seconds / closed[0]
