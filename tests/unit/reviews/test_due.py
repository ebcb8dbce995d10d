"""By which day a plan in force is to be reviewed, and why then."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from careplan.kernel.minutes import Minutes
from careplan.reviews.domain.due import Dates, Due, Why, due
from careplan.reviews.domain.review import Figures, Reason, Review
from tests.factories.reviews import planned, unplanned

VERSION = UUID(int=1)
REVIEW_ON = date(2026, 12, 20)
DECIDED, REVIEW_BY = date(2026, 11, 1), date(2026, 11, 29)
DAY = timedelta(days=1)


def held(said, version_id=VERSION):
    return Review(
        uuid4(), uuid4(), uuid4(), version_id, 1, said, Figures(None, Minutes(0)), uuid4(), "Sam",
        datetime(2026, 11, 27, tzinfo=UTC),
    )  # fmt: skip


def not_agreed(**said):
    return Dates(VERSION, REVIEW_ON, DECIDED, REVIEW_BY, **said)


@pytest.mark.parametrize(
    ("dates", "reviews", "on", "why"),
    [
        (Dates(VERSION, REVIEW_ON), [], REVIEW_ON, Why.PLANNED),
        # A planned review names the next; an unplanned one leaves the plan's day as it is.
        (Dates(VERSION, REVIEW_ON), [planned(held_on=date(2026, 12, 10))], date(2027, 6, 8), Why.PLANNED),
        (Dates(VERSION, REVIEW_ON), [unplanned(held_on=date(2026, 12, 10))], REVIEW_ON, Why.PLANNED),
        (
            Dates(VERSION, REVIEW_ON),
            [planned(held_on=date(2026, 12, 10)), planned(held_on=date(2026, 11, 10))],
            date(2027, 6, 8),
            Why.PLANNED,
        ),
        # Gone on without the person's agreement: within 28 days, until any review has been held.
        (not_agreed(), [], REVIEW_BY, Why.NOT_AGREED),
        (not_agreed(), [unplanned(held_on=DECIDED, reason=Reason.NOT_AGREED)], REVIEW_ON, Why.PLANNED),
        (not_agreed(), [unplanned(held_on=DECIDED - DAY)], REVIEW_BY, Why.NOT_AGREED),
        # Contingency two periods running.
        (Dates(VERSION, REVIEW_ON, run_began_on=date(2026, 11, 12)), [], date(2026, 11, 12), Why.CONTINGENCY),
        (
            Dates(VERSION, REVIEW_ON, run_began_on=date(2026, 11, 12)),
            [unplanned(held_on=date(2026, 11, 12), reason=Reason.CONTINGENCY)],
            REVIEW_ON,
            Why.PLANNED,
        ),
        (not_agreed(run_began_on=REVIEW_BY + DAY), [], REVIEW_BY, Why.NOT_AGREED),
        # Voices far apart: at once, until a review of whichever version has been held; each gap by itself.
        (Dates(VERSION, REVIEW_ON, gaps_since=(DECIDED,)), [], DECIDED, Why.GAP),
        (
            Dates(VERSION, REVIEW_ON, gaps_since=(DECIDED, REVIEW_BY)),
            [unplanned(held_on=DECIDED, reason=Reason.GAP)],
            REVIEW_BY,
            Why.GAP,
        ),
        (Dates(VERSION, REVIEW_ON, gaps_since=(DECIDED,)), [unplanned(held_on=DECIDED + DAY)], REVIEW_ON, Why.PLANNED),
    ],
)
def test_is_the_first_day_that_is_still_open(dates, reviews, on, why):
    assert due(dates, [held(r) for r in reviews]) == Due(on, why)


def test_is_none_for_an_interim_plan_that_sets_none():
    assert due(Dates(VERSION, None), []) is None


def test_reviews_of_an_earlier_version_answer_for_nothing():
    assert due(not_agreed(), [held(planned(held_on=DECIDED), UUID(int=2))]) == Due(REVIEW_BY, Why.NOT_AGREED)


@pytest.mark.parametrize(
    ("today", "shows", "over"),
    [
        (REVIEW_ON - 22 * DAY, False, False),
        (REVIEW_ON - 21 * DAY, True, False),
        (REVIEW_ON, True, False),
        (REVIEW_ON + DAY, True, True),
    ],
)
def test_shows_from_three_weeks_before_and_is_over_the_day_after(today, shows, over):
    one = Due(REVIEW_ON, Why.PLANNED)

    assert (one.shows(today), one.is_over(today)) == (shows, over)
