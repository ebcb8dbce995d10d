"""Authority that falls away: told at once, with who does the next one, until both sides know; and what it touches."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from careplan.access import service as access
from careplan.access.queries import get_account
from careplan.db.scope import see_everything, set_actor
from careplan.delegation import queries, service
from careplan.delegation.domain.delegation import Reach, State, state_at
from careplan.delegation.domain.occasion import OccasionResult
from careplan.delegation.domain.stopping import Cause, StopParty
from careplan.delegation.domain.workers import PreparationKind, standings_of
from careplan.delegation.models import AlertRow, CompetenceRow, IncidentRow, StopRow
from careplan.kernel.clock import at_local, local_date, utc_now
from careplan.kernel.errors import Conflict, DomainError, Invalid
from careplan.kernel.ids import new_id
from careplan.kernel.transitions import NotNow
from careplan.notices.models import NoticeRow
from careplan.visits.models import VisitActivityRow
from tests.factories.delegation import OXYGEN, make_active, make_competent, make_nurse
from tests.factories.organisations import make_account
from tests.factories.people import make_person
from tests.factories.visits import make_care, make_visit
from tests.pages import submit

NOW = utc_now().replace(microsecond=0)
TEN_DAYS_AGO = NOW - timedelta(days=10)
REACH = Reach("NMC", "18A1234E", "Grace, 300", "Night nurses, 301")
NEXT = "The district nurse."


@pytest.fixture
def nurse(session):
    return make_nurse()


@pytest.fixture
def care(session):
    return make_care(now=NOW - timedelta(days=20))


@pytest.fixture
def given(care, nurse):
    """Joy and Sam may both do it."""
    found = make_active(
        person_id=care.person_id, provider_id=care.around.provider.id, nurse=nurse,
        coordinator=care.around.coordinator, worker=care.joy, now=TEN_DAYS_AGO, reach=REACH,
        ends_on=local_date(NOW) + timedelta(days=60),
    )  # fmt: skip
    return make_competent(found.id, nurse=nurse, worker=care.sam, now=TEN_DAYS_AGO)


def version(*, reconfirm=True, equipment="", why="Her hands are cold."):
    return service.NewInstruction(("Warm both hands.",), (OXYGEN,), "The reading.", reconfirm, why, equipment)


def standing(given_id, at):
    found = queries.get_delegation(delegation_id=given_id)
    return {s.competence.worker_id for s in standings_of(found, at) if s.stands}


def causes(given_id):
    return [s.cause for s in reversed(queries.list_stops(delegation_id=given_id))]


def test_a_whole_life_stops_and_goes_on_and_says_each_time_who_is_next(care, given, nurse):
    joy, sam, said = care.joy, care.sam, {"actor": nurse, "now": NOW}
    service.suspend_delegation(delegation_id=given.id, reason="A cold.", next_occasion=NEXT, **said)
    assert standing(given.id, NOW) == set()
    service.resume_delegation(delegation_id=given.id, reason="Better.", **said)

    service.write_instruction(delegation_id=given.id, instruction=version(), **said)
    assert standing(given.id, NOW) == set()
    assert standing(given.id, NOW - timedelta(hours=1)) == {joy.account_id, sam.account_id}
    own = next(c for c in queries.get_delegation(delegation_id=given.id).competences if c.worker_id == joy.account_id)
    confirmed = service.reconfirm_competence(competence_id=own.id, ends_on=local_date(NOW), **said)
    with pytest.raises(Conflict):
        service.reconfirm_competence(competence_id=own.id, ends_on=local_date(NOW), **said)
    service.accept_competence(competence_id=confirmed, actor=joy, now=NOW)
    assert standing(given.id, NOW) == {joy.account_id}

    service.decline_competence(competence_id=confirmed, actor=joy, now=NOW)
    assert standing(given.id, NOW) == set()
    service.withdraw_delegation(delegation_id=given.id, reason="Better.", next_occasion=NEXT, **said)

    stops = {s.cause: s for s in queries.list_stops(delegation_id=given.id)}
    assert set(stops) == {Cause.SUSPENDED, Cause.NEW_INSTRUCTION, Cause.WORKER_DECLINED, Cause.WITHDRAWN}
    assert stops[Cause.SUSPENDED].next_occasion == NEXT
    assert stops[Cause.WORKER_DECLINED].next_occasion == "Northbridge Community Healthcare NHS Trust"
    assert all(s.contact in ("Grace, 300", "Night nurses, 301") for s in stops.values())
    assert {s.known_to(StopParty.DELEGATOR) is None for s in stops.values() if s.by == nurse.account_id} == {False}
    with pytest.raises(NotNow, match="propose the activity anew"):
        service.write_instruction(delegation_id=given.id, instruction=version(), **said)


def test_a_version_that_changes_nothing_for_workers_leaves_them_and_other_equipment_never_does(care, given, nurse):
    said = {"delegation_id": given.id, "actor": nurse, "now": NOW}
    with pytest.raises(Invalid) as refused:
        service.write_instruction(instruction=version(reconfirm=False, equipment="A new meter"), **said)
    assert [p.field for p in refused.value.problems] == ["reconfirm"]

    service.write_instruction(instruction=version(reconfirm=False, why="A spelling."), **said)

    assert standing(given.id, NOW) == {care.joy.account_id, care.sam.account_id}
    assert causes(given.id) == []


def test_a_worker_is_trained_observed_and_assessed_in_this_order_by_who_may(session, care, given, nurse):
    new = make_account(care.joy.role, organisation=care.around.provider, name="Nia")
    said = {"delegation_id": given.id, "now": NOW}
    dates = {"starts_on": local_date(NOW), "ends_on": local_date(NOW)}

    today = local_date(NOW)

    def prepare(kind, *, day=today, actor=nurse, worker=new):
        prepared = service.Prepared(worker.account_id, kind, day, "Ann Lee")
        return service.record_preparation(prepared=prepared, actor=actor, **said)

    refusals = (
        lambda: service.assess_worker(worker_id=new.account_id, actor=nurse, **dates, **said),
        lambda: prepare(PreparationKind.OBSERVED),
        lambda: prepare(PreparationKind.TRAINED, day=local_date(NOW) + timedelta(days=1)),
        lambda: prepare(PreparationKind.TRAINED, actor=make_nurse()),
        lambda: prepare(PreparationKind.TRAINED, worker=nurse),
    )
    for refused in refusals:
        with pytest.raises(DomainError):
            refused()
    prepare(PreparationKind.TRAINED, actor=care.around.coordinator)
    prepare(PreparationKind.OBSERVED)
    found = service.assess_worker(worker_id=new.account_id, actor=nurse, **dates, **said)
    assert session.get(CompetenceRow, found).observed_by == "Ann Lee"
    assert new.account_id not in standing(given.id, NOW)
    service.accept_competence(competence_id=found, actor=new, now=NOW)
    assert new.account_id in standing(given.id, NOW)


def test_what_ends_by_itself_is_told_once_and_warned_of_at_28_14_and_7_days(session, care, given, nurse):
    today = local_date(NOW)
    joys = given.competences[0]
    session.execute(update(CompetenceRow).where(CompetenceRow.id == joys.id).values(ends_on=today + timedelta(days=28)))
    session.expire_all()
    told = [service.warn_of_endings(now=NOW + timedelta(days=d)) for d in (-1, 0, 1, 14, 15, 21, 22)]
    assert told == [0, 1, 0, 1, 0, 1, 0]

    over = at_local(today + timedelta(days=29), NOW.time())
    access.close_account(account_id=care.sam.account_id, now=over)
    assert (service.notice_endings(now=over), service.notice_endings(now=over)) == (2, 0)
    assert set(causes(given.id)) == {Cause.COMPETENCE_OVER, Cause.WORKER_LEFT}
    expired = over + timedelta(days=32)
    assert (service.notice_endings(now=expired), service.notice_endings(now=expired)) == (1, 0)

    # The record is shut to the nurse by then; that it has ended still reaches her, and she can say so.
    session.commit()
    set_actor(session, account_id=nurse.account_id, organisation_id=nurse.organisation_id)
    ended = next(s for s in queries.list_open_stops(delegator_id=nurse.account_id) if s.cause is Cause.EXPIRED)
    assert state_at(given, expired) is State.EXPIRED
    service.acknowledge_stop(stop_id=ended.id, words="", actor=nurse, now=expired)
    assert ended.id not in {s.id for s in queries.list_open_stops(delegator_id=nurse.account_id)}


def test_both_sides_see_the_visits_that_it_touches_until_each_knows(session, care, given, nurse, sign_in):
    tomorrow = utc_now() + timedelta(days=1)
    joys = make_visit(care, start=tomorrow, workers=[care.joy.account_id])
    both = make_visit(
        care, start=tomorrow + timedelta(hours=2), workers=[care.joy.account_id, care.sam.account_id], workers_needed=2
    )
    far = make_visit(care, start=tomorrow + timedelta(days=28), workers=[care.joy.account_id])
    session.add_all(
        VisitActivityRow(visit_id=v.id, delegation_id=given.id, person_id=care.person_id) for v in (joys, both, far)
    )
    session.commit()
    browser, office = sign_in(nurse), sign_in(care.around.coordinator)
    own = next(c for c in given.competences if c.worker_id == care.joy.account_id)
    refused = submit(browser, f"/delegations/{given.id}", {"reason": "A cold."}, to=f"/delegations/{given.id}/suspend")
    assert refused.status_code == 422
    assert 'value="A cold."' in refused.text
    assert "Say who does it next." in refused.text

    address = f"/delegations/competences/{own.id}/suspend"
    assert submit(browser, address, {"reason": "Too early.", "next_occasion": NEXT}).status_code == 303

    see_everything(session, as_="test")
    stop = session.scalar(select(StopRow.id))
    notices = session.execute(select(NoticeRow.recipient_id, NoticeRow.address)).all()
    assert (care.around.coordinator.account_id, f"/delegations/stops/{stop}") in [tuple(n) for n in notices]
    session.rollback()
    today = office.get("/provider").text
    assert "1 visit uncovered" in today
    shown = office.get(f"/delegations/stops/{stop}").text
    assert "At 1 of 2 visits nobody who is to come may do it." in shown
    assert f"/visits/{joys.id}/change" in shown
    assert "does not know yet" in shown
    submit(office, f"/delegations/stops/{stop}", {"words": "Sam goes.", "then": "/provider"})
    known = browser.get(f"/delegations/stops/{stop}").text
    assert "Sam goes." in known
    assert "does not know yet" not in known
    assert "1 visit uncovered" not in office.get("/provider").text
    matrix = office.get(f"/provider/competence?worker={care.joy.account_id}").text
    assert "Too early." in matrix
    assert sign_in(care.joy).get(f"/delegations/stops/{stop}").status_code == 404


def test_what_is_done_without_authority_is_kept_and_both_sides_are_told(session, care, given, nurse):
    other = make_active(
        person_id=care.person_id, provider_id=care.around.provider.id, nurse=nurse, activity="Eye drops",
        coordinator=care.around.coordinator, worker=care.sam, now=TEN_DAYS_AGO,
    )  # fmt: skip
    stranger = make_person(social_worker=care.around.social_worker)
    late = make_competent(
        other.id, nurse=nurse, worker=make_account(care.joy.role, organisation=care.around.provider), now=TEN_DAYS_AGO,
        ends_on=local_date(NOW) - timedelta(days=2),
    ).competences[-1]  # fmt: skip
    worker = get_account(account_id=late.worker_id)
    usual = {
        "person_id": care.person_id, "delegation_id": given.id, "instruction_version": 1,
        "effective_at": NOW - timedelta(days=1), "result": OccasionResult.DONE, "actor": care.joy, "now": NOW,
        "time_uncertain": True,
    }  # fmt: skip
    cases = (
        ({"person_id": stranger}, "other_person"),
        ({"delegation_id": other.id}, "not_competent"),
        ({"instruction_version": 2}, "unknown_instruction"),
        ({"delegation_id": other.id, "actor": worker}, "competence_over"),
    )
    for otherwise, _ in cases:
        assert not service.record_occasion(occasion_id=new_id(), **usual | otherwise).authority.stood
    fine = {"delegation_id": other.id, "actor": worker, "effective_at": NOW - timedelta(days=2)}
    assert service.record_occasion(occasion_id=new_id(), **usual | fine).authority.stood

    lacking = [row.lacks[0] for row in session.scalars(select(IncidentRow).order_by(IncidentRow.id))]
    assert lacking == [lack for _, lack in cases]
    told = session.execute(
        select(AlertRow.account_id, AlertRow.organisation_id, func.count()).group_by(
            AlertRow.account_id, AlertRow.organisation_id
        )
    ).all()
    assert {tuple(row) for row in told} == {(nurse.account_id, None, 4), (None, care.around.provider.id, 4)}
