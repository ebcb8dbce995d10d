"""What it costs to take visits: so many statements, whatever the history and however many come together."""

from datetime import timedelta

import pytest

from tests.factories.visits import envelope, make_visit, visit_body
from tests.pages import send_json
from tests.statements import counted

# Whose session, whose eyes, the tablet, and what the worker did; the rest is the record's own.
OF_REQUEST, OF_RECORD = 4, 8


@pytest.fixture
def taken(session, care, sign_in):
    """Sends records from one browser; answers the verdicts and the statements that they cost."""
    browser = sign_in(care.joy)

    def sent(*bodies):
        with counted(session) as statements:
            answer = send_json(browser, "/api/v1/sync", envelope(care.joy, bodies))
        return answer.json["results"], statements

    return sent


class TestTakingVisits:
    def test_costs_the_same_for_each_whatever_came_before(self, care, taken, earlier, commit):
        visits = [make_visit(care, start=earlier - timedelta(hours=n), minutes=20) for n in range(5)]
        commit()
        bodies = [visit_body(care, start=v.planned_start, minutes=20, visit=v) for v in visits]

        _, one = taken(bodies[0])
        verdicts, four = taken(*bodies[1:])

        assert [v["flags"] for v in verdicts] == [[]] * 4
        assert len(one) <= OF_REQUEST + OF_RECORD
        assert len(four) <= OF_REQUEST + OF_RECORD * 4

    def test_takes_one_statement_more_for_all_flags_together(self, care, taken, earlier):
        last_month = earlier - timedelta(days=30)
        taken(visit_body(care, start=last_month))

        (verdict,), seen = taken(visit_body(care, start=last_month - timedelta(hours=3)))

        assert len(verdict["flags"]) >= 2
        assert sum("INTO visit_flag" in statement for statement in seen) == 1
