"""The pages on which visits are planned: a pattern in two steps, the rota, changing one visit, wishes."""

from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

from careplan.kernel.clock import at_local, local_date, local_time
from careplan.visits.models import VisitPatternRow, VisitRow, VisitWishRow
from careplan.visits.queries import get_visit
from tests.factories.rota import plan
from tests.factories.visits import make_visit
from tests.integration.visits.conftest import look_again
from tests.pages import token_on


@pytest.fixture
def tomorrow(now):
    return local_date(now) + timedelta(days=1)


def day_parts(name, day):
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def hidden(page, name):
    return page.text.split(f'name="{name}" type="hidden" value="')[1].split('"')[0]


def send(browser, address, **fields):
    page = browser.get(address)
    assert page.status_code == 200, page.text[:300]
    given = {"csrf_token": token_on(page), **fields}
    if 'name="pattern"' in page.text:
        given["pattern"] = hidden(page, "pattern")
    return given, browser.post(address, data=given)


class TestPlanPattern:
    def fields(self, care, day, **said):
        return {
            "often": "weekly", "days": [str(n) for n in range(7)], "weeks": ["1", "2", "3", "4"], "at": "0800",
            "minutes": "45", "workers_needed": "1", "workers": [str(care.joy.account_id)], "service": "",
            "funder": "", **day_parts("from_day", day), **day_parts("until", day + timedelta(days=2)), **said,
        }  # fmt: skip

    def test_shows_what_is_to_be_known_and_plans_when_sent_again(self, session, care, sign_in, tomorrow):
        browser, address = sign_in(care.around.coordinator), f"/people/{care.person_id}/visits/plan"

        given, first = send(browser, address, **self.fields(care, tomorrow))
        assert first.status_code == 422
        assert "Joy Mensah has not met them yet." in first.text

        second = browser.post(address, data={**given, "seen": hidden(first, "seen")})
        assert (second.status_code, second.location) == (303, f"/people/{care.person_id}/visits")
        look_again(session)
        assert session.scalar(select(func.count()).select_from(VisitRow)) == 3
        planned = browser.get(f"/people/{care.person_id}/visits").text
        assert "every day" in planned.lower()
        assert "Joy Mensah" in planned

    def test_keeps_everything_typed_and_says_who_is_elsewhere(self, session, care, sign_in, now, tomorrow, commit):
        make_visit(care, start=at_local(tomorrow, time(8, 30)), now=now)
        commit()

        _, refused = send(
            sign_in(care.around.coordinator), f"/people/{care.person_id}/visits/plan", **self.fields(care, tomorrow)
        )

        assert refused.status_code == 422
        assert "Joy Mensah is on another visit, with Margaret Ellis," in refused.text
        assert 'value="0800"' in refused.text
        look_again(session)
        assert session.scalar(select(func.count()).select_from(VisitPatternRow)) == 0

    def test_once_is_one_visit_on_the_first_day(self, session, care, sign_in, tomorrow):
        _, answer = send(
            sign_in(care.around.coordinator), f"/people/{care.person_id}/visits/plan",
            **self.fields(care, tomorrow, often="once", days=[], workers=[]),
        )  # fmt: skip

        assert answer.status_code == 303
        look_again(session)
        assert session.scalar(select(VisitRow.planned_start)) == at_local(tomorrow, time(8))


def test_the_rota_shows_who_is_missing_by_person_and_by_worker(care, sign_in, now, tomorrow, commit):
    plan(care, now=now, from_day=tomorrow, until=tomorrow, workers=(care.joy.account_id,), workers_needed=2)
    commit()
    browser = sign_in(care.around.coordinator)

    people = browser.get(f"/provider/rota?week={tomorrow}").text
    workers = browser.get(f"/provider/rota?week={tomorrow}&by=worker").text

    assert "Margaret Ellis" in people
    assert "1 missing" in people
    assert "Somebody is needed" in workers
    assert "Joy Mensah" in workers
    assert "Nothing is planned in this week." in browser.get("/provider/rota?week=2020-01-01").text


def test_another_worker_is_put_on_one_visit(session, care, sign_in, now, tomorrow, commit):
    visit = make_visit(care, start=at_local(tomorrow, time(9)), now=now)
    commit()
    browser, address = sign_in(care.around.coordinator), f"/visits/{visit.id}/change"
    start = local_time(visit.planned_start)
    fields = {
        "at": f"{start:%H:%M}", "minutes": "60", "workers_needed": "1", "workers": [str(care.sam.account_id)],
        **day_parts("day", tomorrow),
    }  # fmt: skip

    given, first = send(browser, address, **fields)
    second = browser.post(address, data={**given, "seen": hidden(first, "seen")})

    look_again(session)
    assert second.status_code == 303
    assert get_visit(visit_id=visit.id).workers == (care.sam.account_id,)


def test_wishes_are_kept_with_the_place_in_millionths_of_a_degree(session, care, sign_in):
    _, answer = send(
        sign_in(care.around.coordinator), f"/people/{care.person_id}/visits/wishes", gender="female", language="pa",
        culture="Sikh", latitude="53.8013", longitude="-1.5486",
    )  # fmt: skip

    assert answer.status_code == 303
    look_again(session)
    kept = session.scalars(select(VisitWishRow)).one()
    assert (kept.gender, kept.language, kept.culture) == ("female", "pa", "Sikh")
    assert (kept.latitude, kept.longitude) == (53_801_300, -1_548_600)


def test_the_persons_visits_come_as_a_calendar_file(care, sign_in, now, tomorrow, commit):
    make_visit(care, start=at_local(tomorrow, time(9)), now=now)
    commit()

    answer = sign_in(care.around.citizen).get("/me/visits.ics")

    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "SUMMARY:Care visit: Joy Mensah" in answer.text


def test_a_round_is_handed_over_on_a_page(session, care, sign_in, now, tomorrow, commit):
    visit = make_visit(care, start=at_local(tomorrow, time(9)), now=now)
    commit()

    _, answer = send(
        sign_in(care.around.coordinator), "/provider/rota/hand-over", worker=str(care.joy.account_id),
        to_worker=str(care.sam.account_id), **day_parts("day", tomorrow),
    )  # fmt: skip

    look_again(session)
    assert answer.status_code == 303
    assert get_visit(visit_id=visit.id).workers == (care.sam.account_id,)
