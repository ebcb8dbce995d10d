"""The canonical form, written by a second hand, and what it finds."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.kernel.canonical import canonical_bytes, content_hash
from careplan.kernel.ids import new_id
from careplan.plans.domain.kept import Break, Kept, NotCanonical, breaks_of, written_anew

TEXTS = st.text(st.characters(blacklist_categories=("Cs",)))
CONTENTS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


@given(CONTENTS)
def test_both_hands_write_the_same(content):
    assert written_anew([content]) == canonical_bytes([content])


@pytest.mark.parametrize(
    ("content", "written"),
    [
        ({"b": 1, "a": [True, None]}, b'{"a":[true,null],"b":1}'),
        (
            {"\ufb33": 2, "\U0001f600": 1, "a": '€\n\u001f"\\/'},
            '{"a":"€\\n\\u001f\\"\\\\/","\U0001f600":1,"\ufb33":2}'.encode(),
        ),
    ],
)
def test_names_are_in_the_order_of_utf_16(content, written):
    assert written_anew(content) == written


@pytest.mark.parametrize("foreign", [1.5, {"a": [float("nan")]}])
def test_what_no_plan_holds_has_no_canonical_form(foreign):
    with pytest.raises(NotCanonical):
        written_anew(foreign)


class TestBreaksOf:
    @pytest.fixture
    def kept(self) -> Kept:
        content: dict[str, Any] = {"how_met": "Care at home.", "minutes": 1200}
        hashed = content_hash(content)
        return Kept(new_id(), 3, content, canonical_bytes(content), hashed, (hashed,))

    def test_are_none_in_what_is_whole(self, kept):
        assert breaks_of(kept) == ()

    def test_name_a_changed_character(self, kept):
        altered = replace(kept, content={**kept.content, "how_met": "Care at hame."})

        assert breaks_of(altered) == (Break.CONTENT, Break.BYTES, Break.SIGNATURE)

    def test_name_a_content_that_was_changed_with_its_hash_after_it_was_signed(self, kept):
        content = {**kept.content, "minutes": 600}
        hashed = hashlib.sha256(canonical_bytes(content)).hexdigest()
        altered = replace(kept, content=content, canonical=canonical_bytes(content), content_hash=hashed)

        assert breaks_of(altered) == (Break.SIGNATURE,)

    def test_name_bytes_that_are_not_of_the_content(self, kept):
        assert breaks_of(replace(kept, canonical=kept.canonical + b" ")) == (Break.BYTES,)

    def test_name_a_number_that_no_plan_holds(self, kept):
        assert Break.CONTENT in breaks_of(replace(kept, content={**kept.content, "minutes": 1200.5}))
