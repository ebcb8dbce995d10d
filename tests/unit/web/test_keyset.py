"""Places in a list: they come back as they were given out, or not at all."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from flask import Flask

from careplan.web.keyset import BadCursor, decode_cursor, encode_cursor, requested_cursor, requested_size

POSITION = (datetime(2026, 11, 21, 8, 4, 5, 678, tzinfo=UTC), date(2026, 11, 21), UUID(int=7), 3, "Ellis", None)


@pytest.fixture
def app() -> Flask:
    app = Flask("small")
    app.config["SECRET_KEY"] = "small"
    return app


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


class TestCursor:
    def test_comes_back_as_it_was(self) -> None:
        assert decode_cursor(encode_cursor(POSITION, of="visits"), of="visits") == POSITION

    @pytest.mark.parametrize("missing", [None, ""])
    def test_is_missing_at_the_beginning(self, missing: str | None) -> None:
        assert decode_cursor(missing, of="visits") is None

    @pytest.mark.parametrize("made_up", ["x", "W10", "W10.abc", "....", "\ud800", "é", "[]"])
    def test_cannot_be_made_up(self, made_up: str) -> None:
        with pytest.raises(BadCursor):
            decode_cursor(made_up, of="visits")

    def test_cannot_be_changed(self) -> None:
        cursor = encode_cursor((1, "a"), of="visits")

        with pytest.raises(BadCursor):
            decode_cursor("X" + cursor[1:], of="visits")

    def test_is_of_one_list_only(self) -> None:
        with pytest.raises(BadCursor):
            decode_cursor(encode_cursor((1,), of="visits"), of="people")

    def test_is_read_from_the_request(self, app: Flask) -> None:
        with app.test_request_context("/", query_string={"after": encode_cursor((5,), of="visits")}):
            assert requested_cursor(of="visits") == (5,)


class TestRequestedSize:
    @pytest.mark.parametrize(
        ("asked", "size"), [("", 50), ("10", 10), ("0", 1), ("9999", 200), ("-1", 50), ("x", 50), ("9" * 5000, 50)]
    )
    def test_is_kept_within_bounds(self, app: Flask, asked: str, size: int) -> None:
        with app.test_request_context("/", query_string={"limit": asked}):
            assert requested_size() == size
