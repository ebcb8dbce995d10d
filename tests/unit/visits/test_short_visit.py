"""What a visit of less than half an hour needs, and the share of such visits."""

from dataclasses import replace
from datetime import date

import pytest

from careplan.visits.domain.short_visit import Circumstances, Condition, Share, is_short, missing, share_of

TODAY = date(2026, 11, 27)
WHOLE = Circumstances(
    first_review_held=True, agreed_on=TODAY, today=TODAY, all_workers_known=True, longer_visits_beside=True,
    task="Eye drops",
)  # fmt: skip


@pytest.mark.parametrize(("minutes", "short"), [(29, True), (30, False), (15, True), (45, False)])
def test_short_is_less_than_thirty_minutes(minutes, short):
    assert is_short(minutes) is short


class TestMissing:
    def test_nothing_where_all_five_hold(self):
        assert missing(WHOLE) == ()

    @pytest.mark.parametrize(
        ("said", "condition"),
        [
            ({"first_review_held": False}, Condition.FIRST_REVIEW),
            ({"agreed_on": None}, Condition.CONSENT),
            ({"agreed_on": date(2026, 11, 28)}, Condition.CONSENT),
            ({"all_workers_known": False}, Condition.KNOWN_WORKER),
            ({"longer_visits_beside": False}, Condition.WIDER_PACKAGE),
            ({"task": " "}, Condition.TASK),
        ],
    )
    def test_names_each_condition_by_itself(self, said, condition):
        assert missing(replace(WHOLE, **said)) == (condition,)

    def test_names_all_at_once(self):
        assert missing(Circumstances(False, None, TODAY, False, False, None)) == tuple(Condition)


class TestShareOf:
    def test_counts_long_short_agreed_and_other(self):
        found = share_of([(30, False), (45, False), (29, True), (15, False), (60, False), (20, True)])

        assert found == Share(long=3, short_agreed=2, short_other=1)
        assert [found.percent(n) for n in (found.long, found.short_agreed, found.short_other)] == [50, 33, 17]

    def test_of_nothing_is_nothing(self):
        assert share_of([]).percent(0) == 0
