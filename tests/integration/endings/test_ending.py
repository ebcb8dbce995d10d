"""An ending ends everything that belongs to the care, in one act; a mistake brings everything back that can."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from careplan.access import queries as access
from careplan.access.domain.policy import Kind
from careplan.access.models import Relationship
from careplan.delegation import queries as delegations
from careplan.delegation.domain.delegation import State, state_at
from careplan.endings import queries, service
from careplan.endings.domain.ending import AlreadyEnded, EndingKind, NewEnding, WrongEnding
from careplan.hours import queries as hours
from careplan.hours import service as hours_service
from careplan.hours.models import HourReservation
from careplan.kernel.clock import end_of_day, local_date
from careplan.kernel.errors import DomainError
from careplan.people import queries as people
from careplan.people.domain.partnership import MemberKind
from careplan.people.domain.retraction import AlreadyRetracted
from careplan.plans import queries as plans
from careplan.plans import service as plan_service
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.state import Party
from careplan.visits import queries as visits
from careplan.visits import service as visit_service
from careplan.visits.domain.visit import CancelledBy, Status
from careplan.visits.service.planning import NoPlan
from tests.factories.endings import end_care, take_back
from tests.factories.people import make_person
from tests.factories.plans import agree
from tests.factories.reviews import begin_next
from tests.factories.visits import make_care, make_visit, visit_body

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def standing(care, *, at):
    """Who is related to the person at an instant, by kind."""
    return {
        r.kind
        for r in access.list_relationships(person_id=care.person_id)
        if r.since <= at and (r.until is None or r.until > at)
    }


def bank(care, now):
    return hours.get_bank_view(plan_id=care.version.plan_id, today=local_date(now))


class TestRecordEnding:
    @pytest.mark.parametrize("kind", list(EndingKind))
    def test_ends_the_plan_at_that_instant(self, whole, kind, now):
        end_care(whole, kind=kind, now=now)

        assert plans.find_in_force(person_id=whole.person_id, at=now - 2 * HOUR) is not None
        assert plans.find_in_force(person_id=whole.person_id, at=now) is None
        assert plans.find_plan(person_id=whole.person_id, at=now).ended.number == 1

    def test_calls_off_what_is_planned_from_then_on_and_draws_nothing(self, whole, ahead, session, now):
        free = bank(whole, now).left - bank(whole, now).planned
        end_care(whole, ends_at=ahead[0].planned_start, kind=EndingKind.CARE_HOME, now=now)

        found = [visits.get_visit(visit_id=v.id) for v in ahead]
        assert {v.status for v in found} == {Status.CANCELLED}
        assert {v.cancellation.by for v in found} == {CancelledBy.COUNCIL}
        after = bank(whole, now)
        assert (after.planned, after.delivered, after.left) == (0, 0, free + 180)
        assert set(session.scalars(select(HourReservation.minutes))) == {0}
        assert hours_service.check_ledger() == []

    def test_leaves_a_visit_before_it_planned(self, whole, ahead, now):
        end_care(whole, kind=EndingKind.MOVED_AWAY, ends_at=ahead[1].planned_start, now=now)

        assert [visits.get_visit(visit_id=v.id).status for v in ahead] == ["planned", "cancelled", "cancelled"]

    def test_leaves_a_visit_that_was_recorded(self, whole, send, earlier, now, commit):
        visit = make_visit(whole, start=earlier, now=now - DAY)
        commit()
        send(whole.joy, visit_body(whole, start=earlier, visit=visit))

        end_care(whole, ends_at=earlier - HOUR, now=now)

        assert visits.get_visit(visit_id=visit.id).status is Status.COMPLETED

    def test_ends_delegations_with_the_reason(self, whole, delegation, now):
        end_care(whole, now=now)

        found = delegations.get_delegation(delegation_id=delegation.id)
        assert state_at(found, now - 2 * HOUR) is State.ACTIVE
        assert state_at(found, now) is State.EXPIRED
        assert found.closed_because == "The person died."

    def test_closes_the_record_to_whoever_gave_care_the_same_day(self, whole, now):
        end_care(whole, kind=EndingKind.CARE_HOME, now=now)
        midnight = end_of_day(local_date(now))

        gone = {Kind.PACKAGE, Kind.ROUND, Kind.DELEGATION, Kind.SHARING}
        assert {Kind.PACKAGE, Kind.DELEGATION, Kind.SHARING} <= standing(whole, at=midnight - HOUR / 60)
        assert not gone & standing(whole, at=midnight)
        assert {Kind.SELF, Kind.CASELOAD, Kind.TEAM} <= standing(whole, at=midnight + 365 * DAY)

    def test_ends_rounds_at_once(self, whole, session, now):
        end_care(whole, now=now)

        rounds = session.execute(
            select(Relationship.since, Relationship.until).where(Relationship.kind == Kind.ROUND.value)
        ).all()
        assert [until for since, until in rounds] == [max(now, since) for since, _ in rounds]

    def test_takes_provider_and_nurse_out_of_the_partnership(self, whole, now):
        end_care(whole, now=now)

        left = people.list_partnership(person_id=whole.person_id, at=end_of_day(local_date(now)))
        assert {m.kind for m in left} == {MemberKind.SOCIAL_WORKER}

    def test_notes_a_death_with_who_said_so(self, whole, now):
        end_care(whole, now=now)

        assert people.get_person(person_id=whole.person_id).died_on == local_date(now - HOUR)
        (correction,) = people.list_corrections(person_id=whole.person_id)
        assert correction.reason == "Told by Helen Ellis-Ward, her daughter."

    def test_opens_no_further_period(self, whole, now, session):
        end_care(whole, now=now)
        open_now = session.scalar(text("SELECT count(*) FROM hour_bank WHERE period_number >= 0"))

        hours_service.open_due_periods(now=now + 90 * DAY)

        assert session.scalar(text("SELECT count(*) FROM hour_bank WHERE period_number >= 0")) == open_now

    def test_of_somebody_without_a_plan_closes_what_there_is(self, session, care, now):
        worker = care.around.social_worker
        person_id = make_person(social_worker=worker, given_name="Ann", nhs_number=None)
        said = NewEnding(EndingKind.DIED, now - HOUR, "The hospital")
        ending = service.record_ending(person_id=person_id, said=said, actor=worker, now=now)

        assert ending.plan_id is None
        assert queries.find_over(person_id=person_id, at=now) == ending

    def test_known_beforehand_comes_on_its_day(self, whole, now):
        end_care(whole, kind=EndingKind.CARE_HOME, ends_at=now + 2 * DAY, now=now)

        assert queries.find_coming(person_id=whole.person_id, at=now) is not None
        assert queries.find_over(person_id=whole.person_id, at=now) is None
        assert queries.find_over(person_id=whole.person_id, at=now + 2 * DAY) is not None
        assert plans.find_in_force(person_id=whole.person_id, at=now) is not None

    def test_is_recorded_once(self, whole, now):
        end_care(whole, kind=EndingKind.CARE_HOME, now=now)

        with pytest.raises(AlreadyEnded):
            end_care(whole, kind=EndingKind.MOVED_AWAY, now=now)

    def test_a_death_can_follow_a_move(self, whole, now):
        end_care(whole, kind=EndingKind.CARE_HOME, now=now)
        end_care(whole, ends_at=now + 3 * DAY, now=now + 4 * DAY)

        assert queries.find_over(person_id=whole.person_id, at=now + 4 * DAY).died
        assert plans.find_plan(person_id=whole.person_id, at=now + 4 * DAY).ended_at == now - HOUR

    def test_changes_nothing_where_something_is_missing(self, whole, now):
        with pytest.raises(WrongEnding):
            end_care(whole, told_by="", now=now)

        assert queries.list_endings(person_id=whole.person_id) == []

    def test_care_that_begins_anew_is_not_over(self, whole, now):
        end_care(whole, kind=EndingKind.MOVED_AWAY, now=now)
        plan_service.create_plan(
            person_id=whole.person_id, kind=PlanKind.FULL, actor=whole.around.social_worker, now=now + DAY
        )

        assert queries.find_over(person_id=whole.person_id, at=now + DAY) is None

    def test_the_database_keeps_a_withdrawal_without_capacity_out(self, whole, session, now):
        ending = end_care(whole, kind=EndingKind.WITHDRAWN, now=now)

        with pytest.raises(DBAPIError):
            session.execute(text("UPDATE ending SET capacity = NULL WHERE id = :id"), {"id": ending.id})


class TestAnEndedPlan:
    def test_takes_no_more_signatures_and_no_more_words(self, whole, now):
        worker, plan_id = whole.around.social_worker, whole.version.plan_id
        begin_next(plan_id=plan_id, actor=worker, now=now)
        proposed = plan_service.propose_plan(plan_id=plan_id, actor=worker, now=now)
        end_care(whole, now=now)

        for act in (
            lambda: agree(proposed, whole.around, Party.PERSON, now=now),
            lambda: plan_service.start_draft(plan_id=plan_id, actor=worker, now=now),
            lambda: plan_service.save_draft(plan_id=plan_id, changes={}, revision=1, actor=worker, now=now),
        ):
            with pytest.raises(plan_service.PlanEnded):
                act()
        assert plans.find_plan(person_id=whole.person_id, at=now).proposed is None

    def test_has_no_visits_planned_in_it(self, whole, now):
        end_care(whole, kind=EndingKind.CARE_HOME, ends_at=now + 2 * DAY, now=now)

        make_visit(whole, start=now + DAY / 2, now=now)
        with pytest.raises(NoPlan):
            make_visit(whole, start=now + 3 * DAY, now=now)


class TestWhatComesLate:
    def test_is_kept_with_its_flags(self, whole, send, now, commit, session):
        end_care(whole, ends_at=now - 3 * DAY, now=now - 3 * DAY + HOUR)
        commit()

        (before,) = send(whole.joy, visit_body(whole, start=now - 3 * DAY - 2 * HOUR))
        (after,) = send(whole.joy, visit_body(whole, start=now - DAY))

        assert (before["status"], after["status"]) == ("accepted", "accepted")
        assert not {"person_left", "person_died", "no_plan"} & set(before["flags"])
        assert {"person_left", "person_died", "no_plan"} <= set(after["flags"])
        assert len(visits.list_whole_visits(person_id=whole.person_id)) == 5

    def test_of_a_visit_that_was_called_off_is_kept_too(self, whole, send, now, commit):
        visit = make_visit(whole, start=now - 2 * HOUR, now=now - DAY)
        end_care(whole, ends_at=now - 3 * HOUR, now=now - HOUR)
        commit()

        (verdict,) = send(whole.joy, visit_body(whole, start=now - 2 * HOUR, visit=visit))

        assert (verdict["status"], "visit_cancelled" in verdict["flags"]) == ("accepted", True)
        assert visits.get_visit(visit_id=visit.id).status is Status.COMPLETED


class TestRetractEnding:
    def test_brings_back_plan_visits_minutes_delegations_and_access(self, whole, ahead, delegation, now):
        planned = bank(whole, now).planned
        related = standing(whole, at=now)
        ending = end_care(whole, now=now)

        take_back(whole, ending, now=now)

        assert plans.find_in_force(person_id=whole.person_id, at=now) is not None
        assert [visits.get_visit(visit_id=v.id).status for v in ahead] == ["planned"] * 3
        assert visits.get_visit(visit_id=ahead[0].id).workers == (whole.joy.account_id,)
        assert bank(whole, now).planned == planned
        assert state_at(delegations.get_delegation(delegation_id=delegation.id), now) is State.ACTIVE
        assert standing(whole, at=now) == related
        assert standing(whole, at=now + 60 * DAY) >= {Kind.PACKAGE, Kind.SHARING, Kind.SELF, Kind.DELEGATION}
        assert people.get_person(person_id=whole.person_id).died_on is None
        members = people.list_partnership(person_id=whole.person_id, at=now + DAY)
        assert {m.kind for m in members} == {MemberKind.SOCIAL_WORKER, MemberKind.PROVIDER, MemberKind.NURSE}
        assert hours_service.check_ledger() == []

    def test_stays_to_be_seen_and_ends_nothing(self, whole, now):
        ending = end_care(whole, now=now)
        take_back(whole, ending, now=now)

        (kept,) = queries.list_endings(person_id=whole.person_id)
        assert (kept.retraction.reason, kept.kind) == ("The wrong person.", EndingKind.DIED)
        assert queries.find_over(person_id=whole.person_id, at=now) is None
        with pytest.raises(AlreadyRetracted):
            take_back(whole, ending, now=now)

    def test_lets_periods_open_again(self, whole, now):
        ending = end_care(whole, now=now)
        take_back(whole, ending, now=now)

        assert hours_service.open_due_periods(now=now + 60 * DAY) == 1

    def test_leaves_a_visit_whose_time_has_passed_called_off(self, whole, ahead, now):
        ending = end_care(whole, now=now)
        take_back(whole, ending, now=ahead[0].planned_start)

        assert [visits.get_visit(visit_id=v.id).status for v in ahead] == ["cancelled", "planned", "planned"]
        outcomes = {e.subject_id: e.outcome for e in queries.list_effects(ending_id=ending.id)}
        assert [outcomes[v.id] for v in ahead] == ["too_late", "back", "back"]

    def test_plans_a_visit_without_the_worker_who_is_elsewhere_by_now(self, whole, ahead, session, now):
        ending = end_care(whole, now=now)
        other = make_care(now=now)
        coordinator = whole.around.coordinator
        visit_service.plan_visit(
            person_id=other.person_id, planned_start=ahead[0].planned_start, planned_end=ahead[0].planned_end,
            workers=[whole.joy.account_id], actor=coordinator, now=now,
        )  # fmt: skip

        take_back(whole, ending, now=now)

        found = visits.get_visit(visit_id=ahead[0].id)
        assert (found.status, found.workers) == (Status.PLANNED, ())
        outcomes = {e.subject_id: e.outcome for e in queries.list_effects(ending_id=ending.id)}
        assert outcomes[ahead[0].id] == "uncovered"

    def test_needs_a_reason(self, whole, now):
        ending = end_care(whole, now=now)
        with pytest.raises(DomainError):
            service.retract_ending(
                person_id=whole.person_id, ending_id=ending.id, reason=" ", actor=whole.around.social_worker, now=now
            )

    def test_of_a_death_leaves_an_earlier_move_as_it_was(self, whole, now):
        end_care(whole, kind=EndingKind.CARE_HOME, ends_at=now + 5 * DAY, now=now)
        death = end_care(whole, ends_at=now + DAY, now=now + 2 * DAY)

        take_back(whole, death, now=now + 2 * DAY)

        assert plans.find_plan(person_id=whole.person_id, at=now + 2 * DAY).ended_at == now + 5 * DAY
        assert queries.find_coming(person_id=whole.person_id, at=now + 2 * DAY).kind is EndingKind.CARE_HOME
