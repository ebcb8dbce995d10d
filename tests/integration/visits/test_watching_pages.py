"""The coordinator's today with its alerts, what became of a visit, and the rules."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careplan.access.domain.actor import Role
from careplan.kernel.clock import local_date, start_of_day, utc_now
from careplan.kernel.ids import new_id
from careplan.kernel.words import day
from careplan.visits import service
from careplan.visits.domain.drawing import Drawing, Outcome
from careplan.visits.domain.visit import Status
from careplan.visits.models import VisitAlertRow
from careplan.visits.queries import get_visit
from careplan.visits.queries.watching import find_rules
from tests.factories.organisations import make_account
from tests.factories.visits import make_visit
from tests.integration.visits.conftest import look_again
from tests.pages import submit, token_on


class TestProviderDay:
    def test_shows_alerts_and_takes_what_was_done_about_them(self, session, care, sign_in, earlier, now, commit):
        make_visit(care, start=earlier)
        service.watch(now=now)
        commit()
        browser = sign_in(care.around.coordinator)

        page = browser.get("/provider")
        assert "No start received" in page.text
        assert care.version.content.missed_visit.response in page.text
        (alert,) = session.scalars(select(VisitAlertRow))
        address, fields = f"/provider/alerts/{alert.id}", {"csrf_token": token_on(page)}
        assert browser.post(address, data={**fields, "words": ""}).location == "/provider"
        look_again(session)
        assert session.scalar(select(VisitAlertRow.acknowledged_at)) is None

        browser.post(address, data={**fields, "words": "Rang her, Sam is on his way.", "person_told": "y"})

        look_again(session)
        kept = session.scalars(select(VisitAlertRow)).one()
        assert (kept.acknowledged_words, kept.person_told) == ("Rang her, Sam is on his way.", True)
        assert "No start received" not in browser.get("/provider").text.split('id="visits"')[0]


@pytest.mark.parametrize(
    ("what", "status"), [("hospital", Status.IN_HOSPITAL), ("person", Status.CANCELLED), ("missed", Status.MISSED)]
)
def test_a_form_says_what_became_of_a_visit(session, care, sign_in, earlier, commit, what, status):
    visit = make_visit(care, start=earlier)
    commit()

    answer = submit(
        sign_in(care.around.coordinator), f"/visits/{visit.id}/outcome",
        {"what": what, "reason": "Her son rang.", "merged_into": "", "said_at": ""},
    )  # fmt: skip

    look_again(session)
    assert answer.status_code == 303
    assert get_visit(visit_id=visit.id).status is status


def test_rules_are_set_for_all_providers_and_for_one_from_a_day_on(session, sign_in, care):
    admin = make_account(Role.ADMIN)
    session.commit()
    browser = sign_in(admin)
    fields = {o.value: "planned" for o in (Outcome.CANCELLED_LATE, Outcome.NO_REPLY, Outcome.IN_HOSPITAL)}
    fields |= {Outcome.CANCELLED_IN_TIME.value: "released", Outcome.REFUSED.value: "released", "provider": ""}

    refused = submit(browser, "/admin/visit-rules", {**fields, "critical_minutes": "0", "late_minutes": "45"})
    assert refused.status_code == 422
    answer = submit(browser, "/admin/visit-rules", {**fields, "critical_minutes": "20", "late_minutes": "40"})

    look_again(session)
    assert answer.status_code == 303
    rules = find_rules(provider_id=care.around.provider.id, at=utc_now() + timedelta(seconds=1))
    assert (rules.critical_minutes, rules.late_minutes) == (20, 40)
    assert rules.draws.of(Outcome.REFUSED) is Drawing.RELEASED

    provider, first = care.around.provider, local_date(utc_now()) + timedelta(days=3)
    own = {**fields, "critical_minutes": "10", "late_minutes": "15", "provider": str(provider.id)}
    refused = submit(browser, "/admin/visit-rules", {**own, **_day(first - timedelta(days=4))})
    assert (refused.status_code, "or a later day. What came before stays" in refused.text) == (422, True)
    assert f'value="{provider.id}" selected' in refused.text
    assert submit(browser, "/admin/visit-rules", {**own, **_day(first)}).status_code == 303

    begins = start_of_day(first)
    assert find_rules(provider_id=provider.id, at=begins - timedelta(seconds=1)).critical_minutes == 20
    assert find_rules(provider_id=provider.id, at=begins).critical_minutes == 10
    assert find_rules(provider_id=new_id(), at=begins).critical_minutes == 20
    shown = browser.get(f"/admin/visit-rules?for={provider.id}").text
    assert f"Begins on {day(begins)}" in shown
    assert "Since " in shown


def _day(value):
    return {"since-day": value.day, "since-month": value.month, "since-year": value.year}
