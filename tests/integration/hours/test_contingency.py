"""Contingency is drawn for what the plan assessed, by whom it allows, and never by itself."""

from datetime import timedelta

import pytest

from careplan.access.domain.actor import Actor, Role
from careplan.hours import queries, service
from careplan.hours.domain.contingency import (
    AboveLimit,
    ContingencyExceeded,
    Decision,
    DrawRequest,
    NotAssessed,
    Verdict,
)
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Invalid
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from tests.factories.hours import FIRST_DAY, NOW, next_version, weekly

SOCIAL_WORKER = Actor(new_id(), "Sam Reed", Role.SOCIAL_WORKER)


def wanting(minutes, *, visit=None, circumstance="chest_infection", draw=None):
    return DrawRequest(
        draw or new_id(), circumstance, "personal_care", "She could not stand this morning", Minutes(minutes), visit
    )


@pytest.fixture
def small(story):
    """An open bank of 60 minutes with four hours kept aside; the provider may approve one."""
    return story.open(next_version(story.terms, version_number=1, counts_from=FIRST_DAY, grants=weekly(60, 0, 0, 0)))


@pytest.fixture
def coordinator(small):
    return Actor(new_id(), "Priya Shah", Role.PROVIDER_COORDINATOR, small.terms.provider_id)


@pytest.fixture
def draw(small):
    def drawn(request, actor=SOCIAL_WORKER, now=None):
        return service.draw_contingency(
            person_id=small.terms.person_id, request=request, actor=actor, now=now or small.now
        )

    return drawn


class TestDrawContingency:
    def test_a_social_worker_approves_in_asking(self, small, draw):
        answer = draw(wanting(90))

        assert (answer.verdict, answer.left) == (Verdict.APPROVED, 150)
        assert (small.view().contingency.left, small.view().delivered, small.view().left) == (150, 90, 60)

    def test_covers_what_stood_unfunded(self, small, draw):
        visit = new_id()
        small.deliver(100, visit=visit)
        draw(wanting(40, visit=visit))

        view = small.view()
        assert (view.unfunded, view.delivered, view.left, view.contingency.left) == (0, 100, 0, 200)
        assert service.check_ledger() == []

    def test_finds_the_visit_by_the_id_of_its_record_too(self, small, draw):
        record = new_id()
        small.deliver(100, record=record, visit=new_id())
        draw(wanting(40, visit=record))

        assert small.view().unfunded == 0

    def test_gives_the_bank_back_what_it_had_paid_for_the_visit(self, small, draw):
        visit = new_id()
        small.deliver(50, visit=visit)
        draw(wanting(30, visit=visit))

        view = small.view()
        assert (view.left, view.delivered, view.delivered_from_contingency) == (40, 50, 30)
        assert service.check_ledger() == []

    def test_minutes_it_gives_back_pay_for_other_visits(self, small, draw):
        first = new_id()
        small.deliver(60, visit=first)
        small.deliver(25)
        draw(wanting(30, visit=first))

        assert (small.view().unfunded, small.view().left) == (0, 5)
        assert service.check_ledger() == []

    def test_agreed_ahead_it_pays_first_when_the_visit_comes(self, small, draw):
        visit = new_id()
        draw(wanting(30, visit=visit))
        drawn = small.deliver(50, visit=visit)

        assert drawn == service.Drawn(bank=20, contingency=30, unfunded=0)
        assert (small.view().delivered, small.view().left) == (50, 40)
        assert service.check_ledger() == []

    def test_stands_when_the_record_is_corrected(self, small, draw):
        visit, record = new_id(), new_id()
        small.deliver(100, visit=visit, record=record)
        draw(wanting(40, visit=visit))
        small.take_back(record)
        small.deliver(110, visit=visit)

        view = small.view()
        assert (view.unfunded, view.delivered, view.contingency.left) == (10, 110, 200)
        assert service.check_ledger() == []

    def test_is_never_spent_by_itself(self, small):
        small.deliver(500)

        assert (small.view().contingency.left, small.view().unfunded) == (240, 440)

    def test_a_refusal_spends_nothing_and_keeps_nothing(self, small, draw):
        with pytest.raises(NotAssessed):
            draw(wanting(30, circumstance="shopping"))

        assert small.view().contingency.left == 240
        assert queries.list_contingency_draws(person_id=small.terms.person_id) == []

    def test_without_any_plan_nothing_is_assessed(self, draw, small):
        with pytest.raises(NotAssessed):
            service.draw_contingency(person_id=new_id(), request=wanting(30), actor=SOCIAL_WORKER, now=small.now)

    def test_of_a_visit_belongs_to_the_period_of_that_visit(self, small, draw):
        visit = new_id()
        small.deliver(30, visit=visit, on=FIRST_DAY + timedelta(days=30))
        draw(wanting(30, visit=visit))

        assert [small.view(n).contingency.left for n in (0, 1)] == [240, 210]

    def test_the_same_request_again_answers_the_same(self, small, draw, coordinator):
        request = wanting(90)
        first = draw(request, coordinator)
        service.approve_contingency(draw_id=request.id, actor=SOCIAL_WORKER, now=small.now)

        assert draw(request, coordinator) == first
        assert small.view().contingency.left == 150

    def test_the_same_id_for_something_else_is_refused(self, draw):
        request = wanting(30)
        draw(request)

        with pytest.raises(service.IdUsedBefore):
            draw(wanting(31, draw=request.id))


