"""A reading out of range goes up the ladder until somebody answers; an incident is followed to both sides' yes."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from careplan.access.domain.actor import Role
from careplan.db.scope import see_everything
from careplan.delegation import queries, service
from careplan.delegation.domain.delegation import State, state_at
from careplan.delegation.domain.incident import IncidentState
from careplan.delegation.domain.ladder import EscalationStep, When
from careplan.delegation.models import AlertRow, EscalationRow
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.visits import service as visits
from careplan.visits.domain.incoming import Sender
from careplan.visits.schemas import read_entry
from tests.factories.delegation import make_active, make_nurse
from tests.factories.organisations import make_account
from tests.factories.visits import make_care
from tests.pages import submit

NOW = utc_now().replace(microsecond=0)
TEN_DAYS_AGO = NOW - timedelta(days=10)


@pytest.fixture
def care(session):
    made = make_care(now=NOW - timedelta(days=20))
    session.commit()
    see_everything(session, as_="test")
    return made


@pytest.fixture
def nurse(session):
    return make_nurse()


@pytest.fixture
def given(session, care, nurse):
    ladder = (
        EscalationStep(1, nurse.name, "01632 960 401", 30, When.ALWAYS, nurse.account_id),
        EscalationStep(2, "Out of hours team", "01632 960 499", 60, When.ALWAYS),
    )
    made = make_active(
        person_id=care.person_id, provider_id=care.around.provider.id, nurse=nurse,
        coordinator=care.around.coordinator, worker=care.joy, now=TEN_DAYS_AGO, ladder=ladder,
    )  # fmt: skip
    session.commit()
    see_everything(session, as_="test")
    return made


def record(session, care, given, *, value="88", worker=None, **said):
    """A reading from a tablet."""
    body = {
        "id": str(new_id()), "kind": "activity", "person": str(care.person_id), "delegation": str(given.id),
        "instruction_version": 1, "occurred_at": (NOW - timedelta(minutes=5)).isoformat(), "result": "done",
        "readings": [{"name": "oxygen", "value": value, "unit": "%"}], **said,
    }  # fmt: skip
    visits.receive(entries=[read_entry(body)], sender=Sender(worker or care.joy), now=utc_now())
    see_everything(session, as_="test")


def open_alerts(session):
    rows = session.execute(
        select(AlertRow.account_id, AlertRow.organisation_id).where(AlertRow.acknowledged_at.is_(None))
    )
    return {i for row in rows for i in row if i}


def test_a_reading_out_of_range_goes_up_the_ladder_until_somebody_answers(session, care, given, nurse, sign_in):
    record(session, care, given)
    found = session.scalar(select(EscalationRow))
    assert open_alerts(session) == {nurse.account_id}  # in the transaction of the record

    assert service.carry_escalations_on(now=found.raised_at + timedelta(minutes=29)) == 0
    assert service.carry_escalations_on(now=found.raised_at + timedelta(minutes=31)) == 1
    assert open_alerts(session) == {nurse.account_id}  # the second has no account here: whoever is there rings
    # The job stood still for a day and a half, and then two of them run one after the other.
    assert service.carry_escalations_on(now=found.raised_at + timedelta(hours=36)) == 1
    assert service.carry_escalations_on(now=found.raised_at + timedelta(hours=36)) == 0
    assert open_alerts(session) == {nurse.account_id, care.around.provider.id, nurse.organisation_id}
    session.commit()

    page = f"/delegations/escalations/{found.id}"
    colleague = make_account(Role.NURSE, organisation=None)
    session.execute(
        text("UPDATE account SET organisation_id = :o WHERE id = :a"),
        {"o": nurse.organisation_id, "a": colleague.account_id},
    )
    session.commit()
    assert "Nobody has answered" in sign_in(care.around.coordinator).get(page).text
    assert "lies outside" in sign_in(nurse).get(f"/delegations/{given.id}").text
    assert "lies outside" in sign_in(care.around.coordinator).get("/provider").text
    submit(sign_in(nurse), page, {"words": " "})
    see_everything(session, as_="test")
    assert len(open_alerts(session)) == 3
    submit(sign_in(nurse), page, {"words": "Rang Joy; she is well, 94 now."})
    see_everything(session, as_="test")
    assert open_alerts(session) == set()
    assert service.carry_escalations_on(now=NOW + timedelta(days=3)) == 0
    assert "94 now" in sign_in(care.around.coordinator).get(page).text


def test_an_answer_to_the_alert_answers_the_escalation(session, care, given, nurse, sign_in):
    record(session, care, given)
    alert = session.scalar(select(AlertRow.id))

    submit(sign_in(nurse), "/delegations", {"words": "Going there now."}, to=f"/delegations/alerts/{alert}")

    see_everything(session, as_="test")
    assert session.scalar(select(EscalationRow.answered_words)) == "Going there now."


def test_a_reading_in_range_or_in_another_unit_that_we_know_is_judged_alike(session, care, given):
    record(session, care, given, value="95")
    assert session.scalar(select(EscalationRow)) is None
    record(session, care, given, readings=[{"name": "oxygen", "value": "88", "unit": "percent"}])
    assert session.scalar(select(EscalationRow)) is not None


def test_an_incident_is_followed_up_and_closed_by_both_sides(session, care, given, nurse, sign_in):
    record(session, care, given, value="95", worker=care.sam)
    (incident,) = queries.list_incidents(delegation_id=given.id)
    page = f"/delegations/incidents/{incident.id}"
    coordinator, clinician = sign_in(care.around.coordinator), sign_in(nurse)
    assert "not been found competent" in coordinator.get(page).text
    assert submit(coordinator, page, {"event": "provider_closes", "words": "Done"}).status_code == 422

    for who, event, more in (
        (coordinator, "taken", {}), (coordinator, "acted", {}), (coordinator, "debriefed", {}),
        (clinician, "decided", {"stays": "yes"}), (coordinator, "provider_closes", {}),
    ):  # fmt: skip
        assert submit(who, page, {"event": event, "words": f"Said {event}", **more}).status_code == 303
    assert submit(coordinator, page, {"event": "delegator_closes", "words": "For them"}).status_code == 422
    assert submit(clinician, page, {"event": "delegator_closes", "words": "Agreed"}).status_code == 303

    see_everything(session, as_="test")
    (closed,) = queries.list_incidents(delegation_id=given.id)
    assert closed.state is IncidentState.CLOSED
    assert "closed" in clinician.get("/delegations/incidents").text
    assert sign_in(care.sam).get(page).status_code == 404
    see_everything(session, as_="test")
    with pytest.raises(DBAPIError, match=r"permission denied|is refused"):
        session.execute(text("UPDATE delegation_incident_step SET words = 'x'"))


def test_a_review_says_whether_it_goes_on(session, care, given, nurse, sign_in):
    today = local_date(utc_now())
    later = today + timedelta(days=60)

    def day(name, on):
        return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}

    page, clinician = f"/delegations/{given.id}/reviews/new", sign_in(nurse)
    said = {"findings": "Steady.", "decision": "continue", **day("held_on", today)}
    assert submit(clinician, page, said).status_code == 422
    assert submit(clinician, page, {**said, **day("next_on", later)}).status_code == 303
    shown = clinician.get(f"/delegations/{given.id}").text
    assert "Steady." in shown
    assert clinician.get(f"/delegations/{given.id}/adherence").status_code == 200

    stop = {**said, "decision": "stop", "next_occasion": "The district nurse"}
    stopped = submit(clinician, page, stop)
    assert stopped.status_code == 303, stopped.text[stopped.text.find("error-summary") :][:700]
    see_everything(session, as_="test")
    assert state_at(queries.get_delegation(delegation_id=given.id), utc_now()) is State.WITHDRAWN
    assert queries.get_delegation(delegation_id=given.id).review_on == later
