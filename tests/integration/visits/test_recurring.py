"""Visits that recur: planned, planned further, stopped; what is to be known first and what is refused."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import func, select, text

from careplan.hours import queries as hours
from careplan.kernel.clock import at_local, local_date
from careplan.kernel.errors import Invalid
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.visits import service
from careplan.visits.domain.fitting import CautionKind, Heeded, Place, Traits, Unheeded, Wishes
from careplan.visits.domain.pattern import NoSuchDay, Span
from careplan.visits.domain.short_visit import Condition, TooShort
from careplan.visits.domain.visit import Status
from careplan.visits.models import VisitOverrideRow, VisitRow
from careplan.visits.queries import get_visit, list_next_visits
from careplan.visits.service.looking import WorkerBusy
from careplan.visits.service.replanning import AlreadyDue, NotPlannedAnyMore
from tests.factories.delegation import make_active, make_nurse
from tests.factories.reviews import make_review
from tests.factories.rota import plan
from tests.factories.visits import make_care, make_visit, visit_body


def count(session, *where):
    return session.scalar(select(func.count()).select_from(VisitRow).where(*where))


@pytest.fixture
def tomorrow(now):
    return local_date(now) + timedelta(days=1)


def joy(care):
    return (care.joy.account_id,)


class TestPlanPattern:
    def test_reserves_each_visit_until_the_end_of_the_next_period(self, session, care, now, tomorrow):
        service_start = hours.find_service_start(plan_id=care.version.plan_id)

        made = plan(care, now=now, from_day=tomorrow, workers=joy(care))

        last = service_start + timedelta(days=55)
        assert made.until == last
        assert made.visits == count(session) == (last - tomorrow).days + 1

    def test_keeps_what_goes_beyond_the_hours_and_shows_it_unreserved(self, care, now, tomorrow):
        plan(care, now=now, from_day=tomorrow, minutes=Minutes(600), workers_needed=2)

        view = hours.get_bank_view(today=tomorrow, person_id=care.person_id)
        days_left = (view.period.ends_on - tomorrow).days + 1
        assert view.planned == days_left * 1200
        assert view.unreserved == view.planned - view.granted
        assert view.free == 0

    def test_the_same_again_changes_nothing(self, session, care, now, tomorrow):
        named = new_id()
        first = plan(care, now=now, from_day=tomorrow, until=tomorrow, pattern_id=named)

        assert plan(care, now=now, from_day=tomorrow, until=tomorrow, pattern_id=named).visits == first.visits
        assert count(session) == 1

    def test_refuses_a_worker_in_two_places_and_says_with_whom_and_when(self, session, care, now, tomorrow):
        make_visit(care, start=at_local(tomorrow, time(8, 30)), now=now)

        with pytest.raises(WorkerBusy) as refused:
            plan(care, now=now, from_day=tomorrow, workers=joy(care))

        (problem,) = refused.value.problems
        assert problem.field == "workers"
        assert "Joy Mensah is on another visit, with Margaret Ellis, on" in problem.message
        assert "from 08:30 to 09:30. Choose a worker who is free, or another time." in problem.message
        assert count(session) == 1

    def test_names_days_that_never_come(self, care, now, tomorrow):
        other = frozenset({(tomorrow.weekday() + 3) % 7})

        with pytest.raises(NoSuchDay):
            plan(care, now=now, from_day=tomorrow, until=tomorrow, days=other)


class TestCautions:
    def cautions(self, care, now, **said):
        with pytest.raises(Unheeded) as refused:
            plan(care, now=now, heeded=None, **said)
        return {c.kind: c.words for c in refused.value.cautions}

    def test_a_worker_whom_the_person_has_not_met(self, care, now, tomorrow, send, earlier, commit):
        found = self.cautions(care, now, from_day=tomorrow, until=tomorrow, workers=joy(care))
        assert found == {CautionKind.NOT_MET: "Joy Mensah has not met them yet."}

        commit()
        send(care.joy, visit_body(care, start=earlier))

        assert plan(care, now=now, heeded=None, from_day=tomorrow, until=tomorrow, workers=joy(care)).visits == 1

    def test_wishes_that_are_not_met_take_a_reason_and_a_yes(self, session, care, now, tomorrow):
        coordinator = care.around.coordinator
        wishes = Wishes(gender="male", language="pa")
        service.record_wishes(person_id=care.person_id, wishes=wishes, actor=coordinator, now=now)
        traits = Traits(gender="female", languages=frozenset({"en", "pa"}))
        service.record_traits(worker_id=care.joy.account_id, traits=traits, actor=coordinator, now=now)
        said = {"from_day": tomorrow, "until": tomorrow, "workers": joy(care)}

        assert self.cautions(care, now, **said)[CautionKind.GENDER] == (
            "Joy Mensah is not known to be a man, as they wish."
        )
        with pytest.raises(Invalid) as refused:
            plan(care, now=now, heeded=Heeded("No man is free", person_agreed=False), **said)
        assert [p.field for p in refused.value.problems] == ["person_agreed"]

        plan(care, now=now, heeded=Heeded("No man is free", person_agreed=True), **said)
        kept = session.scalars(select(VisitOverrideRow)).one()
        assert (kept.reason, kept.person_agreed, len(kept.cautions)) == ("No man is free", True, 1)

    def test_more_than_six_miles_from_the_last_visit(self, session, care, now, tomorrow):
        far = make_care(now=now)
        for person, latitude in ((care, 53_800_000), (far, 53_900_000)):
            service.record_wishes(
                person_id=person.person_id, wishes=Wishes(place=Place(latitude, -1_550_000)),
                actor=care.around.coordinator, now=now,
            )  # fmt: skip
        before = replace(far, around=replace(far.around, coordinator=care.around.coordinator))
        make_visit(before, start=at_local(tomorrow, time(7)), minutes=45, worker=care.joy, now=now)

        found = self.cautions(care, now, from_day=tomorrow, until=tomorrow, workers=joy(care))

        assert "comes from more than 6 miles away" in found[CautionKind.FAR]

    def test_an_activity_that_nobody_chosen_may_do_stands_uncovered(self, session, care, now, tomorrow):
        given = make_active(
            person_id=care.person_id, provider_id=care.around.provider.id, nurse=make_nurse(),
            coordinator=care.around.coordinator, worker=care.joy, now=now - timedelta(days=2),
        )  # fmt: skip
        said = {"from_day": tomorrow, "until": tomorrow, "activities": (given.id,)}

        by_sam = self.cautions(care, now, workers=(care.sam.account_id,), **said)
        by_joy = self.cautions(care, now, workers=joy(care), **said)

        assert f"{given.activity}: nobody chosen may do this on" in by_sam[CautionKind.UNCOVERED]
        assert CautionKind.UNCOVERED not in by_joy
        assert plan(care, now=now, workers=(care.sam.account_id,), **said).visits == 1

    def test_an_activity_of_somebody_else_is_refused(self, care, now, tomorrow):
        with pytest.raises(Invalid, match="delegated to you"):
            plan(care, now=now, from_day=tomorrow, activities=(new_id(),))


def test_a_short_visit_is_planned_once_all_five_conditions_hold(care, now, tomorrow, send, earlier, commit):
    make_review(plan_id=care.version.plan_id, actor=care.around.social_worker, now=now)
    make_visit(care, start=at_local(tomorrow, time(18)), worker=care.sam, now=now)
    commit()
    send(care.joy, visit_body(care, start=earlier))

    made = plan(
        care, now=now, from_day=tomorrow, until=tomorrow, minutes=Minutes(20), workers=joy(care),
        short_task="Eye drops", short_agreed_on=local_date(now),
    )  # fmt: skip

    assert made.visits == 1


def test_a_short_visit_names_all_that_it_lacks(care, now, tomorrow):
    with pytest.raises(TooShort) as refused:
        plan(care, now=now, from_day=tomorrow, minutes=Minutes(20))

    assert refused.value.facts["missing"] == [c.value for c in Condition]


class TestPlanFurther:
    def test_goes_on_with_the_next_period_and_leaves_a_gap_for_who_is_elsewhere(self, care, now, tomorrow):
        made = plan(care, now=now, from_day=tomorrow, workers=joy(care))
        later = at_local(made.until - timedelta(days=20), time(12))
        gap = made.until + timedelta(days=1)
        make_visit(care, start=at_local(gap, time(8)), now=now)

        service.plan_further(now=later)

        first = get_visit(visit_id=made.pattern.visit_id(gap))
        second = get_visit(visit_id=made.pattern.visit_id(gap + timedelta(days=1)))
        assert (first.workers, second.workers) == ((), joy(care))
        assert service.plan_further(now=later) == 0

    def test_nothing_where_the_pattern_has_its_end(self, care, now, tomorrow):
        made = plan(care, now=now, from_day=tomorrow, until=tomorrow)

        assert service.plan_further(now=at_local(made.until + timedelta(days=40), time(12))) == 0


class TestStopPattern:
    def test_calls_off_what_is_planned_from_a_day_on(self, session, care, now, tomorrow):
        made = plan(care, now=now, from_day=tomorrow, until=tomorrow + timedelta(days=4))

        stopped = service.stop_pattern(
            pattern_id=made.pattern.id, from_day=tomorrow + timedelta(days=3), reason="Her son comes.",
            actor=care.around.coordinator, now=now,
        )  # fmt: skip

        assert stopped == 2
        statuses = [v.status for v in list_next_visits(person_id=care.person_id, now=now)]
        assert statuses == [Status.PLANNED] * 3 + [Status.CANCELLED] * 2


class TestReplanVisit:
    def change(self, care, visit, *, now, **said):
        usual = {
            "span": Span(visit.planned_start, visit.planned_end), "workers": visit.workers,
            "workers_needed": visit.workers_needed, "heeded": Heeded(),
        }  # fmt: skip
        return service.replan_visit(
            visit_id=visit.id, actor=care.around.coordinator, now=now, **{**usual, **said}
        )

    def test_sets_minutes_aside_anew_for_two_workers(self, session, care, now, tomorrow):
        visit = make_visit(care, start=at_local(tomorrow, time(12)), now=now)
        both = (care.joy.account_id, care.sam.account_id)

        changed = self.change(care, visit, now=now, workers=both, workers_needed=2)

        assert (set(changed.workers), changed.lacks_workers) == (set(both), 0)
        reserved = session.scalar(text("SELECT sum(reserved) FROM hour_reservation"))
        assert reserved == 120

    def test_is_not_made_shorter_than_half_an_hour_without_a_word(self, care, now, tomorrow):
        visit = make_visit(care, start=at_local(tomorrow, time(12)), now=now)
        short = Span(visit.planned_start, visit.planned_start + timedelta(minutes=20))

        with pytest.raises(TooShort):
            self.change(care, visit, now=now, span=short)

    def test_once_due_only_who_goes_may_change(self, care, now, earlier):
        visit = make_visit(care, start=earlier, now=earlier - timedelta(days=1))
        later = Span(visit.planned_start + timedelta(minutes=5), visit.planned_end)

        with pytest.raises(AlreadyDue):
            self.change(care, visit, now=now, span=later)
        assert self.change(care, visit, now=now, workers=(care.sam.account_id,)).workers == (care.sam.account_id,)

    def test_refuses_what_was_recorded(self, care, now, earlier, send, commit):
        visit = make_visit(care, start=earlier)
        commit()
        send(care.joy, visit_body(care, start=earlier, visit=visit))

        with pytest.raises(NotPlannedAnyMore):
            self.change(care, visit, now=now)


class TestHandRound:
    def hand(self, care, day, now, to):
        return service.hand_round(
            worker_id=care.joy.account_id, day=day, to_worker=to, actor=care.around.coordinator, now=now
        )

    def test_gives_what_it_can_to_the_other_and_leaves_the_rest_open(self, care, now, tomorrow):
        first = make_visit(care, start=at_local(tomorrow, time(8)), now=now)
        clash = make_visit(care, start=at_local(tomorrow, time(10)), now=now)
        make_visit(care, start=at_local(tomorrow, time(10, 30)), worker=care.sam, now=now)

        handed = self.hand(care, tomorrow, now, care.sam.account_id)

        assert ([v.id for v in handed.moved], [v.id for v in handed.open]) == ([first.id], [clash.id])
        assert get_visit(visit_id=first.id).workers == (care.sam.account_id,)
        assert get_visit(visit_id=clash.id).workers == ()

    def test_leaves_a_visit_open_rather_than_go_against_a_wish(self, care, now, tomorrow):
        visit = make_visit(care, start=at_local(tomorrow, time(8)), now=now)
        service.record_wishes(
            person_id=care.person_id, wishes=Wishes(gender="female"), actor=care.around.coordinator, now=now
        )

        assert [v.id for v in self.hand(care, tomorrow, now, care.sam.account_id).open] == [visit.id]

    def test_to_nobody_yet_leaves_all_open(self, care, now, tomorrow):
        visit = make_visit(care, start=at_local(tomorrow, time(8)), now=now)

        assert [v.id for v in self.hand(care, tomorrow, now, None).open] == [visit.id]
        assert get_visit(visit_id=visit.id).lacks_workers == 1
