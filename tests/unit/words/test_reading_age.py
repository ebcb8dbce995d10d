"""How hard our own sentences for citizens are to read, by a library.

The age is that of SMOG, the formula by which health information is judged in this country: its grade and five years.
It needs three sentences, so it is taken of each file; single sentences are put in order by Flesch and Kincaid.
"""

import statistics
import sys

import pytest
import textstat
from textstat.backend.selections._list_words import list_words
from textstat.backend.utils._get_cmudict import get_cmudict

from tests.unit.words.own_sentences import own_sentences

YOUNGEST, OLDEST = 9, 11
SENTENCES_FOR_SMOG = 3
YEARS_BEFORE_SCHOOL = 5
MOST_WORDS = 25
WORST = 10


@pytest.fixture(scope="module")
def sentences() -> dict[str, list[str]]:
    """By file; words that the library's dictionary lacks are counted by their hyphens instead of failing."""
    found = own_sentences()
    known = get_cmudict("en_US")
    for word in list_words(" ".join(s for each in found.values() for s in each), lowercase=True):
        if word not in known:
            known[word] = []
    return found


@pytest.fixture(scope="module")
def worst(sentences) -> list[str]:
    """The hardest sentences, each with its age."""
    aged = {s: textstat.flesch_kincaid_grade(s) + YEARS_BEFORE_SCHOOL for each in sentences.values() for s in each}
    return [f"{aged[s]:.1f}  {s}" for s in sorted(aged, key=lambda s: -aged[s])[:WORST]]


def test_they_are_found(sentences):
    assert "templates/plans/mine/plan.html" in sentences
    assert "careplan/plans/routes/mine.py" in sentences
    assert sum(len(each) for each in sentences.values()) > 200


def test_the_median_file_is_for_readers_of_9_to_11_years(sentences, worst):
    ages = {
        file: textstat.smog_index(" ".join(each)) + YEARS_BEFORE_SCHOOL
        for file, each in sentences.items()
        if len(each) >= SENTENCES_FOR_SMOG
    }
    median = statistics.median(ages.values())
    said = "\n".join((f"Median reading age {median:.1f}. The worst ten sentences:", *worst))
    sys.stdout.write(said)

    assert YOUNGEST <= median <= OLDEST, said


def test_the_median_sentence_is_no_harder_than_that(sentences, worst):
    ages = [textstat.flesch_kincaid_grade(s) + YEARS_BEFORE_SCHOOL for each in sentences.values() for s in each]

    assert statistics.median(ages) <= OLDEST, "\n".join(worst)


def test_no_sentence_has_to_be_read_twice_for_its_length(sentences):
    long = [s for each in sentences.values() for s in each if len(s.split()) > MOST_WORDS]

    assert long == []
