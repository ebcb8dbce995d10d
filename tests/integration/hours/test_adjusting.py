"""Changes inside the plan's limits count; those outside wait for the social worker; the person has the last word."""

from dataclasses import replace
from datetime import timedelta

import pytest

from careplan.access.domain.actor import Actor, Role
from careplan.hours import queries, service
from careplan.hours.domain.adjusting import Lasting, NeedsReview, Standing, TooLate, Wanted
from careplan.hours.domain.deciding import NotYours
from careplan.hours.domain.terms import AdjustmentTerms, Direction, NamedOutcome
from careplan.hours.service.contingency import IdUsedBefore
from careplan.kernel.errors import Invalid
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from tests.factories.hours import FIRST_DAY, next_version, weekly

GARDEN = NamedOutcome(new_id(), "I want to walk to the garden")
SOCIAL_WORKER = Actor(new_id(), "Sam Reed", Role.SOCIAL_WORKER)
CITIZEN = Actor(new_id(), "Margaret Ellis", Role.CITIZEN)


@pytest.fixture
def adjust(story):
    """Asks for a change on Saturday 21 November, in week 2."""
    story.open(
        next_version(
            story.terms, version_number=1, counts_from=FIRST_DAY, outcomes=(GARDEN,), weekly_floor=Minutes(300),
            adjustment=AdjustmentTerms(Direction.BOTH, 10, Minutes(240)),
        )
    )  # fmt: skip
    assessor = Actor(new_id(), "Femi Cole", Role.TRUSTED_ASSESSOR, story.terms.provider_id)

    def asked(minutes, *, lasting=Lasting.THIS_PERIOD, adjustment_id=None, actor=assessor):
        wanted = Wanted(adjustment_id or new_id(), minutes, GARDEN.id, "She walks further now", lasting, "She said yes")
        return service.adjust_hours(person_id=story.terms.person_id, wanted=wanted, actor=actor, now=story.now)

    return asked


def say_yes(story, adjustment, actor=CITIZEN, told_by=""):
    return service.agree_to_decrease(adjustment_id=adjustment.id, told_by=told_by, actor=actor, now=story.now)


def granted(story, number=0):
    return [w.granted for w in story.view(number).weeks]


class TestAdjustHours:
    def test_an_increase_in_mid_period_counts_from_tomorrow(self, story, adjust):
        made = adjust(120)

        assert (made.standing, made.starts_on) == (Standing.IN_FORCE, FIRST_DAY + timedelta(days=13))
        assert granted(story) == [1200, 720, 1200, 600]
        assert granted(story, 1) == [1200, 600, 1200, 600]
        assert service.check_ledger() == []

    def test_one_that_lasts_counts_in_later_periods_until_a_new_version(self, story, adjust):
        adjust(120, lasting=Lasting.UNTIL_NEXT_VERSION)
        assert granted(story, 1) == [1200, 720, 1200, 600]
        story.open(next_version(story.terms, counts_from=FIRST_DAY + timedelta(days=28), grants=weekly(*[900] * 4)))

        assert (granted(story), granted(story, 1)) == ([1200, 720, 1200, 600], [900] * 4)

    def test_the_same_under_the_same_id_counts_once(self, story, adjust):
        one = adjust(120)
        adjust(120, adjustment_id=one.id)

        assert story.view().granted == 3720
        with pytest.raises(IdUsedBefore):
            adjust(121, adjustment_id=one.id)

    def test_outside_the_limits_it_becomes_a_request_and_changes_nothing(self, story, adjust):
        adjust(200)
        asked = adjust(100)

        assert (asked.standing, story.view().granted) == (Standing.REQUESTED, 3800)

    def test_is_for_the_trusted_assessor_of_the_persons_provider(self, adjust, story):
        other = Actor(new_id(), "Al Dean", Role.TRUSTED_ASSESSOR, new_id())
        for actor in (other, replace(other, role=Role.PROVIDER_COORDINATOR, organisation_id=story.terms.provider_id)):
            with pytest.raises(NotYours):
                adjust(60, actor=actor)


