"""What pages cost that are read most: so many statements, whatever the history."""

from datetime import timedelta

import pytest

from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from tests.factories.outcomes import make_rating
from tests.factories.plans import make_around, make_draft
from tests.factories.visits import envelope, make_care, make_visit, visit_body
from tests.pages import send_json
from tests.statements import counted

MOST = 12
HOUR = timedelta(hours=1)


@pytest.fixture
def care(session):
    made = make_care()
    session.commit()
    return made


@pytest.fixture
def pages(care, session, sign_in):
    """The pages that are read most, each with whoever reads it; one plan is still being written."""
    other = make_around()
    draft = make_draft(other)
    session.commit()
    social_worker, worker, writer = sign_in(care.around.social_worker), sign_in(care.joy), sign_in(other.social_worker)
    return {
        f"/people/{other.person_id}": writer,
        f"/plans/{draft.plan_id}": writer,
        f"/people/{care.person_id}": social_worker,
        f"/plans/{care.version.plan_id}": social_worker,
        "/round": worker,
    }


def grown(care, session, browser):
    """Visits behind and ahead, unplanned ones, corrections and ratings."""
    now = utc_now().replace(microsecond=0)
    for n in range(12):
        make_visit(care, start=now + (n - 8) * HOUR, minutes=20, now=now - timedelta(days=2))
        make_rating(person_id=care.person_id, outcome_id=care.outcome_id, actor=care.around.citizen, now=now)
    session.commit()
    loose = [visit_body(care, start=now - (30 + n) * HOUR, minutes=20) for n in range(6)]
    again = [{**body, "id": str(new_id()), "corrects": body["id"]} for body in loose[:3]]
    answer = send_json(browser, "/api/v1/sync", envelope(care.joy, [*loose, *again]))
    assert {r["status"] for r in answer.json["results"]} == {"accepted"}


class TestPagesReadMost:
    def test_cost_few_statements_with_little_behind_and_with_much(self, care, session, pages):
        found = {}
        for size in ("little", "much"):
            for address, browser in pages.items():
                with counted(session) as seen:
                    assert browser.get(address).status_code == 200
                found[address, size] = len(seen)
            if size == "little":
                grown(care, session, pages["/round"])

        assert {key: n for key, n in found.items() if n > MOST} == {}
