"""Flags of one reason about one person stand together."""

from datetime import UTC, datetime, timedelta

from careplan.kernel.ids import new_id
from careplan.visits.domain.flag import Flag, RaisedFlag, grouped

MORNING = datetime(2026, 11, 21, 8, tzinfo=UTC)
MARGARET, ALAN = new_id(), new_id()


def raised(person_id, code, *, hours=0):
    at = MORNING + timedelta(hours=hours)
    return RaisedFlag(new_id(), new_id(), person_id, None, None, code, at, None, None, None)


def test_groups_by_person_and_reason_in_the_order_of_the_first():
    first, other, alans, last = (
        raised(MARGARET, Flag.OLD), raised(MARGARET, Flag.FUTURE, hours=1), raised(ALAN, Flag.OLD, hours=2),
        raised(MARGARET, Flag.OLD, hours=3),
    )  # fmt: skip

    found = grouped([first, other, alans, last])

    assert [g.flags for g in found] == [(first, last), (other,), (alans,)]
    assert found[0].latest_at == MORNING + timedelta(hours=3)


def test_nothing_raised_is_no_group():
    assert grouped([]) == ()
