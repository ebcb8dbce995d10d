"""Medicines recorded from a tablet and by the form of a visit: kept, judged by their own time, told, charted."""

import re
from datetime import time, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from careplan.access.domain.actor import Role
from careplan.db.scope import see_everything, set_actor
from careplan.delegation.models import IncidentRow, OccasionRow
from careplan.kernel.clock import local_date, local_time, utc_now
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.medicines import queries, service
from careplan.medicines.models import DoseRow, MedicineAlertRow
from careplan.people import service as people
from careplan.people.domain.medicine import AsNeeded
from careplan.visits import service as visits
from careplan.visits.domain.incoming import Sender
from careplan.visits.schemas import read_entry
from tests.factories.delegation import make_active, make_nurse
from tests.factories.organisations import make_account
from tests.factories.people import some_medicine
from tests.factories.visits import make_care, make_visit
from tests.pages import submit

NOW = utc_now().replace(microsecond=0)
LONG_AGO = NOW - timedelta(days=20)


@pytest.fixture
def care(session):
    made = make_care(now=LONG_AGO)
    session.commit()
    see_everything(session, as_="test")
    return made


def write(session, care, **said):
    """A medicine on the record, for some days."""
    made = people.record_medicine(
        person_id=care.person_id, details=some_medicine(**said), actor=care.around.social_worker, now=LONG_AGO
    )
    session.commit()
    see_everything(session, as_="test")
    return made


def painkiller(session, care):
    return write(
        session, care, name="Paracetamol", strength="500 mg", times=None, reason="pain",
        as_needed=AsNeeded(Minutes(240), 4),
    )  # fmt: skip


def send(session, care, medicine_id, *, at, worker=None, result="given", **said):
    """What a tablet says of one occasion; answers the flags."""
    body = {
        "id": str(new_id()), "kind": "medicine", "person": str(care.person_id), "medicine": str(medicine_id),
        "occurred_at": at.isoformat(), "result": result, **said,
    }  # fmt: skip
    (verdict,) = visits.receive(entries=[read_entry(body)], sender=Sender(worker or care.joy), now=utc_now())
    see_everything(session, as_="test")
    assert verdict.as_json()["status"] == "accepted", verdict
    return set(verdict.said["flags"]) - {"not_on_round"}


def test_a_dose_too_early_is_kept_told_and_answered(session, care, sign_in):
    medicine = painkiller(session, care)
    assert send(session, care, medicine, at=NOW - timedelta(hours=5)) & {"dose_too_early"} == set()

    late = send(session, care, medicine, at=NOW - timedelta(hours=2), rang="111: go ahead")
    # A record that comes last and happened first is judged by its own time, against what came after it too.
    offline = send(session, care, medicine, at=NOW - timedelta(hours=8, minutes=59))

    assert "dose_too_early" in late
    assert "dose_too_early" in offline
    assert len(session.scalars(select(DoseRow)).all()) == 3
    first, second = queries.list_open_alerts(organisation_id=care.around.provider.id)
    assert "Rung: 111: go ahead" in first.words
    assert "Nobody was rung" in second.words
    coordinator = sign_in(care.around.coordinator)
    assert first.words.split(".")[0] in coordinator.get("/provider").text
    submit(coordinator, "/provider", {"words": " "}, to=f"/medicines/alerts/{first.id}")
    submit(coordinator, "/provider", {"words": "Spoke to the GP"}, to=f"/medicines/alerts/{second.id}")
    see_everything(session, as_="test")
    assert [a.id for a in queries.list_open_alerts(organisation_id=care.around.provider.id)] == [first.id]


def test_what_is_on_no_record_or_not_prescribed_that_day_is_kept_and_told(session, care):
    stopped = write(session, care, stops_on=local_date(NOW - timedelta(days=3)))

    assert "medicine_unknown" in send(session, care, new_id(), at=NOW - timedelta(hours=1))
    assert "dose_not_prescribed" in send(session, care, stopped, at=NOW - timedelta(hours=1))
    assert "dose_not_prescribed" not in send(session, care, stopped, at=NOW - timedelta(days=4))
    assert len(session.scalars(select(DoseRow)).all()) == 3


def test_left_out_needs_its_reason_and_the_id_counts_once(session, care):
    medicine = write(session, care)
    body = {
        "id": str(new_id()), "kind": "medicine", "person": str(care.person_id), "medicine": str(medicine),
        "occurred_at": NOW.isoformat(), "result": "omitted",
    }  # fmt: skip

    assert [p.field for p in read_entry(body).problems] == ["reason"]
    whole = read_entry({**body, "reason": "She was asleep"})
    answers = [visits.receive(entries=[whole], sender=Sender(care.joy), now=utc_now())[0] for _ in range(2)]
    see_everything(session, as_="test")
    assert answers[1].said["replay"] is True
    assert len(session.scalars(select(DoseRow)).all()) == 1


def test_silence_about_what_must_come_on_time_is_told_once_and_settled_by_the_record(session, care):
    due = (NOW - timedelta(hours=2)).replace(second=0)
    clock = local_time(due).time()
    medicine = write(session, care, clock=(clock,), on_time=True)

    assert service.watch_over_silence(now=due + timedelta(minutes=29)) == 0
    assert service.watch_over_silence(now=due + timedelta(minutes=31)) == 1
    assert service.watch_over_silence(now=due + timedelta(minutes=40)) == 0
    session.commit()
    see_everything(session, as_="test")
    (alert,) = queries.list_open_alerts(organisation_id=care.around.provider.id)
    assert "nothing has been recorded" in alert.words

    send(session, care, medicine, at=due + timedelta(minutes=5))

    assert queries.list_open_alerts(organisation_id=care.around.provider.id) == []
    assert "dose_not_given" in send(session, care, medicine, at=due, result="not_available")


