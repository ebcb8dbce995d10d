"""The page of one visit and the list of what nobody has paid for, in a browser at the three widths."""

from datetime import timedelta

import pytest

from careplan.access import service as access
from careplan.access.domain.policy import Kind
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.personas import BY_SLUG, ISSUER
from careplan.hours import queries as hours
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.visits import service
from careplan.visits.domain.incoming import Sender
from careplan.visits.schemas import read_entry
from tests.browser.steps import looked_at, turn
from tests.factories.delegation import make_active, make_nurse
from tests.factories.visits import make_care, make_visit, rating_body, visit_body


@pytest.fixture
def visit(app):
    """A visit that outran the hours, with a note of progress and a reading outside its range."""
    now = utc_now().replace(microsecond=0)
    start = now - timedelta(hours=2)
    with app.app_context():
        see_everything(db.session, as_="test")
        care = make_care(now=now)
        persona = BY_SLUG["social-worker"]
        worker = access.open_account(
            issuer=ISSUER, subject="social-worker", name=persona.name, role=persona.role, now=now
        )
        access.relate(
            person_id=care.person_id, kind=Kind.CASELOAD, since=now, account_id=worker.account_id, source_type="test",
            source_id=new_id(),
        )  # fmt: skip
        given = make_active(
            person_id=care.person_id, provider_id=care.around.provider.id, nurse=make_nurse(),
            coordinator=care.around.coordinator, worker=care.joy, now=now - timedelta(days=2),
        )  # fmt: skip
        found = make_visit(care, start=start)
        left = hours.get_bank_view(today=local_date(now), person_id=care.person_id).left
        long = visit_body(care, start=start - timedelta(minutes=left), minutes=left)
        bodies = [
            long,
            visit_body(care, start=start, visit=found, note="Ate well, and slept in the chair after lunch."),
            rating_body(care, at=start, visit=str(found.id), note="Walked to the door."),
            _activity(care, given, found, start),
        ]
        entries = [read_entry(body) for body in bodies]
        assert [p for e in entries for p in e.problems] == []
        db.session.commit()
        service.receive(entries=entries, sender=Sender(care.joy, route="test"), now=now)
        return found


def test_from_the_hours_to_a_visit_that_nobody_paid_for(visit, browser_for, no_axe_violations):
    page = browser_for("social-worker", width=320)
    page.goto(f"/people/{visit.person_id}/hours")
    looked_at(page, no_axe_violations, "unpaid")
    turn(page.locator("#unpaid").get_by_role("link", name="the visit").first)

    assert "Visit to" in page.get_by_role("heading", level=1).inner_text()
    looked_at(page, no_axe_violations, "visit-unpaid")
    page.goto(f"/visits/{visit.id}")
    assert page.get_by_text("outside its range").count() == 1
    looked_at(page, no_axe_violations, "visit")


def _activity(care, given, visit, at):
    normal = given.instruction_at(at).ranges[0]
    return {
        "id": str(new_id()), "kind": "activity", "person": str(care.person_id), "visit": str(visit.id),
        "plan_version": care.version.number, "occurred_at": at.isoformat(), "delegation": str(given.id),
        "instruction_version": 1, "result": "done", "reason": None,
        "readings": [{"name": normal.name, "value": str(normal.low - 1), "unit": normal.unit}],
    }  # fmt: skip