class TestApproval:
    def test_the_provider_approves_up_to_its_limit(self, draw, coordinator):
        assert [draw(wanting(m), coordinator).verdict for m in (60, 61)] == [Verdict.APPROVED, Verdict.WAITING]

    @pytest.mark.parametrize("role", [Role.PROVIDER_COORDINATOR, Role.TRUSTED_ASSESSOR])
    def test_others_of_other_organisations_only_ask(self, draw, role):
        assert draw(wanting(10), Actor(new_id(), "Lee", role, new_id())).verdict is Verdict.WAITING

    def test_what_waits_holds_nothing(self, small, draw, coordinator):
        draw(wanting(200), coordinator)

        assert (small.view().contingency.left, small.view().contingency.waiting) == (240, 200)

    def test_approving_spends_it_once(self, small, draw, coordinator):
        request = wanting(200)
        draw(request, coordinator)
        for _ in range(2):
            decided = service.approve_contingency(draw_id=request.id, actor=SOCIAL_WORKER, now=small.now)

        assert decided.decision is Decision.APPROVED
        assert small.view().contingency.left == 40

    def test_what_is_no_longer_there_cannot_be_approved(self, small, draw, coordinator):
        request = wanting(200)
        draw(request, coordinator)
        draw(wanting(100))

        with pytest.raises(ContingencyExceeded):
            service.approve_contingency(draw_id=request.id, actor=SOCIAL_WORKER, now=small.now)

    def test_the_provider_cannot_approve_more_than_its_limit(self, small, draw, coordinator):
        request = wanting(61)
        draw(request, coordinator)

        with pytest.raises(AboveLimit):
            service.approve_contingency(draw_id=request.id, actor=coordinator, now=small.now)

    def test_a_refusal_needs_a_reason(self, small, draw, coordinator):
        request = wanting(61)
        draw(request, coordinator)

        with pytest.raises(Invalid):
            service.refuse_contingency(draw_id=request.id, reason=" ", actor=SOCIAL_WORKER, now=small.now)

    def test_what_was_refused_cannot_be_approved_after(self, small, draw, coordinator):
        request = wanting(61)
        draw(request, coordinator)
        service.refuse_contingency(draw_id=request.id, reason="Use the bank", actor=SOCIAL_WORKER, now=small.now)

        with pytest.raises(service.DecidedBefore):
            service.approve_contingency(draw_id=request.id, actor=SOCIAL_WORKER, now=small.now)
        assert small.view().contingency.left == 240


CLOSES = NOW.replace(month=12, day=14)  # a week after the first period's last day


@pytest.fixture
def close(small):
    def closed():
        small.now = CLOSES
        while service.close_due_periods(now=CLOSES):
            pass

    return closed


