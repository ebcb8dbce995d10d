"""Where a list goes on: the position after its last row, signed, so that nobody can make one up."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from careplan.kernel.errors import DomainError

DEFAULT_SIZE = 50
MOST = 200
Position = tuple[str | int | date | datetime | UUID | None, ...]


class BadCursor(DomainError):
    """A position in a list that this product did not give out, or gave out for another list."""

    code = "bad_cursor"
    status = 400

    def __init__(self) -> None:
        super().__init__("This place in the list is not one that we gave you. Start from the beginning of the list.")


def encode_cursor(position: Position, *, of: str) -> str:
    """An opaque word for a position in the list named `of`."""
    return str(_serializer(of).dumps([_packed(value) for value in position]))


def decode_cursor(cursor: str | None, *, of: str) -> Position | None:
    """The position that a cursor stands for; None at the beginning of the list.

    Raises BadCursor.
    """
    if not cursor:
        return None
    try:
        return tuple(_unpacked(kind, value) for kind, value in _serializer(of).loads(cursor))
    except (BadSignature, ValueError, TypeError, KeyError):
        raise BadCursor from None


def requested_cursor(*, of: str) -> Position | None:
    """The position that this request asks to go on from (`?after=`)."""
    return decode_cursor(request.args.get("after"), of=of)


def requested_size(*, default: int = DEFAULT_SIZE, most: int = MOST) -> int:
    """How many rows this request asks for (`?limit=`), kept between 1 and `most`."""
    asked = request.args.get("limit", "")
    return max(1, min(int(asked), most)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else default


def _serializer(of: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"keyset:{of}")


def _packed(value: Any) -> list[Any]:
    for kind, pack, _unpack in KINDS:
        if isinstance(value, kind):
            return [kind.__name__, pack(value)]
    raise TypeError(f"a position in a list cannot hold a {type(value).__name__}")


def _unpacked(name: str, value: Any) -> Any:
    return next(unpack for kind, _pack, unpack in KINDS if kind.__name__ == name)(value)


# datetime stands before date, of which it is a kind.
KINDS: tuple[tuple[type, Any, Any], ...] = (
    (datetime, datetime.isoformat, datetime.fromisoformat),
    (date, date.isoformat, date.fromisoformat),
    (UUID, str, UUID),
    (int, int, int),
    (str, str, str),
    (type(None), lambda _: None, lambda _: None),
)
