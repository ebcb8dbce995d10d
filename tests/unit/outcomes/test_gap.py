"""When two voices lie so far apart that a review is due, and since when."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from careplan.outcomes.domain.gap import gaps_open
from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.rating import Rating, RatingKind, Voice

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
OUTCOME, PERSON, JOY = UUID(int=10), UUID(int=20), UUID(int=30)


def said(day, voice, level, *, learnt=None, corrects=None, back=None):
    at = NOON + timedelta(days=day)
    return Rating(
        UUID(int=100 + day), PERSON, OUTCOME, PERSON if voice is Voice.PERSON else JOY, voice, RatingKind.NOTE,
        Level(level), None, None, at, NOON + timedelta(days=day if learnt is None else learnt),
        UUID(int=100 + corrects) if corrects else None, NOON if back else None,
    )  # fmt: skip


P, W, PRO, REP = Voice.PERSON, Voice.WORKER, Voice.PROFESSIONAL, Voice.REPRESENTATIVE


@pytest.mark.parametrize(
    ("ratings", "since"),
    [
        ([], None),
        ([said(1, P, 1), said(2, W, 0)], None),
        ([said(1, P, -1), said(2, W, 1)], 2),
        ([said(1, P, -2), said(2, PRO, 0)], 2),
        # Said again and again: it has been open since the first time.
        ([said(1, P, -1), said(2, W, 1), said(3, W, 1), said(4, PRO, 2)], 2),
        # The voices come together, and it opens anew.
        ([said(1, P, -1), said(2, W, 1), said(3, W, 0), said(4, W, 1)], 4),
        ([said(1, P, -1), said(2, W, 1), said(3, P, 0)], None),
        # A slip that was taken back, or corrected, opened nothing.
        ([said(1, P, -1), said(2, W, 1, back=True)], None),
        ([said(1, P, -1), said(2, W, 1), said(3, W, 0, corrects=2)], None),
        # A note that came late from a tablet: it opened when we learnt of it.
        ([said(1, P, -1), said(2, W, 1, learnt=9)], 9),
        # A family member is no part of the team.
        ([said(1, P, -1), said(2, REP, 2)], None),
    ],
)  # fmt: skip
def test_opens_once_and_closes_when_the_voices_meet(ratings, since):
    found = gaps_open(ratings)

    assert [g.since for g in found] == ([] if since is None else [NOON + timedelta(days=since)])