class TestAfterTheClose:
    def test_what_was_asked_for_is_still_there_and_its_approval_states_the_period_anew(
        self, small, draw, coordinator, close
    ):
        visit, request = new_id(), new_id()
        small.deliver(160, visit=visit)
        draw(wanting(100, visit=visit, draw=request), coordinator)
        close()
        assert (small.view().contingency.left, small.view().unfunded, small.view().statement) == (100, 100, 1)
        assert queries.list_contingency_left(draw_ids=[request]) == {request: 240}
        assert service.check_ledger() == []

        service.approve_contingency(draw_id=request, actor=SOCIAL_WORKER, now=small.now)
        view = small.view()
        assert (view.contingency.left, view.unfunded, view.delivered_from_contingency) == (0, 0, 100)
        assert (view.statement, small.view(1).contingency.left) == (2, 240)
        assert service.check_ledger() == []

    def test_refused_it_ends_with_the_period(self, small, draw, coordinator, close):
        request = wanting(100)
        draw(request, coordinator)
        close()
        service.refuse_contingency(draw_id=request.id, reason="Use the bank", actor=SOCIAL_WORKER, now=small.now)

        assert (small.view().contingency.left, small.view().contingency.waiting) == (0, 0)
        assert service.check_ledger() == []

    def test_two_that_ask_for_more_than_there_is_are_paid_as_far_as_it_goes(self, small, draw, coordinator, close):
        first, second = wanting(200), wanting(150)
        draw(first, coordinator)
        draw(second, coordinator)
        close()
        service.approve_contingency(draw_id=first.id, actor=SOCIAL_WORKER, now=small.now)
        assert small.view().contingency.left == 40

        with pytest.raises(ContingencyExceeded):
            service.approve_contingency(draw_id=second.id, actor=SOCIAL_WORKER, now=small.now)

    def test_a_visit_that_came_late_can_still_be_paid_from_the_contingency_of_its_period(self, small, draw, close):
        close()
        visit = new_id()
        small.deliver(100, visit=visit)
        assert small.view().unfunded == 40
        answer = draw(wanting(40, visit=visit))

        assert (answer.left, small.view().unfunded, small.view(1).contingency.left) == (200, 0, 240)
        assert service.check_ledger() == []

    def test_closing_and_approving_at_once_come_to_the_same(self, small, draw, coordinator, commit, at_once):
        visits = [new_id() for _ in range(3)]
        requests = [wanting(80, visit=visit) for visit in visits]
        for visit, request in zip(visits, requests, strict=True):
            small.deliver(80, visit=visit)
            draw(request, coordinator)
        commit()

        def act(k):
            if k % 2:
                service.close_due_periods(now=CLOSES)
            else:
                service.approve_contingency(draw_id=requests[k // 2].id, actor=SOCIAL_WORKER, now=CLOSES)

        at_once(6, act)
        small.now = CLOSES
        view = small.view()
        assert (view.unfunded, view.contingency.left, view.delivered_from_contingency) == (0, 0, 240)
        assert (view.expired, service.check_ledger()) == (60, [])


class TestRunsOfContingency:
    def test_two_periods_running_are_a_reason_to_review(self, small, draw):
        draw(wanting(30))
        later = small.now + timedelta(days=28)
        runs = {"plan_ids": [small.terms.plan_id], "on": local_date(later)}
        assert queries.list_runs_of_contingency(**runs) == {}
        draw(wanting(30), now=later)

        assert queries.list_runs_of_contingency(**runs) == {small.terms.plan_id: (0, 1)}


class TestRaceForContingency:
    def test_sixteen_at_once_spend_no_more_than_is_kept_aside(self, small, commit, at_once):
        commit()

        def act(_):
            try:
                service.draw_contingency(
                    person_id=small.terms.person_id, request=wanting(50), actor=SOCIAL_WORKER, now=small.now
                )
            except ContingencyExceeded:
                return 0
            return 50

        assert sum(at_once(16, act)) == 200
        assert (small.view().contingency.left, service.check_ledger()) == (40, [])

    def test_the_same_request_many_times_at_once_counts_once(self, small, commit, at_once):
        commit()
        request = wanting(50)
        answers = at_once(
            12,
            lambda _: service.draw_contingency(
                person_id=small.terms.person_id, request=request, actor=SOCIAL_WORKER, now=small.now
            ),
        )

        assert len(set(answers)) == 1
        assert small.view().contingency.left == 190
