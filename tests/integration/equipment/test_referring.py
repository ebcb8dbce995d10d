"""From a referral to a thing in the home, and out of it again."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from careplan.access.domain.actor import Role
from careplan.db.scope import see_everything, set_actor
from careplan.equipment import queries
from careplan.equipment.domain.item import ItemState
from careplan.equipment.domain.referral import ReferralState
from careplan.equipment.models import EquipmentRow, ReferralRow
from careplan.kernel.clock import local_date, utc_now
from careplan.notices.models import NoticeRow
from tests.factories.organisations import make_account
from tests.factories.visits import make_care
from tests.pages import submit

NOW = utc_now()


@pytest.fixture
def care(session):
    made = make_care(now=NOW - timedelta(days=20))
    session.commit()
    see_everything(session, as_="test")
    return made


def day(name, on):
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def test_a_referral_leads_to_equipment_that_changes_no_hours_by_itself_and_is_collected(session, care, sign_in):
    therapist = make_account(Role.OCCUPATIONAL_THERAPIST, name="Owen Pryce")
    other = make_account(Role.OCCUPATIONAL_THERAPIST)
    session.commit()
    worker, person = sign_in(care.around.social_worker), f"/people/{care.person_id}"
    said = {"therapist": str(therapist.account_id), "reason": "Two to lift", "urgency": "soon", "agreed": "Yes, please"}
    assert submit(worker, f"{person}/referrals/new", {**said, "agreed": ""}).status_code == 422
    sent = submit(worker, f"{person}/referrals/new", said)
    assert sent.status_code == 303
    page, hands = sent.location, sign_in(therapist)
    assert "Two to lift" in hands.get("/referrals").text
    assert sign_in(other).get(page).status_code == 404
    assert submit(worker, "/referrals", {"event": "accepted"}, to=page).status_code in (403, 404, 422)

    today = local_date(utc_now())
    for event, more in (
        ("accepted", {}), ("visit_planned", {"words": "Tuesday", **day("visit_on", today + timedelta(days=3))}),
        ("recommended", {"words": "A stand aid for one worker."}),
    ):  # fmt: skip
        assert submit(hands, page, {"event": event, **more}).status_code == 303, event
    thing = {
        "kind": "aid", "name": "Stand aid", "why": "To stand with one worker.", "cost": "640",
        "before-hours": "28", "before-minutes": "0", "after-hours": "14", "after-minutes": "0", "referral": "",
    }  # fmt: skip
    assert submit(hands, f"{person}/equipment/new", thing).status_code == 303
    see_everything(session, as_="test")
    equipment_id = session.scalar(select(EquipmentRow.id))
    told = session.scalars(
        select(NoticeRow.words).where(NoticeRow.recipient_id == care.around.social_worker.account_id)
    )
    assert any("No hours have changed" in words for words in told)
    for event in ("delivered", "in_use"):
        step = {"event": event, **day("on", today)}
        assert submit(hands, f"/equipment/{equipment_id}/steps/new", step).status_code == 303
    shown = worker.get(f"{person}/equipment").text
    assert "Free for" in shown
    assert "in use" in shown

    assert "Stand aid" in worker.get(f"{person}/ending").text
    ending = {"kind": "died", "time": "00:00", "told_by": "Her son", **day("day", today), "equipment": ""}
    assert submit(worker, f"{person}/ending", ending).status_code == 303
    see_everything(session, as_="test")
    assert session.scalar(text("SELECT equipment FROM ending")) == ["Stand aid"]
    assert queries.get_item(equipment_id=equipment_id).state is ItemState.IN_USE


def test_a_referral_that_is_declined_closes_the_record_to_the_therapist_again(session, care, sign_in):
    therapist = make_account(Role.OCCUPATIONAL_THERAPIST)
    session.commit()
    said = {"therapist": str(therapist.account_id), "reason": "Stairs", "urgency": "routine", "agreed": "Yes"}
    sent = submit(sign_in(care.around.coordinator), f"/people/{care.person_id}/referrals/new", said)
    hands = sign_in(therapist)
    assert hands.get(f"/people/{care.person_id}").status_code == 200

    answer = submit(hands, sent.location, {"event": "declined", "words": "The stairs team comes."})

    assert answer.status_code == 303
    assert hands.get(f"/people/{care.person_id}").status_code == 404
    see_everything(session, as_="test")
    (found,) = queries.list_referrals(person_id=care.person_id)
    assert found.state is ReferralState.DECLINED
    set_actor(session, account_id=make_account(Role.CARE_WORKER).account_id)
    assert session.scalar(select(ReferralRow.id)) is None
