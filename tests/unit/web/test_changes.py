"""Marks on one scale: inside the picture, in order, and none lost beyond its ends."""

from decimal import Decimal

import pytest

from careplan.web.changes import changes_picture


@pytest.mark.parametrize("width", [280, 640])
def test_marks_lie_inside_the_picture_on_either_side_of_the_goal(width):
    picture = changes_picture(
        [("Feeling safe", Decimal("36.31"), Decimal("63.69")), ("Control", Decimal(99), Decimal(0))], width=width
    )
    safe, control = picture.lines

    assert safe.was_x < picture.goal_x < safe.now_x
    assert (safe.is_better, control.is_better) == (True, False)
    assert all(0 < x < width for line in picture.lines for x in (line.was_x, line.now_x))
    assert safe.words_y < safe.y < control.words_y < control.y < picture.height
