"""Ratings stand side by side."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from careplan.outcomes.domain.gap import gap_between_voices
from careplan.outcomes.domain.level import Level, UnknownLevel, read_level
from careplan.outcomes.domain.rating import (
    Rater,
    Rating,
    RatingKind,
    Voice,
    latest_by_voice,
    latest_reviews,
    standing,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
OUTCOME, PERSON, WORKER = UUID(int=10), UUID(int=20), UUID(int=30)


def rating(
    number, *, voice=Voice.PERSON, level=0, rater=PERSON, kind=RatingKind.REVIEW, minutes=0, corrects=None, back=False
):
    return Rating(
        id=UUID(int=number),
        person_id=PERSON,
        outcome_id=OUTCOME,
        rater_id=rater,
        voice=voice,
        kind=kind,
        level=Level(level),
        words=None,
        visit_id=None,
        at=NOON + timedelta(minutes=minutes),
        received_at=NOON,
        corrects=UUID(int=corrects) if corrects else None,
        taken_back_at=NOON if back else None,
    )


class TestReadLevel:
    @pytest.mark.parametrize("value", [-2, -1, 0, 1, 2])
    def test_takes_the_five_levels(self, value):
        assert read_level(value) == value

    @pytest.mark.parametrize("value", [3, -3, "1", None, True, 1.0, 99])
    def test_says_what_would_be_accepted_instead_of_an_unknown_level(self, value):
        with pytest.raises(UnknownLevel, match="one of −2, −1, 0, 1 and 2"):
            read_level(value)


class TestLatestByVoice:
    def test_keeps_the_workers_word_beside_the_persons(self):
        own = rating(1, level=1)
        workers = rating(2, voice=Voice.WORKER, rater=WORKER, level=-1, minutes=5)

        latest = latest_by_voice([own, workers])

        assert latest == {(OUTCOME, Voice.PERSON): own, (OUTCOME, Voice.WORKER): workers}


class TestGapBetweenVoices:
    def test_counts_the_levels_between_the_person_and_the_worker(self):
        ratings = [rating(1, level=1), rating(2, voice=Voice.WORKER, rater=WORKER, level=-1)]

        assert gap_between_voices(ratings, outcome_id=OUTCOME) == 2

    def test_is_nothing_while_the_person_has_not_spoken(self):
        ratings = [rating(2, voice=Voice.WORKER, rater=WORKER, level=-1)]

        assert gap_between_voices(ratings, outcome_id=OUTCOME) == 0


class TestLatestReviews:
    def test_leaves_notes_of_progress_out(self):
        review = rating(1, level=1)
        note = rating(2, level=2, kind=RatingKind.NOTE, minutes=9)

        assert latest_reviews([review, note]) == {Rater(Voice.PERSON): {OUTCOME: review}}

    def test_leaves_out_all_that_a_care_worker_enters(self):
        entered = rating(1, voice=Voice.WORKER, rater=WORKER, level=2)

        assert latest_reviews([entered]) == {}

    def test_takes_the_person_for_one_rater_whoever_wrote_it_down(self):
        own, told = rating(1, level=-1), rating(2, rater=WORKER, level=1, minutes=9)
        professional = rating(3, voice=Voice.PROFESSIONAL, rater=WORKER, minutes=10)

        assert latest_reviews([own, told, professional]) == {
            Rater(Voice.PERSON): {OUTCOME: told},
            Rater(Voice.PROFESSIONAL, WORKER): {OUTCOME: professional},
        }


class TestStanding:
    def test_puts_a_correction_in_the_place_of_what_it_corrects(self):
        wrong, right = rating(1, level=2), rating(2, level=1, minutes=1, corrects=1)

        assert standing([right, wrong]) == (right,)

    def test_lets_nobody_correct_what_somebody_else_said(self):
        own = rating(1, level=2)
        workers = rating(2, voice=Voice.WORKER, rater=WORKER, level=-1, minutes=1, corrects=1)

        assert standing([own, workers]) == (own, workers)

    def test_takes_the_later_of_two_corrections_in_whatever_order_they_come(self):
        wrong, second, third = rating(1), rating(2, corrects=1, minutes=1), rating(3, corrects=1, minutes=2)

        assert standing([third, wrong, second]) == standing([second, third, wrong]) == (third,)

    def test_lets_what_was_corrected_stand_again_once_the_correction_is_taken_back(self):
        first, slip = rating(1), rating(2, corrects=1, minutes=1, back=True)

        assert standing([first, slip]) == (first,)
        assert standing([rating(3, back=True)]) == ()
