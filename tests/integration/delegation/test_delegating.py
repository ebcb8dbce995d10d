"""A delegation from its proposal to the incident that nobody hides."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from careplan.access.domain.actor import Role
from careplan.db.scope import see_everything, set_actor
from careplan.delegation import queries, service
from careplan.delegation.domain.delegation import State, state_at
from careplan.delegation.models import AlertRow, CompetenceRow, DelegationRow, IncidentRow, OccasionRow
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.visits import service as visits
from careplan.visits.domain.incoming import Sender
from careplan.visits.schemas import read_entry
from tests.factories.delegation import OXYGEN, make_active, make_competent, make_nurse, some_proposal
from tests.factories.organisations import make_account
from tests.factories.visits import make_care
from tests.pages import submit

NOW = utc_now().replace(microsecond=0)
TEN_DAYS_AGO = NOW - timedelta(days=10)
YESTERDAY = NOW - timedelta(days=1)


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
    made = make_active(
        person_id=care.person_id, provider_id=care.around.provider.id, nurse=nurse,
        coordinator=care.around.coordinator, worker=care.joy, now=TEN_DAYS_AGO,
    )  # fmt: skip
    session.commit()
    see_everything(session, as_="test")
    return made


def record(session, care, given, *, worker=None, at=YESTERDAY, **said):
    """What a tablet says of an occasion; answers the flags that matter here."""
    body = {
        "id": str(new_id()), "kind": "activity", "person": str(care.person_id), "delegation": str(given.id),
        "instruction_version": 1, "occurred_at": at.isoformat(), "result": "done",
        "readings": [{"name": "oxygen", "value": 95, "unit": "%"}], **said,
    }  # fmt: skip
    (verdict,) = visits.receive(entries=[read_entry(body)], sender=Sender(worker or care.joy), now=utc_now())
    see_everything(session, as_="test")
    assert verdict.as_json()["status"] == "accepted", verdict
    return verdict.said["flags"]


def lacks(session):
    return [lack for row in session.scalars(select(IncidentRow)) for lack in row.lacks]


class TestRecordOccasion:
    def test_by_a_worker_with_authority_is_no_incident(self, session, care, given):
        assert "unauthorised" not in record(session, care, given)
        assert lacks(session) == []

    def test_with_a_reading_out_of_range_tells_nurse_and_provider(self, session, care, given, nurse):
        flags = record(session, care, given, readings=[{"name": "oxygen", "value": "91.9", "unit": "%"}])

        alerts = session.scalars(select(AlertRow)).all()
        assert "out_of_range" in flags
        assert {(a.account_id, a.organisation_id) for a in alerts} == {
            (nurse.account_id, None),
            (None, care.around.provider.id),
        }
        assert "01632 960 300" in alerts[0].words

    def test_for_another_person_is_kept_as_an_incident(self, session, care, given):
        other = make_care(now=NOW - timedelta(days=20))
        session.execute(
            text(
                "INSERT INTO relationship (id, person_id, kind, organisation_id, since, source_type, source_id)"
                " VALUES (:id, :person, 'package', :provider, :since, 'test', :id)"
            ),
            {"id": new_id(), "person": other.person_id, "provider": care.around.provider.id, "since": TEN_DAYS_AGO},
        )
        session.commit()

        flags = record(session, care, given, person=str(other.person_id))

        assert "unauthorised" in flags
        assert lacks(session) == ["other_person"]
        assert session.scalar(select(OccasionRow.person_id)) == other.person_id
        assert session.scalar(select(IncidentRow.person_id)) == care.person_id

    def test_by_another_instruction_version_is_kept_as_an_incident(self, session, care, given, nurse):
        service.write_instruction(
            delegation_id=given.id,
            instruction=service.NewInstruction(("Use the other hand.",), (OXYGEN,), "The reading."),
            actor=nurse,
            now=NOW - timedelta(days=5),
        )
        session.commit()

        assert "unauthorised" in record(session, care, given, instruction_version=2)
        assert lacks(session) == ["other_instruction"]

    def test_a_day_after_competence_ended_is_kept_as_an_incident(self, session, care, given, nurse):
        make_competent(
            given.id, nurse=nurse, worker=care.sam, now=TEN_DAYS_AGO, ends_on=local_date(YESTERDAY - timedelta(days=1))
        )
        session.commit()

        assert "unauthorised" not in record(session, care, given, worker=care.sam, at=YESTERDAY - timedelta(days=1))
        assert "unauthorised" in record(session, care, given, worker=care.sam)
        assert lacks(session) == ["competence_over"]

    def test_by_an_uncertified_worker_tells_both_sides_until_they_acknowledge(
        self, session, care, given, nurse, sign_in
    ):
        record(session, care, given, worker=care.sam)

        told = session.execute(select(AlertRow.account_id, AlertRow.organisation_id)).all()
        assert set(told) == {(nurse.account_id, None), (None, care.around.provider.id)}
        browser = sign_in(nurse)
        alert = session.scalar(select(AlertRow.id).where(AlertRow.account_id == nurse.account_id))
        assert "without authority" in browser.get("/delegations").text
        submit(browser, "/delegations", to=f"/delegations/alerts/{alert}")
        see_everything(session, as_="test")
        assert queries.list_open_alerts(account_id=nurse.account_id) == []
        assert len(queries.list_open_alerts(organisation_id=care.around.provider.id)) == 1

    def test_under_no_delegation_at_all_is_kept(self, session, care, given):
        assert "unauthorised" in record(session, care, given, delegation=str(new_id()))

    def test_suspends_the_worker_concerned(self, session, care, given):
        record(session, care, given, instruction_version=4)

        assert session.scalar(select(CompetenceRow.suspended_at)) is not None

    def test_with_a_wrong_clock_leaves_the_suspension_to_a_person(self, session, care, given):
        body = {
            "id": str(new_id()), "kind": "activity", "person": str(care.person_id), "delegation": str(given.id),
            "instruction_version": 4, "occurred_at": YESTERDAY.isoformat(), "result": "done",
        }  # fmt: skip
        sender = Sender(care.joy, skew=timedelta(hours=3))

        visits.receive(entries=[read_entry(body)], sender=sender, now=utc_now())

        see_everything(session, as_="test")
        assert session.scalar(select(IncidentRow.time_uncertain)) is True
        assert session.scalar(select(CompetenceRow.suspended_at)) is None

    def test_received_after_a_withdrawal_is_judged_by_its_own_time(self, session, care, given, nurse):
        service.withdraw_delegation(
            delegation_id=given.id, reason="Better.", next_occasion="The district nurse.", actor=nurse,
            now=NOW - timedelta(hours=2),
        )  # fmt: skip
        session.commit()

        assert "unauthorised" not in record(session, care, given, at=NOW - timedelta(hours=3))
        assert "unauthorised" in record(session, care, given, at=NOW - timedelta(hours=1))


class TestPages:
    def test_take_a_delegation_from_proposal_to_authority(self, session, care, nurse, sign_in):
        session.commit()
        number = session.scalar(text("SELECT nhs_number FROM person")) if see(session) else ""
        today = local_date(NOW)
        day = {"day": today.day, "month": today.month, "year": today.year}

        def dated(name):
            return {f"{name}-{part}": value for part, value in day.items()}

        said = {
            "nhs_number": number, "birth_date-day": 9, "birth_date-month": 3, "birth_date-year": 1942,
            "provider": str(care.around.provider.id), "activity": "Checking oxygen", "why_suitable": "Steady.",
            "consent": "She said yes.", "escalation": "Ring us.", "stop_criteria": "Blue lips.",
            "steps": "Warm her hand.\nUse the meter.", "record_what": "The reading.",
            "ranges-0-name": "oxygen", "ranges-0-unit": "%", "ranges-0-low": "92", "ranges-0-high": "100",
            "ladder-0-name": "Community nurses", "ladder-0-phone": "01632 960 300", "ladder-0-minutes": "30",
            **{f"ladder-{n}-when": "always" for n in range(4)}, "regulator": "NMC", "registration_number": "18A1234E",
            "consent_basis": "person", "contact_in_hours": "Grace, 01632 960 300",
            "contact_out_of_hours": "Night nurses, 01632 960 301", **dated("supervision_on"), **dated("review_on"),
        }  # fmt: skip
        proposed = submit(sign_in(nurse), "/delegations/new", said)
        assert proposed.status_code == 303, proposed.text[-3000:]
        address = proposed.location
        submit(sign_in(care.around.coordinator), address, to=f"{address}/accept")
        for kind in ("trained", "observed"):
            said = {"worker_id": str(care.joy.account_id), "kind": kind, "by_whom": "Ann Lee", **dated("day")}
            assert submit(sign_in(nurse), f"{address}/preparations/new", said).status_code == 303
        assessed = submit(
            sign_in(nurse), f"{address}/competences/new",
            {"worker_id": str(care.joy.account_id), **dated("starts_on"), **dated("ends_on")},
        )  # fmt: skip
        assert assessed.status_code == 303, assessed.text[-3000:]
        see(session)
        competence = session.scalar(select(CompetenceRow.id))
        submit(sign_in(care.joy), "/delegations", to=f"/delegations/competences/{competence}/accept")

        see(session)
        found = queries.get_delegation(delegation_id=session.scalar(select(DelegationRow.id)))
        assert state_at(found, utc_now()) is State.ACTIVE
        page = sign_in(nurse).get(address).text
        assert "Joy Mensah" in page
        assert "may do it" in page

    def test_of_another_nurse_do_not_show_it(self, session, given, sign_in):
        other = make_nurse_elsewhere()
        session.commit()

        assert sign_in(other).get(f"/delegations/{given.id}").status_code == 404
        assert "Checking oxygen" not in sign_in(other).get("/delegations").text

    def test_let_nobody_answer_for_another_worker(self, session, care, given, nurse, sign_in):
        session.commit()
        see(session)
        competence = session.scalar(select(CompetenceRow.id))

        answer = submit(sign_in(care.joy), "/delegations", to=f"/delegations/competences/{competence}/decline")
        assert answer.status_code == 303
        stolen = submit(sign_in(care.sam), "/help", to=f"/delegations/competences/{competence}/accept")

        assert stolen.status_code == 404

    def test_of_one_propose_nothing_to_a_provider_that_does_not_care_for_the_person(
        self, session, care, nurse, sign_in
    ):
        session.commit()

        answer = submit(sign_in(nurse), "/delegations/new", {"nhs_number": "9990000000"})

        assert answer.status_code == 422


class TestDatabase:
    @pytest.mark.parametrize(
        "table", ["occasion", "reading", "delegation_incident", "instruction_version", "delegation_step"]
    )
    def test_refuses_to_change_what_was_recorded(self, session, care, given, table):
        record(session, care, given, worker=care.sam)

        for change in (
            f"DELETE FROM {table}",
            f"UPDATE {table} SET person_id = person_id",
            f"TRUNCATE {table} CASCADE",
        ):
            with pytest.raises(DBAPIError, match=r"permission denied|is refused"):
                session.execute(text(change))
            session.rollback()
            see(session)

    @pytest.mark.parametrize("table", ["delegation", "competence", "occasion", "reading", "delegation_incident"])
    def test_shows_nobody_elses_rows_though_nothing_filters(self, session, care, given, table):
        record(session, care, given, worker=care.sam)
        stranger = make_account(Role.CARE_WORKER)
        session.commit()

        set_actor(session, account_id=stranger.account_id)

        assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0


class TestProposeDelegation:
    def test_refuses_what_does_not_say_when_to_stop(self, session, care, nurse):
        from careplan.kernel.errors import Invalid

        with pytest.raises(Invalid) as refused:
            service.propose_delegation(
                person_id=care.person_id, proposal=some_proposal(care.around.provider.id, stop_criteria=" "),
                actor=nurse, now=NOW,
            )  # fmt: skip

        assert [p.field for p in refused.value.problems] == ["stop_criteria"]

    def test_is_answered_by_the_provider_only(self, session, care, nurse):
        from careplan.delegation.service.proposing import NotYourDelegation

        found = service.propose_delegation(
            person_id=care.person_id, proposal=some_proposal(care.around.provider.id), actor=nurse, now=NOW
        )

        with pytest.raises(NotYourDelegation):
            service.accept_delegation(delegation_id=found.id, actor=nurse, now=NOW)


def see(session):
    session.rollback()
    see_everything(session, as_="test")
    return True


def make_nurse_elsewhere():
    from careplan.organisations.domain.organisation import OrganisationKind
    from tests.factories.organisations import make_organisation

    trust = make_organisation(kind=OrganisationKind.NHS_TRUST)
    return make_account(Role.NURSE, organisation=trust)
