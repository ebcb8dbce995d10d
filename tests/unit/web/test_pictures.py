"""The geometry of the pictures, as numbers."""

from datetime import date, timedelta

import pytest

from careplan.web.pictures import bank_picture, bank_rows, rung_height, rungs_picture, shared_widths
from tests.fixtures.web.samples import WEEKS, Rating, Week, ratings

FIRST = date(2026, 11, 9)


class TestBankPicture:
    def test_makes_each_week_as_wide_as_its_grant(self) -> None:
        first, second, third, fourth = bank_picture(WEEKS).bars

        assert first.room == third.room
        assert second.room == fourth.room
        assert first.room + 4 == pytest.approx(2 * (second.room + 4), abs=0.2)

    def test_fills_its_width(self) -> None:
        last = bank_picture(WEEKS, width=400).bars[-1]

        assert last.x + last.room + 4 == pytest.approx(400, abs=0.3)

    def test_fills_a_week_by_what_was_had_and_planned(self) -> None:
        third = bank_picture(WEEKS).bars[2]

        assert third.had / third.room == pytest.approx(420 / 1200, abs=0.01)
        assert third.planned / third.room == pytest.approx(540 / 1200, abs=0.01)

    @pytest.mark.parametrize(("today", "week"), [(0.0, 0), (2.5, 2), (3.99, 3)])
    def test_marks_today_inside_its_week(self, today: float, week: int) -> None:
        picture = bank_picture(WEEKS, today)
        bar = picture.bars[week]

        assert picture.today_x is not None
        assert bar.x <= picture.today_x <= bar.x + bar.room
        assert [b.is_now for b in picture.bars] == [k == week for k in range(4)]

    @pytest.mark.parametrize("today", [None, -0.1, 4.0, 9.0])
    def test_marks_no_day_outside_the_period(self, today: float | None) -> None:
        assert bank_picture(WEEKS, today).today_x is None

    def test_never_draws_beyond_a_week_that_was_overrun(self) -> None:
        (bar,) = bank_picture([Week(60, 90, 30)]).bars

        assert bar.had + bar.planned == pytest.approx(bar.room, abs=0.2)

    def test_draws_an_empty_bank(self) -> None:
        bars = bank_picture([Week(0, 0, 0)] * 4).bars

        assert [(b.had, b.planned) for b in bars] == [(0, 0)] * 4

    def test_says_the_same_in_a_sentence(self) -> None:
        assert bank_picture(WEEKS[:2]).sentence == (
            "Week 1: 20 hours had, no time planned, of 20 hours."
            " Week 2: 8 hours 30 minutes had, no time planned, of 10 hours."
        )

    def test_shortens_a_label_that_would_not_fit(self) -> None:
        assert [b.label for b in bank_picture([Week(750, 0, 0), Week(600, 0, 0), Week(0, 0, 0)]).bars] == [
            "12 h 30 min",
            "10 hours",
            "0 min",
        ]


class TestSharedWidths:
    @pytest.mark.parametrize("sizes", [[1200, 600, 1200, 600], [3000, 10, 10, 580], [0, 0, 0, 0], [0, 0, 0, 9], [5]])
    def test_leaves_none_too_narrow_and_wastes_nothing(self, sizes: list[int]) -> None:
        widths = shared_widths(sizes, width=560, least=84)

        assert min(widths) >= 84
        assert sum(widths) == pytest.approx(560) or not any(sizes)


class TestBankRows:
    def test_makes_the_largest_week_as_wide_as_the_picture(self) -> None:
        rows = bank_rows(WEEKS, 2.5)

        assert [round(row.room) for row in rows] == [296, 148, 296, 148]
        assert [row.is_now for row in rows] == [False, False, True, False]


class TestRungsPicture:
    def test_puts_ratings_in_the_order_of_their_dates(self) -> None:
        picture = rungs_picture(ratings([(70, 1), (0, -1)], [(35, 0)]), name="Margaret")

        assert [(dot.y, dot.side) for dot in picture.dots] == [
            (rung_height(-1), "person"),
            (rung_height(0), "team"),
            (rung_height(1), "person"),
        ]
        assert [dot.x for dot in picture.dots] == sorted(dot.x for dot in picture.dots)

    def test_draws_higher_what_is_better(self) -> None:
        assert [rung_height(level) for level in (2, 1, 0, -1, -2)] == [12, 26, 40, 54, 68]

    def test_keeps_every_dot_inside_the_picture(self) -> None:
        picture = rungs_picture(ratings([(0, -2), (400, 2)], []), name="Margaret", width=240)

        assert all(6 <= dot.x <= 234 and 6 <= dot.y <= 74 for dot in picture.dots)

    def test_draws_a_single_rating(self) -> None:
        assert len(rungs_picture([Rating(FIRST, 0, "person", "Margaret")], name="Margaret").dots) == 1

    def test_shares_a_span_of_dates_with_other_pictures(self) -> None:
        wide = rungs_picture(
            [Rating(FIRST, 0, "person", "Margaret")], name="Margaret", since=FIRST - timedelta(days=10), until=FIRST
        )

        assert wide.dots[0].x > 200

    def test_says_the_latest_of_each_voice(self) -> None:
        picture = rungs_picture(ratings([(0, -1), (70, 1)], [(8, 0)]), name="Margaret")

        assert picture.sentence == (
            "Margaret last said better than we hoped, on 10 November 2026;"
            " the team last said where we hoped, on 9 September 2026."
        )

    def test_says_when_nobody_has_spoken(self) -> None:
        assert rungs_picture([], name="Margaret").sentence == "Nobody has said yet how it is going."
