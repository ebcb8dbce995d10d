"""A plan comes out as the person asked for it."""

import pytest

from careplan.documents.domain.ways import Way, usual_way
from careplan.people.domain.letters import LetterFormat


@pytest.mark.parametrize(
    ("asked", "has_easy_read", "way"),
    [
        (None, False, Way.LARGE),
        (None, True, Way.LARGE),
        (LetterFormat.LARGE_PRINT, True, Way.LARGE),
        (LetterFormat.EASY_READ, True, Way.EASY),
        (LetterFormat.EASY_READ, False, Way.LARGE),
        (LetterFormat.BRAILLE, True, Way.LARGE),
    ],
)
def test_the_usual_way_is_what_they_asked_for(asked, has_easy_read, way):
    assert usual_way(asked, has_easy_read=has_easy_read) is way