class TestDecrease:
    def test_waits_for_the_persons_own_yes_and_counts_from_the_next_week(self, story, adjust):
        asked = adjust(-100)
        assert (asked.standing, story.view().granted) == (Standing.WAITS_FOR_PERSON, 3600)
        say_yes(story, asked)

        assert granted(story) == [1200, 600, 1100, 600]
        assert service.check_ledger() == []

    def test_a_call_back_is_made_by_the_council_never_by_the_provider(self, story, adjust):
        asked = adjust(-100)
        provider = Actor(new_id(), "Kit Moss", Role.PROVIDER_COORDINATOR, story.terms.provider_id)
        with pytest.raises(NotYours):
            say_yes(story, asked, provider, "She said yes")

        assert say_yes(story, asked, SOCIAL_WORKER, "I rang her at ten; she said yes").standing is Standing.IN_FORCE

    def test_the_person_takes_it_back_within_14_days(self, story, adjust):
        asked = adjust(-100)
        say_yes(story, asked)
        story.now += timedelta(days=14)
        service.take_decrease_back(adjustment_id=asked.id, actor=CITIZEN, now=story.now)

        assert granted(story) == [1200, 600, 1200, 600]

    def test_after_14_days_it_stands(self, story, adjust):
        asked = adjust(-100)
        say_yes(story, asked)
        with pytest.raises(TooLate):
            service.take_decrease_back(adjustment_id=asked.id, actor=CITIZEN, now=story.now + timedelta(days=15))

    def test_takes_only_what_the_bank_still_holds_and_gives_back_no_more(self, story, adjust):
        story.deliver(3550)
        asked = adjust(-100)
        say_yes(story, asked)
        assert (story.view().left, story.view().not_taken, story.view().unfunded) == (0, 50, 0)
        service.take_decrease_back(adjustment_id=asked.id, actor=CITIZEN, now=story.now)

        assert (story.view().left, story.view().granted) == (50, 3600)


class TestRequest:
    def test_approved_an_increase_counts_and_a_decrease_waits_for_the_person(self, story, adjust):
        more, less = adjust(300), adjust(-300)
        for asked in (more, less):
            service.approve_adjustment(adjustment_id=asked.id, actor=SOCIAL_WORKER, now=story.now)

        assert granted(story) == [1200, 900, 1200, 600]
        assert queries.get_adjustment(adjustment_id=less.id).standing is Standing.WAITS_FOR_PERSON

    def test_refused_it_carries_the_reason(self, story, adjust):
        asked = adjust(300)
        refused = service.refuse_adjustment(
            adjustment_id=asked.id, reason="Let us wait for the review", actor=SOCIAL_WORKER, now=story.now
        )

        assert (refused.standing, refused.answer) == (Standing.REFUSED, "Let us wait for the review")
        with pytest.raises(TooLate):
            service.approve_adjustment(adjustment_id=asked.id, actor=SOCIAL_WORKER, now=story.now)

    def test_below_what_is_tied_to_needs_only_a_review_decides(self, story, adjust):
        story.terms = next_version(
            story.terms, counts_from=FIRST_DAY, weekly_floor=Minutes(1190), grants=weekly(1200, 1200, 1200, 1200)
        )
        story.open(story.terms)
        asked = adjust(-20)

        with pytest.raises(NeedsReview):
            service.approve_adjustment(adjustment_id=asked.id, actor=SOCIAL_WORKER, now=story.now)

    def test_the_provider_does_not_decide_its_own_request(self, story, adjust):
        with pytest.raises(NotYours):
            service.approve_adjustment(adjustment_id=adjust(300).id, actor=story.actor, now=story.now)


class TestSomebodyFoundUnableToDecide:
    """After a decrease was asked for, and before it was answered."""

    @pytest.fixture
    def asked(self, story, adjust):
        made = adjust(-100)
        service.note_capacity(plan_id=story.terms.plan_id, lacks_capacity=True, actor=SOCIAL_WORKER, now=story.now)
        return made

    def test_no_longer_answers_and_the_council_decides_in_their_best_interests_with_reasons(self, story, asked):
        with pytest.raises(NotYours):
            say_yes(story, asked)
        with pytest.raises(Invalid) as refused:
            say_yes(story, asked, SOCIAL_WORKER, " ")
        assert "whom you asked" in refused.value.problems[0].message

        assert say_yes(story, asked, SOCIAL_WORKER, "Her son agrees; she sleeps longer").standing is Standing.IN_FORCE

    def test_found_able_again_answers_as_before(self, story, asked):
        service.note_capacity(plan_id=story.terms.plan_id, lacks_capacity=False, actor=SOCIAL_WORKER, now=story.now)

        assert say_yes(story, asked).standing is Standing.IN_FORCE
