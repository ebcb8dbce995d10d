"""Worries and complaints in a browser: the lead takes one up, the person says what is wrong in two taps."""

from datetime import timedelta

import pytest

from careplan.access import service as access
from careplan.access.domain.policy import Kind
from careplan.complaints import service as complaints
from careplan.complaints.domain.complaint import About
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.personas import BY_SLUG, ISSUER
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from careplan.visits import service as visits
from careplan.visits.domain.incoming import Sender
from careplan.visits.schemas import read_entry
from tests.browser.steps import looked_at, turn
from tests.factories.concerns import make_concern
from tests.factories.visits import make_care, make_visit, visit_body

TIES = {"citizen": Kind.SELF, "social-worker": Kind.CASELOAD, "safeguarding-lead": None}


@pytest.fixture
def care(app):
    """A visit this morning, a worry in which somebody may be in danger, and a complaint that waits."""
    now = utc_now().replace(microsecond=0)
    with app.app_context():
        see_everything(db.session, as_="test")
        made = make_care(now=now)
        for slug, tie in TIES.items():
            persona = BY_SLUG[slug]
            account = access.open_account(issuer=ISSUER, subject=slug, name=persona.name, role=persona.role, now=now)
            if tie is not None:
                access.relate(
                    person_id=made.person_id, kind=tie, since=now, account_id=account.account_id, source_type="test",
                    source_id=new_id(),
                )  # fmt: skip
        make_concern(
            person_id=made.person_id, actor=made.joy, immediate_danger=True, words="A bruise on her arm.", now=now
        )
        complaints.complain(
            person_id=made.person_id, about=About.PLAN, words="Nobody rings back.", wanted=None, days=10,
            actor=made.around.citizen, now=now,
        )  # fmt: skip
        start = now - timedelta(hours=3)
        visit = make_visit(made, start=start)
        db.session.commit()
        entry = read_entry(visit_body(made, start=start, visit=visit))
        visits.receive(entries=[entry], sender=Sender(made.joy, route="test"), now=now)
        return made


def test_the_lead_finds_the_most_pressing_concern_takes_it_up_and_decides(care, browser_for, no_axe_violations):
    page = browser_for("safeguarding-lead", width=320)
    page.goto("/concerns")
    looked_at(page, no_axe_violations, "concerns")
    assert "left to take it up" in page.locator("main").inner_text()
    turn(page.get_by_role("link", name="Margaret Ellis: Money or belongings"))
    looked_at(page, no_axe_violations, "concern-new")
    turn(page.get_by_role("button", name="I take this up"))
    turn(page.get_by_role("link", name="Decide about an enquiry"))
    page.get_by_role("radio", name="Yes").check()
    turn(page.get_by_role("button", name="Save"))
    looked_at(page, no_axe_violations, "concern-decision-missing")
    assert page.get_by_role("radio", name="Yes").is_checked()
    page.get_by_label("Why?").fill("She is at risk.")
    turn(page.get_by_role("button", name="Save"))

    assert "enquiry under way" in page.locator("main").inner_text()
    looked_at(page, no_axe_violations, "concern")
    for link in ("Say what is to be done", "Say who is alleged", "Suspend a representative", "Close this concern"):
        turn(page.get_by_role("link", name=link))
        looked_at(page, no_axe_violations, f"concern-{link.split()[-1]}")
        page.go_back()


def test_the_person_says_what_worries_them_and_whom_to_ring(care, browser_for, no_axe_violations):
    page = browser_for("citizen", width=320)
    page.goto("/me")
    turn(page.get_by_role("link", name="I am worried"))
    looked_at(page, no_axe_violations, "worried")
    assert page.get_by_role("heading", name="In danger now?").is_visible()
    page.get_by_label("What worries you?").fill("They shout at me.")
    page.get_by_role("radio", name="No").check()
    turn(page.get_by_role("button", name="Send"))

    assert page.get_by_role("heading", level=1).inner_text() == "We have your message"
    looked_at(page, no_axe_violations, "worried-sent")


@pytest.mark.parametrize("scripts", [True, False])
def test_two_taps_say_that_a_visit_did_not_happen(care, browser_for, no_axe_violations, scripts):
    page = browser_for("citizen", width=320, scripts=scripts)
    page.goto("/me/visits")
    if scripts:
        looked_at(page, no_axe_violations, "visits")
    turn(page.get_by_role("link", name="Something was wrong").first)
    if scripts:
        looked_at(page, no_axe_violations, "dispute")
    turn(page.get_by_role("button", name="This did not happen"))

    assert "disputed" in page.locator("#past").inner_text()
    assert "We will answer by" in page.locator("main").inner_text()


def test_a_complaint_is_answered_and_the_person_reads_it(care, browser_for, no_axe_violations):
    staff = browser_for("social-worker", width=320)
    staff.goto("/complaints")
    looked_at(staff, no_axe_violations, "complaints")
    turn(staff.get_by_role("link", name="Margaret Ellis: The plan or the hours"))
    looked_at(staff, no_axe_violations, "complaint")
    staff.get_by_role("radio", name="We say sorry").check()
    staff.get_by_label("Your answer").fill("We rang you today and are sorry for the wait.")
    turn(staff.get_by_role("button", name="Send the answer"))
    own = browser_for("citizen", width=320)
    own.goto("/me/complaints")
    own.get_by_text("Not happy with the answer?").click()

    assert "We rang you today" in own.locator("main").inner_text()
    assert own.get_by_text("ask the ombudsman").is_visible()
    looked_at(own, no_axe_violations, "my-complaints")
    turn(own.get_by_role("link", name="Tell us what went wrong"))
    looked_at(own, no_axe_violations, "complain")
