"""A worker records a low reading and a dose that came too early; the nurse finds the one, the coordinator the other."""

from datetime import timedelta

import pytest

from careplan.db import db
from careplan.db.scope import see_everything
from careplan.delegation.domain.ladder import EscalationStep, When
from careplan.kernel.clock import local_time, utc_now
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.medicines import service as medicines
from careplan.medicines.domain.dose import DoseResult
from careplan.people import service as people
from careplan.people.domain.medicine import AsNeeded
from tests.browser.steps import become, looked_at, turn
from tests.factories.delegation import make_active, make_nurse
from tests.factories.people import some_medicine
from tests.factories.visits import make_care, make_visit


@pytest.fixture
def care(app):
    """A visit today, oxygen to measure by a ladder, and a painkiller taken an hour ago."""
    now = utc_now().replace(second=0, microsecond=0)
    with app.app_context():
        see_everything(db.session, as_="test")
        made, nurse = make_care(now=now - timedelta(days=20)), make_nurse()
        become(made.joy.account_id, "care-worker")
        become(nurse.account_id, "nurse")
        become(made.around.coordinator.account_id, "provider-coordinator")
        ladder = (EscalationStep(1, "Grace Thornton", "01632 960401", 30, When.ALWAYS, nurse.account_id),)
        make_active(
            person_id=made.person_id, provider_id=made.around.provider.id, nurse=nurse,
            coordinator=made.around.coordinator, worker=made.joy, now=now - timedelta(days=2), ladder=ladder,
        )  # fmt: skip
        needed = some_medicine(name="Paracetamol", times=None, reason="pain", as_needed=AsNeeded(Minutes(240), 4))
        medicine = people.record_medicine(
            person_id=made.person_id, details=needed, actor=made.around.social_worker, now=now - timedelta(days=9)
        )
        medicines.record_dose(
            dose_id=new_id(), person_id=made.person_id, medicine_id=medicine, result=DoseResult.TAKEN,
            effective_at=now - timedelta(hours=1), actor=made.joy, now=now - timedelta(hours=1),
        )  # fmt: skip
        visit = make_visit(made, start=now, worker=made.joy)
        db.session.commit()
        return visit, now


def test_from_the_visit_to_those_who_act_on_it(care, browser_for, no_axe_violations):
    visit, now = care
    page = browser_for("care-worker", width=320)
    page.goto(f"/visits/{visit.id}")
    page.get_by_label("I did the visit").check()
    page.get_by_label("When did you start?").fill(f"{local_time(now):%H:%M}")
    page.get_by_label("When did you leave?").fill(f"{local_time(now + timedelta(minutes=1)):%H:%M}")
    page.get_by_label("Given", exact=True).check()
    page.locator("#activity-1").get_by_label("Done", exact=True).check()
    page.get_by_label("Oxygen (%)").fill("9.3")
    looked_at(page, no_axe_violations, "doing-visit-320")

    turn(page.get_by_role("button", name="Save the visit"))
    asked = page.get_by_role("alert")
    assert "did you mean 93 %" in asked.inner_text()
    assert "too early or one too many" in asked.inner_text()
    looked_at(page, no_axe_violations, "doing-asked-back-320")
    page.get_by_label("Oxygen (%)").fill("88")
    page.get_by_label("whom did you ring").fill("111: she may take it")
    turn(page.get_by_role("button", name="Save the visit"))

    nurse = browser_for("nurse")
    nurse.goto("/delegations")
    turn(nurse.get_by_role("link", name="Who has been told"))
    looked_at(nurse, no_axe_violations, "doing-escalation-1280")
    nurse.get_by_label("Whom did you ring").fill("Rang Joy; 94 after she had sat down.")
    turn(nurse.get_by_role("button", name="I know, and this was done"))
    assert nurse.get_by_text("94 after she had sat down").count() == 1
    turn(nurse.get_by_role("link", name="Checking oxygen").first)
    assert "1 outside the normal range" in nurse.locator("#readings-1").inner_text()
    looked_at(nurse, no_axe_violations, "doing-delegation-1280")

    desk = browser_for("provider-coordinator", width=1280)
    desk.goto("/provider")
    assert "Rung: 111: she may take it" in desk.locator("#medicines").inner_text()
    desk.goto(f"/people/{visit.person_id}/medicines")
    looked_at(desk, no_axe_violations, "doing-chart-1280")
