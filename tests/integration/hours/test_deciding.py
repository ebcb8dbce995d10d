"""Top-ups, time that the provider takes on, and minutes kept for a need to come."""

from datetime import date, datetime

import pytest

from careplan.access.domain.actor import Actor, Role
from careplan.hours import queries, service
from careplan.hours.domain.deciding import NotUncovered, NotYours
from careplan.hours.domain.terms import CarryOver, CarryOverRule
from careplan.kernel.errors import Invalid
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from tests.factories.hours import FIRST_DAY, NOW, next_version

SOCIAL_WORKER = Actor(new_id(), "Sam Reed", Role.SOCIAL_WORKER)


@pytest.fixture
def coordinator(story):
    return Actor(new_id(), "Kit Moss", Role.PROVIDER_COORDINATOR, story.terms.provider_id)


def top_up(story, minutes, *, actor=SOCIAL_WORKER, visit=None, reason="Her sister is in hospital", decision=None):
    service.top_up(
        decision_id=decision or new_id(), person_id=story.terms.person_id, minutes=Minutes(minutes), reason=reason,
        visit_id=visit, actor=actor, now=story.now,
    )  # fmt: skip


def absorb(story, minutes, *, visit, actor):
    service.absorb(
        decision_id=new_id(), person_id=story.terms.person_id, minutes=Minutes(minutes), reason="We came late",
        visit_id=visit, actor=actor, now=story.now,
    )  # fmt: skip


class TestTopUp:
    def test_pays_for_what_stood_unfunded_and_adds_the_rest(self, story):
        story.open().deliver(3700)
        top_up(story, 160)

        view = story.view()
        assert (view.topped_up, view.granted, view.left, view.unfunded) == (160, 3600, 60, 0)
        assert service.check_ledger() == []

    def test_the_same_under_the_same_id_counts_once(self, story):
        story.open()
        decision = new_id()
        top_up(story, 60, decision=decision)
        top_up(story, 60, decision=decision)

        assert story.view().topped_up == 60

    def test_is_for_the_social_worker_and_takes_a_reason(self, story, coordinator):
        story.open()
        with pytest.raises(NotYours):
            top_up(story, 60, actor=coordinator)
        with pytest.raises(Invalid):
            top_up(story, 60, reason=" ")

    def test_for_a_visit_of_a_closed_period_restates_it(self, story):
        story.open().deliver(3700, visit=(visit := new_id()))
        while service.close_due_periods(now=NOW.replace(month=12, day=14)):
            pass
        top_up(story, 100, visit=visit)

        assert (story.view().unfunded, story.view().statement, story.view(1).left) == (0, 2, 3600)
        assert service.check_ledger() == []


class TestAbsorb:
    def test_the_providers_time_is_not_paid_again_by_the_bank(self, story, coordinator):
        story.open().deliver(3700, visit=(visit := new_id()))
        absorb(story, 100, visit=visit, actor=coordinator)
        top_up(story, 60)

        paid = queries.find_paid(person_id=story.terms.person_id, group_ids=[visit])
        assert (paid.bank, paid.provider, paid.unfunded, story.view().left) == (3600, 100, 0, 60)
        assert service.check_ledger() == []

    def test_says_how_much_could_be_taken_on(self, story, coordinator):
        story.open().deliver(3700, visit=(visit := new_id()))
        with pytest.raises(NotUncovered) as refused:
            absorb(story, 101, visit=visit, actor=coordinator)

        assert refused.value.facts["accepted"] == 100

    def test_is_for_the_provider_of_the_package(self, story):
        story.open().deliver(3700, visit=(visit := new_id()))
        stranger = Actor(new_id(), "Al Dean", Role.PROVIDER_COORDINATOR, new_id())
        for actor in (SOCIAL_WORKER, stranger):
            with pytest.raises(NotYours):
                absorb(story, 100, visit=visit, actor=actor)


class TestEarmark:
    def test_is_carried_beyond_the_cap_until_its_day_and_is_used_last(self, story):
        story.open(
            next_version(
                story.terms, version_number=1, counts_from=FIRST_DAY, carry_over=CarryOver(CarryOverRule.MINUTES, 60)
            )
        )
        service.earmark(
            earmark_id=new_id(), person_id=story.terms.person_id, minutes=Minutes(300), need="Her cataract operation",
            until=date(2027, 1, 10), actor=SOCIAL_WORKER, now=story.now,
        )  # fmt: skip
        assert (story.view().earmarked, story.view().expiring) == (300, 3600 - 360)
        for day in ("2026-12-14", "2027-01-11", "2027-02-08"):
            while service.close_due_periods(now=datetime.fromisoformat(f"{day}T09:00+00:00")):
                pass

        # Two periods carry the 300 beside 60 fresh ones; the third ends after the need: they are old like any other.
        assert [story.view(n).carried_out for n in (0, 1, 2)] == [360, 360, 60]
        assert service.check_ledger() == []
