"""What the reader of JSON takes and what it refuses."""

import time

import pytest
from marshmallow import Schema, fields

from careplan.kernel.errors import Invalid, Problem
from careplan.web.reading import MalformedBody, checked, parse

NESTED = 200_000
REFUSED = {
    "nothing": b"",
    "half an object": b'{"a": ',
    "two objects": b"{} {}",
    "a trailing comma": b'{"a": 1,}',
    "single quotes": b"{'a': 1}",
    "a list": b"[1, 2]",
    "a number": b"1",
    "null": b"null",
    "NaN": b'{"a": NaN}',
    "infinity": b'{"a": Infinity}',
    "minus infinity": b'{"a": -Infinity}',
    "a number without end": b'{"a": 1e999}',
    "a number that no other language keeps": b'{"a": 9007199254740992}',
    "a number of ten thousand digits": b'{"a": ' + b"9" * 10_000 + b"}",
    "NUL in a text": b'{"a": "x\\u0000y"}',
    "NUL itself": b'{"a": "x\x00y"}',
    "NUL in a key": b'{"a\\u0000": 1}',
    "half a surrogate pair": b'{"a": "\\ud800"}',
    "the other half": b'{"a": "\\udc00x"}',
    "a key twice": b'{"a": 1, "a": 2}',
    "Latin-1": '{"a": "é"}'.encode("latin-1"),
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"a": 1}',
    "lists without end": b'{"a": ' + b"[" * NESTED + b"]" * NESTED + b"}",
    "objects without end": b'{"a":' * NESTED + b"1" + b"}" * NESTED,
    "65 deep": b'{"a": ' + b"[" * 64 + b"]" * 64 + b"}",
    "brackets left open": b"[" * NESTED,
}


class TestParse:
    @pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED.keys())
    def test_refuses(self, body: bytes) -> None:
        started = time.perf_counter()

        with pytest.raises(MalformedBody):
            parse(body)
        assert time.perf_counter() - started < 1

    def test_takes_what_is_64_deep(self) -> None:
        parse(b'{"a": ' + b"[" * 63 + b"]" * 63 + b"}")

    def test_counts_no_bracket_inside_a_text(self) -> None:
        assert parse(b'{"a": "\\"' + b"[" * 100 + b'"}') == {"a": '"' + "[" * 100}

    def test_keeps_text_as_it_was_sent(self) -> None:
        assert parse('{"a": "Siân 🌷 \\ud83c\\udf37 <script>"}'.encode()) == {"a": "Siân 🌷 🌷 <script>"}

    def test_names_where_the_fault_lies_without_repeating_it(self) -> None:
        with pytest.raises(MalformedBody) as refused:
            parse(b'{"records": [{}, {"note": "secret\\u0000"}]}')

        assert [p.field for p in refused.value.problems] == ["records.1.note"]
        assert "secret" not in refused.value.message


class Line(Schema):
    minutes = fields.Integer(required=True)


class Order(Schema):
    name = fields.String(required=True)
    lines = fields.List(fields.Nested(Line))


class TestChecked:
    def test_gives_what_the_schema_makes_of_it(self) -> None:
        assert checked(Order(), body={"name": "a"}) == {"name": "a"}

    def test_names_each_field_by_its_path(self) -> None:
        with pytest.raises(Invalid) as refused:
            checked(Order(), body={"lines": [{"minutes": 1}, {"minutes": "x"}], "more": 1})

        assert set(refused.value.problems) == {
            Problem("name", "Missing data for required field."),
            Problem("lines.1.minutes", "Not a valid integer."),
            Problem("more", "Unknown field."),
        }
