"""Two voices beside each other, never one over the other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.rating import Rating, RatingKind, Voice
from careplan.plans.domain.content import Outcome, PlanContent
from careplan.progress.domain.looking import ended_outcomes, progress_of

OUTCOME = Outcome(id=uuid4(), need=None, words="I want to walk to the garden and back on my own")
CONTENT = PlanContent(plan=uuid4(), version=1, outcomes=(OUTCOME,))
START = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)
MARGARET, JOY = uuid4(), uuid4()


def rated(day, voice, level):
    rater = MARGARET if voice is Voice.PERSON else JOY
    at = START + timedelta(days=day)
    return Rating(uuid4(), uuid4(), OUTCOME.id, rater, voice, RatingKind.REVIEW, Level(level), None, None, at, at)


@pytest.mark.parametrize(
    ("ratings", "now", "apart"),
    [
        ([], "Not rated yet", False),
        ([rated(1, Voice.PERSON, 0)], "Where we hoped", False),
        ([rated(1, Voice.PERSON, 1), rated(2, Voice.WORKER, 0)], "One rung apart", False),
        ([rated(1, Voice.PERSON, -2), rated(2, Voice.WORKER, 0)], "2 rungs apart", True),
        ([rated(1, Voice.PERSON, -2), rated(2, Voice.WORKER, 0), rated(3, Voice.PERSON, 0)], "Where we hoped", False),
        ([rated(1, Voice.REPRESENTATIVE, 1)], "Better than we hoped", False),
    ],
)
def test_says_how_far_the_voices_lie_apart(ratings, now, apart):
    (progress,) = progress_of(CONTENT, ratings, names={})

    assert (progress.now, progress.apart) == (now, apart)


def test_says_both_views_to_the_person():
    ratings = [rated(1, Voice.PERSON, 1), rated(2, Voice.WORKER, 0)]

    (progress,) = progress_of(CONTENT, ratings, names={MARGARET: "Margaret Ellis"})

    assert progress.sentence == "You say: better than we hoped. The team says: where we hoped."
    assert [(m.who, m.by_person, m.level) for m in progress.marks] == [
        ("Margaret Ellis", True, 1),
        ("Somebody", False, 0),
    ]


def test_nobody_who_stands_for_the_person_is_shown_as_the_person():
    ratings = [rated(1, Voice.PERSON, -1), rated(2, Voice.REPRESENTATIVE, 1), rated(3, Voice.UNPAID_CARER, 2)]

    (progress,) = progress_of(CONTENT, ratings, names={})

    assert progress.sentence == "You say: not there yet. Your family says: much better than we hoped."
    assert [m.side.value for m in progress.marks] == ["person", "family", "family"]


def test_what_staff_wrote_down_is_the_persons_word_and_says_who_wrote_it():
    said = replace(rated(1, Voice.PERSON, 1), rater_id=JOY, words="It was grand.")

    (progress,) = progress_of(CONTENT, [said], names={JOY: "Joy Mensah"}, person="Margaret Ellis")

    assert [(m.who, m.said) for m in progress.marks] == [("Margaret Ellis, as Joy Mensah wrote down", "It was grand.")]


def test_an_outcome_that_was_taken_out_stays_to_be_read_as_it_last_stood():
    old = replace(OUTCOME, id=uuid4(), words="I want to knit.")
    later = replace(old, words="I want to knit a scarf.")
    versions = [(2, replace(CONTENT, outcomes=(later,))), (1, replace(CONTENT, outcomes=(OUTCOME, old)))]

    assert ended_outcomes(versions, CONTENT) == (later,)
