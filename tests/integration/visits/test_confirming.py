"""Confirming a week by exception, whole shifts and down time."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import func, select

from careplan.kernel.clock import at_local, local_date, utc_now
from careplan.kernel.errors import NotFound
from careplan.visits import service
from careplan.visits.domain.week import Way, Why
from careplan.visits.models import DowntimeRow, ShiftRow, VisitConfirmationRow
from careplan.visits.queries.confirming import get_week, list_accounts_of_shifts
from careplan.visits.service.confirming import NothingKnown
from tests.factories.rota import record
from tests.factories.visits import make_care, make_visit
from tests.integration.visits.conftest import look_again
from tests.pages import submit

MONDAY = date(2026, 11, 16)
NEXT_MONDAY = at_local(MONDAY + timedelta(days=7), time(9))
MINUTE = timedelta(minutes=1)


def at(day, hour, minute=0):
    return at_local(MONDAY + timedelta(days=day), time(hour, minute))


@pytest.fixture
def lived(session):
    """A week with four visits as planned, one late, one missed and one nobody has heard of."""
    care = make_care(now=at(0, 7))
    for day in range(5):
        visit = make_visit(care, start=at(day, 8))
        late = 50 * MINUTE if day == 4 else timedelta(0)
        record(care, visit, start=at(day, 8) + late, minutes=55, now=at(day, 10))
    gone = make_visit(care, start=at(5, 8))
    service.miss_visit(visit_id=gone.id, reason="Ill.", actor=care.around.coordinator, now=at(5, 12))
    make_visit(care, start=at(6, 8))
    return care


def week(care, *, now=NEXT_MONDAY):
    return get_week(provider_id=care.around.provider.id, day=MONDAY, now=now)


class TestConfirming:
    def test_unchanged_visits_in_one_act_and_the_others_one_by_one(self, session, lived):
        actor = lived.around.coordinator
        before = week(lived)
        assert (len(before.unchanged), [e.why for e in before.exceptions]) == (
            4, [(Why.OFF_TIME,), (Why.MISSED,), (Why.NOTHING_HEARD,)],
        )  # fmt: skip

        service.confirm_unchanged(day=MONDAY + timedelta(days=3), actor=actor, now=NEXT_MONDAY)
        service.confirm_unchanged(day=MONDAY, actor=actor, now=NEXT_MONDAY)
        for exception in before.exceptions[:2]:
            service.confirm_exception(visit_id=exception.visit.id, actor=actor, now=NEXT_MONDAY)

        after = week(lived)
        assert (after.confirmed, after.unchanged, len(after.exceptions)) == (6, (), 1)
        ways = session.execute(
            select(VisitConfirmationRow.how, func.count()).group_by(VisitConfirmationRow.how)
        ).all()
        assert dict(tuple(r) for r in ways) == {Way.UNCHANGED.value: 4, Way.EXCEPTION.value: 2}

    def test_refuses_to_stand_by_what_nobody_has_heard_of(self, lived):
        (unheard,) = (e for e in week(lived).exceptions if Why.NOTHING_HEARD in e.why)

        with pytest.raises(NothingKnown):
            service.confirm_exception(
                visit_id=unheard.visit.id, actor=lived.around.coordinator, now=NEXT_MONDAY
            )

    def test_refuses_what_does_not_wait(self, lived):
        done = week(lived).unchanged[0]

        with pytest.raises(NotFound):
            service.confirm_exception(visit_id=done.id, actor=lived.around.coordinator, now=NEXT_MONDAY)

    def test_asks_again_once_a_late_record_has_come(self, lived):
        service.confirm_unchanged(day=MONDAY, actor=lived.around.coordinator, now=NEXT_MONDAY)
        visit = make_visit(lived, start=at(0, 14), now=at(0, 9))
        assert week(lived).confirmed == 4
        record(lived, visit, start=at(0, 14), minutes=60, now=NEXT_MONDAY + MINUTE)

        assert [v.id for v in week(lived, now=NEXT_MONDAY + 2 * MINUTE).unchanged] == [visit.id]

    def test_leaves_out_what_is_not_over(self, lived):
        found = week(lived, now=at(1, 7))

        assert (len(found.unchanged), found.exceptions) == (1, ())


class TestPages:
    def test_confirms_from_the_page(self, session, care, sign_in, now, commit):
        day = local_date(now) - timedelta(days=1)
        late, fine = at_local(day, time(8)), at_local(day, time(12))
        for start, began in ((late, late + 50 * MINUTE), (fine, fine)):
            record(care, make_visit(care, start=start), start=began, minutes=55, now=began + 60 * MINUTE)
        commit()
        browser, address = sign_in(care.around.coordinator), f"/provider/week?week={day}"

        page = browser.get(address)
        assert "1 visit went as planned." in page.text
        assert "not in time" in page.text
        submit(browser, address)
        look_again(session)
        exception = session.execute(select(VisitConfirmationRow.visit_id)).scalars().all()
        assert len(exception) == 1
        one = page.text.split('action="/provider/week/')[1].split("?")[0]
        assert submit(browser, address, to=f"/provider/week/{one}").status_code == 303

        look_again(session)
        assert "2 visits of this week are confirmed." in browser.get(address).text


def test_a_shift_holds_down_time_and_shows_what_it_served(session, care, sign_in, now):
    session.commit()
    day = local_date(utc_now())
    fields = {
        "worker": str(care.joy.account_id), "day-day": str(day.day), "day-month": str(day.month),
        "day-year": str(day.year), "starts": "00:00", "ends": "23:59",
    }  # fmt: skip
    planned = submit(sign_in(care.around.coordinator), "/provider/shifts", fields)
    assert planned.status_code == 303
    worker = sign_in(care.joy)
    page = worker.get("/round/down-time")
    record_id = page.text.split('name="record" type="hidden" value="')[1].split('"')[0]

    logged = submit(worker, "/round/down-time", {"record": record_id, "use": "training", "minutes": "20", "note": ""})

    look_again(session)
    assert logged.status_code == 303
    assert session.scalar(select(ShiftRow.down_minutes)) == 143
    assert session.scalar(select(DowntimeRow.minutes)) == 20
    (account,) = list_accounts_of_shifts(
        organisation_id=care.around.provider.id, since=at_local(day, time(0)), until=now + timedelta(days=1)
    )
    assert account.logged == 20
    assert "Training: 20 min" in sign_in(care.around.coordinator).get("/provider/shifts").text
