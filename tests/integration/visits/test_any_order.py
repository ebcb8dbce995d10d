"""However records are cut, doubled and reordered on their way, they end in the same rows."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from careplan.kernel.clock import utc_now
from careplan.visits import service
from careplan.visits.domain.incoming import Sender
from careplan.visits.schemas import read_entry
from tests.factories.visits import make_care, make_visit, rating_body, visit_body
from tests.integration.visits.conftest import look_again

RECORDS = range(6)


def make_story(session):
    """Six records of two workers: a visit, two corrections of it, a second worker's, an unplanned one, a rating."""
    now = utc_now()
    earlier = now.replace(microsecond=0) - timedelta(hours=2)
    care = make_care(now=now)
    visit = make_visit(care, start=earlier, workers=[care.joy.account_id, care.sam.account_id])
    session.commit()
    first = visit_body(care, start=earlier, minutes=90, visit=visit)
    second = visit_body(care, start=earlier, minutes=40, visit=visit, corrects=first["id"])
    third = visit_body(care, start=earlier, minutes=50, visit=visit, corrects=first["id"])
    return care, [
        (care.joy, first),
        (care.joy, second),
        (care.joy, third),
        (care.sam, visit_body(care, start=earlier, minutes=55, visit=visit)),
        (care.joy, rating_body(care, at=earlier)),
        (care.sam, visit_body(care, start=earlier + timedelta(minutes=70), minutes=10)),
    ]


class TestReceive:
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(order=st.permutations([*RECORDS, *RECORDS]))
    def test_ends_in_the_same_rows_in_whatever_order(self, session, order):
        look_again(session)
        care, records = make_story(session)

        for k in order:
            worker, body = records[k]
            service.receive(entries=[read_entry(body)], sender=Sender(worker), now=utc_now())

        look_again(session)
        bodies = [body["id"] for _, body in records]
        assert what_stands(session, care) == {
            "visit_record": sorted(bodies[k] for k in (0, 1, 2, 3, 5)),
            "rating": [bodies[4]],
            "draws": {bodies[2]: 50, bodies[3]: 55, bodies[5]: 10},
            "balances": [(115, 0, 0)],
        }


def what_stands(session, care):
    """Records, ratings, the minutes that each record draws, and what was delivered, unfunded and reserved."""

    def ask(sql):
        return session.execute(text(sql), {"person": care.person_id}).all()

    balances = """SELECT delivered, unfunded, reserved FROM hour_balance b JOIN hour_bank k ON k.id = b.bank_id
        WHERE b.person_id = :person AND k.period_number = 0"""
    return {
        "visit_record": sorted(str(r.id) for r in ask("SELECT id FROM visit_record WHERE person_id = :person")),
        "rating": [str(r.id) for r in ask("SELECT id FROM rating WHERE person_id = :person")],
        "draws": {
            str(r.record_id): r.minutes
            for r in ask("SELECT * FROM hour_delivery WHERE reversed_at IS NULL AND person_id = :person")
        },
        "balances": [tuple(r) for r in ask(balances)],
    }
