"""A pause withholds the hours of days on which nobody came; ended early, they come back."""

from datetime import date, timedelta

import pytest

from careplan.hours import queries, service
from careplan.hours.domain.pausing import Pause, PauseReason
from careplan.hours.service.contingency import IdUsedBefore
from careplan.kernel.ids import new_id
from tests.factories.hours import FIRST_DAY, NOW, next_version, weekly

WEEK_TWO, WEEK_THREE = FIRST_DAY + timedelta(days=7), FIRST_DAY + timedelta(days=14)


@pytest.fixture
def paused(story):
    story.open()

    def pause(first: date, last: date | None, pause_id=None) -> Pause:
        return service.pause_care(
            pause_id=pause_id or new_id(), person_id=story.terms.person_id, reason=PauseReason.HOSPITAL,
            starts_on=first, ends_on=last, actor=story.actor, now=story.now,
        )  # fmt: skip

    return pause


def end(story, pause: Pause, last: date) -> None:
    service.end_pause(pause_id=pause.id, ends_on=last, actor=story.actor, now=story.now)


class TestPauseCare:
    def test_withholds_sevenths_of_each_week_rounded_down(self, story, paused):
        paused(WEEK_THREE - timedelta(days=3), WEEK_THREE)

        assert [w.granted for w in story.view().weeks] == [1200, 600 - 257, 1200 - 171, 600]
        assert service.check_ledger() == []

    def test_the_same_pause_again_changes_nothing_and_another_under_its_id_is_refused(self, story, paused):
        first = paused(WEEK_TWO, WEEK_TWO)

        assert paused(WEEK_TWO, WEEK_TWO, first.id) == first
        assert story.view().granted == 3600 - 85
        with pytest.raises(IdUsedBefore):
            paused(WEEK_TWO, WEEK_THREE, first.id)

    def test_one_that_ends_early_gives_its_minutes_back(self, story, paused):
        pause = paused(WEEK_TWO, WEEK_THREE + timedelta(days=6))
        end(story, pause, WEEK_TWO + timedelta(days=2))

        assert [w.granted for w in story.view().weeks] == [1200, 600 - 257, 1200, 600]
        assert queries.get_pause(pause_id=pause.id).said_until == WEEK_THREE + timedelta(days=6)

    def test_one_that_never_began_leaves_everything_as_it_was(self, story, paused):
        end(story, paused(WEEK_TWO, None), WEEK_TWO - timedelta(days=1))

        assert (story.view().granted, story.view(1).granted) == (3600, 3600)

    def test_what_was_set_aside_comes_free_and_is_set_aside_again_when_it_ends_early(self, story, paused):
        story.plan(60, visit=(visit := new_id()), on=WEEK_TWO + timedelta(days=5))
        pause = paused(WEEK_TWO, WEEK_TWO + timedelta(days=6))

        assert (story.view().planned, story.view().unreserved) == (60, 60)
        end(story, pause, WEEK_TWO + timedelta(days=2))
        assert (story.view().planned, story.view().unreserved) == (60, 0)
        service.release_visit(visit_id=visit, actor=story.actor, now=story.now)
        assert service.check_ledger() == []

    def test_a_visit_on_a_paused_day_makes_the_day_count_whenever_it_arrives(self, story, paused):
        story.deliver(30, on=WEEK_TWO)
        paused(WEEK_TWO, WEEK_TWO + timedelta(days=2))
        assert story.view().weeks[1].granted == 600 - 171
        story.deliver(30, record=(record := new_id()), on=WEEK_TWO + timedelta(days=1))

        assert story.view().weeks[1].granted == 600 - 85
        story.take_back(record)
        assert story.view().weeks[1].granted == 600 - 171

    def test_takes_only_what_the_bank_still_holds(self, story, paused):
        story.deliver(3500)
        paused(WEEK_TWO, WEEK_TWO + timedelta(days=2))

        assert (story.view().left, story.view().not_taken, story.view().unfunded) == (0, 157, 0)
        end(story, queries.list_pauses_of_person(person_id=story.terms.person_id)[0], WEEK_TWO)
        assert (story.view().left, story.view().not_taken) == (15, 157)
        assert service.check_ledger() == []

    def test_a_period_that_opens_later_is_withheld_too(self, story, paused):
        paused(WEEK_TWO, None)
        later = FIRST_DAY + timedelta(days=56)
        service.ensure_period(plan_id=story.terms.plan_id, day=later, actor=story.actor, now=story.now)

        assert [story.view(n).granted for n in (0, 1, 2)] == [1200, 0, 0]

    def test_a_new_version_is_withheld_by_what_it_grants(self, story, paused):
        paused(WEEK_THREE, WEEK_THREE + timedelta(days=6))
        story.open(next_version(story.terms, counts_from=WEEK_THREE, grants=weekly(1200, 600, 700, 600)))

        assert [w.granted for w in story.view().weeks] == [1200, 600, 0, 600]

    def test_told_after_the_close_it_restates_the_period(self, story, paused):
        later = NOW.replace(month=12, day=14)
        while service.close_due_periods(now=later):
            pass
        paused(WEEK_TWO, WEEK_TWO + timedelta(days=6))

        assert (story.view().granted, story.view().expired, story.view().statement) == (3000, 3000, 2)
        assert service.check_ledger() == []