def test_what_takes_a_technique_is_a_doing_of_its_delegation(session, care, sign_in):
    nurse = make_nurse()
    given = make_active(
        person_id=care.person_id, provider_id=care.around.provider.id, nurse=nurse,
        coordinator=care.around.coordinator, worker=care.joy, now=NOW - timedelta(days=10),
    )  # fmt: skip
    medicine = write(session, care, name="Insulin", technique=True)
    page = f"/people/{care.person_id}/medicines/{medicine}/delegation"
    assert "nobody is delegated yet" in sign_in(nurse).get(f"/people/{care.person_id}/medicines").text
    assert submit(sign_in(nurse), page, {"delegation": str(given.id)}).status_code == 303

    assert "unauthorised" not in send(session, care, medicine, at=NOW - timedelta(hours=9))
    assert "unauthorised" in send(session, care, medicine, at=NOW - timedelta(hours=1), worker=care.sam)

    assert len(session.scalars(select(OccasionRow)).all()) == 2
    assert len(session.scalars(select(IncidentRow)).all()) == 1


def test_the_form_asks_back_once_and_keeps_what_is_said_to_be_right(session, care, sign_in):
    medicine = painkiller(session, care)
    send(session, care, medicine, at=NOW - timedelta(hours=1))
    start = NOW.replace(second=0)
    visit = make_visit(care, start=start, worker=care.joy)
    session.commit()
    address, field = f"/visits/{visit.id}", medicine.hex
    begun, left = local_time(start), local_time(start + timedelta(minutes=1))
    said = {
        "record": str(new_id()), "result": "completed",
        "started": f"{begun:%H:%M}", "ended": f"{left:%H:%M}", f"dose_{field}": "given",
    }  # fmt: skip
    worker = sign_in(care.joy)
    shown = worker.get(address).text
    assert "1 of at most 4 in the last 24 hours" in shown
    assert "Ring before you give it" in shown

    asked = submit(worker, address, said)
    assert asked.status_code == 422
    assert "too early or one too many" in asked.text
    marked = re.search(r'name="asked_back"[^>]*value="(\w+)"', asked.text)
    again = submit(worker, address, {**said, "asked_back": marked[1]})

    assert again.status_code == 303, again.text[again.text.find("error-summary") :][:900]
    see_everything(session, as_="test")
    assert len(session.scalars(select(DoseRow)).all()) == 2
    assert "Nobody was rung" in session.scalar(select(MedicineAlertRow.words))


def test_a_worker_corrects_an_own_record_once_and_both_stay_on_the_chart(session, care, sign_in):
    at = (NOW - timedelta(days=1)).replace(hour=8, minute=10)
    send(session, care, write(session, care, clock=(time(8), time(20))), at=at, result="declined", reason="Not hungry")
    for worker in (care.joy, care.sam):
        make_visit(care, start=NOW, worker=worker)
    session.commit()
    see_everything(session, as_="test")
    wrong = session.scalar(select(DoseRow.id))
    chart, joy = f"/people/{care.person_id}/medicines", sign_in(care.joy)
    page = f"{chart}/doses/{wrong}/correct"
    said = {"result": "given", "at": f"{local_time(at):%H:%M}", "reason": "Not hungry"}
    assert page in joy.get(chart).text
    for other in (care.sam, care.around.coordinator):
        assert page not in sign_in(other).get(chart).text
        assert sign_in(other).get(page).status_code == 404
    assert "declined: Not hungry" in joy.get(page).text

    silent = submit(joy, page, {**said, "at": "25:00", "because": ""})
    assert silent.status_code == 422
    for words in ("24 hour clock", "Say what was wrong with the record", 'value="25:00"', 'value="Not hungry"'):
        assert words in silent.text
    same = submit(joy, page, {**said, "result": "declined", "because": "Nothing"})
    assert (same.status_code, "This is what is recorded already" in same.text) == (422, True)
    whole = {**said, "because": "I pressed the wrong one."}
    assert [submit(joy, page, whole, to=page).status_code for _ in range(2)] == [303, 303]
    late = submit(joy, page, {**whole, "result": "spoiled"}, to=page)
    assert (late.status_code, "This has been corrected since" in late.text) == (409, True)

    see_everything(session, as_="test")
    assert len(session.scalars(select(DoseRow)).all()) == 2
    shown = sign_in(care.around.coordinator).get(chart).text
    for words in ("declined: Not hungry", "given</td>", "I pressed the wrong one."):
        assert words in shown, words
    assert "Correct what counts now" in joy.get(page).text


def test_the_chart_shows_each_time_of_each_day_to_those_who_may_read_it(session, care, sign_in):
    yesterday = NOW - timedelta(days=1)
    medicine = write(session, care, clock=(time(8), time(20)))
    send(session, care, medicine, at=yesterday.replace(hour=8, minute=10), result="declined", reason="Not hungry")

    page = sign_in(care.around.coordinator).get(f"/people/{care.person_id}/medicines").text

    assert "declined: Not hungry" in page
    assert "nothing recorded" in page
    assert sign_in(care.around.coordinator).get(f"/people/{care.person_id}/medicines?from=x").status_code == 200
    stranger = make_account(Role.CARE_WORKER)
    session.commit()
    assert sign_in(stranger).get(f"/people/{care.person_id}/medicines").status_code == 404
    set_actor(session, account_id=stranger.account_id)
    assert session.scalar(text("SELECT count(*) FROM medicine_dose")) == 0
    session.rollback()
    with pytest.raises(DBAPIError, match=r"permission denied|is refused"):
        session.execute(text("UPDATE medicine_dose SET note = 'x'"))
