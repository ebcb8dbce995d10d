"""Lists of visits go on where they stopped, whatever a tablet's clock said."""

from datetime import timedelta

import pytest

from careplan.kernel.clock import utc_now
from careplan.visits import queries, service
from careplan.visits.domain.incoming import Sender
from careplan.visits.schemas import read_entry
from tests.factories.visits import make_care, visit_body
from tests.integration.visits.conftest import look_again


@pytest.mark.parametrize("skew", [timedelta(microseconds=400), timedelta(minutes=-3, microseconds=7)])
def test_the_whole_list_ends_with_an_unplanned_visit_of_a_clock_a_little_off(session, skew):
    now = utc_now()
    care = make_care(now=now)
    session.commit()
    body = visit_body(care, start=now - timedelta(hours=2))
    service.receive(entries=[read_entry(body)], sender=Sender(care.joy, skew=skew), now=now)
    look_again(session)

    (only,) = queries.list_visits(person_id=care.person_id)

    assert queries.list_visits(person_id=care.person_id, after=queries.place_of(only)) == []
    assert len(queries.list_whole_visits(person_id=care.person_id)) == 1
