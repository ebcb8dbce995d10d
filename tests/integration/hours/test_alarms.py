"""Who is told in time: of weeks outside the plan's floor and ceiling, and of hours about to end."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text

from careplan.access.domain.policy import Kind
from careplan.access.service import relate
from careplan.hours import service
from careplan.hours.domain.pausing import PauseReason
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from tests.factories.hours import FIRST_DAY, NOW, Story, make_terms, weekly
from tests.factories.plans import make_around

IN_WEEK_THREE = NOW + timedelta(days=4)  # the third day of the week, when the one before is judged


@pytest.fixture
def around(session):
    with time_machine.travel(NOW - timedelta(days=30), tick=False):
        found = make_around()
    relate(
        person_id=found.person_id, kind=Kind.PACKAGE, organisation_id=found.provider.id, source_type="test",
        source_id=new_id(), since=NOW - timedelta(days=30),
    )  # fmt: skip
    return found


@pytest.fixture
def story(around):
    terms = make_terms(
        person_id=around.person_id, provider_id=around.provider.id, weekly_floor=Minutes(500),
        weekly_ceiling=Minutes(1300),
    )  # fmt: skip
    return Story(terms).open()


def told(session, account=None):
    query = "SELECT n.words FROM notice n WHERE n.kind = 'hours' AND n.recipient_id = :account ORDER BY n.id"
    return list(session.scalars(text(query), {"account": account.account_id}))


class TestWatchWeeks:
    def test_no_alarm_sounds_for_an_uneven_week_inside_floor_and_ceiling(self, story, around, session):
        story.deliver(1300)
        story.deliver(500, on=FIRST_DAY + timedelta(days=7))

        assert service.watch_weeks(now=IN_WEEK_THREE) == 0
        assert told(session, around.social_worker) == []

    def test_social_worker_and_coordinator_hear_once_of_a_week_outside(self, story, around, session):
        story.deliver(1301)
        story.deliver(499, on=FIRST_DAY + timedelta(days=7))

        assert (service.watch_weeks(now=IN_WEEK_THREE), service.watch_weeks(now=IN_WEEK_THREE)) == (2, 0)
        assert told(session, around.social_worker) == told(session, around.coordinator) == [
            "In the week from Monday 9 November 2026, 21 hours 41 minutes of care was given."
            " The plan says no more than 21 hours 40 minutes a week.",
            "In the week from Monday 16 November 2026, 8 hours 19 minutes of care was given."
            " The plan says at least 8 hours 20 minutes a week.",
        ]

    def test_a_light_week_is_judged_when_its_records_have_had_time_to_arrive(self, story):
        story.deliver(600)
        second_of_week_three = NOW.replace(day=24)

        assert service.watch_weeks(now=second_of_week_three) == 0
        assert service.watch_weeks(now=second_of_week_three + timedelta(days=1)) == 1

    def test_a_paused_week_is_not_too_light(self, story):
        story.deliver(600)
        service.pause_care(
            pause_id=new_id(), person_id=story.terms.person_id, reason=PauseReason.AWAY,
            starts_on=FIRST_DAY + timedelta(days=9), ends_on=FIRST_DAY + timedelta(days=9), actor=story.actor, now=NOW,
        )  # fmt: skip

        assert service.watch_weeks(now=IN_WEEK_THREE) == 0


class TestAnnounceEndings:
    def test_the_person_hears_a_week_before_hours_end_unused(self, story, around, session):
        story.deliver(3000)
        day = NOW.replace(day=28)

        assert service.announce_endings(now=day) == 0
        assert service.announce_endings(now=day + timedelta(days=1)) == 1
        assert service.announce_endings(now=day + timedelta(days=2)) == 0
        assert told(session, around.citizen) == [
            "You have 10 hours that nobody has planned yet. It ends on Sunday 6 December 2026. You can ask for a visit."
        ]

    def test_nobody_hears_where_nothing_would_end(self, around, session):
        story = Story(make_terms(person_id=around.person_id, grants=weekly(10, 10, 10, 10))).open()
        story.deliver(40)

        assert service.announce_endings(now=NOW.replace(day=30)) == 0


def test_the_social_worker_hears_of_a_cut_that_could_not_be_taken(around, session):
    story = Story(make_terms(person_id=around.person_id)).open()
    story.deliver(3500)
    service.pause_care(
        pause_id=new_id(), person_id=around.person_id, reason=PauseReason.AWAY, starts_on=FIRST_DAY + timedelta(days=7),
        ends_on=FIRST_DAY + timedelta(days=9), actor=story.actor, now=NOW,
    )  # fmt: skip

    assert told(session, around.social_worker) == [
        "2 hours 37 minutes could not be taken back from the hours, because the time has been used."
    ]
