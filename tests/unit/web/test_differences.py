"""Bars for what is less and what is more: inside the picture, with words that fit it."""

import pytest

from careplan.web.differences import differences_picture

SOME = [("Hours on the rota with an allowance", 612), ("Delivered hours with additions", -21_991), ("Tolerance", 0)]


@pytest.mark.parametrize(("width", "own_line"), [(300, True), (640, False)])
def test_a_value_has_a_line_of_its_own_where_the_picture_is_narrow(width, own_line):
    bars = differences_picture(SOME, width=width).bars

    assert {bar.value_y > bar.words_y for bar in bars} == {own_line}
    assert all(bar.value_y < bar.y for bar in bars)


@pytest.mark.parametrize("width", [300, 640])
def test_bars_lie_inside_the_picture_and_meet_at_the_line(width):
    picture = differences_picture(SOME, width=width)
    more, less, none = picture.bars

    assert (more.x, round(less.x + less.width, 1)) == (picture.zero_x, picture.zero_x)
    assert less.x >= 0
    assert more.x + more.width <= width
    assert none.width == 0
    assert picture.bars[-1].y + 16 <= picture.height
