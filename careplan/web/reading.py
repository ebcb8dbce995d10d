"""The one strict reader of JSON: what it lets through can be stored, hashed and said back without a surprise."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from flask import request
from marshmallow import Schema, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from careplan.kernel.errors import DomainError, Invalid, Problem

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 64
# Beyond this a number is not the same in every language, and RFC 8785 has no form for it.
MAX_WHOLE_NUMBER = 2**53 - 1
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
BRACKETS = re.compile(r"[\[\]{}]")


class MalformedBody(DomainError):
    """What was sent is not JSON that we can keep."""

    code = "malformed"
    status = 400


class BodyTooLarge(DomainError):
    """What was sent is larger than this address takes."""

    code = "too_large"
    status = 413


class NotJson(DomainError):
    """What was sent does not say that it is JSON."""

    code = "wrong_media_type"
    status = 415


def json_body(*, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> dict[str, Any]:
    """The object that this request carries.

    Raises NotJson, BodyTooLarge or MalformedBody.
    """
    if not _says_json(request.mimetype):
        raise NotJson("Send JSON, with the header Content-Type: application/json.", accepted="application/json")
    return parse(_bounded(max_bytes), max_depth=max_depth)


def parse(data: bytes, *, max_depth: int = MAX_DEPTH) -> dict[str, Any]:
    """The object in these bytes.

    Raises MalformedBody for what is not UTF-8, not JSON, not an object, too deep, or holds a key twice, NaN, an
    infinite number, a whole number beyond 2^53 - 1, NUL or half a surrogate pair.
    """
    text = _text(data)
    if _depth(text) > max_depth:
        raise MalformedBody(f"The JSON is nested more than {max_depth} deep.", deepest=max_depth)
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as wrong:
        if isinstance(wrong, json.JSONDecodeError):
            raise MalformedBody(f"This is not JSON: line {wrong.lineno}, column {wrong.colno}.") from None
        raise MalformedBody("This is not JSON that we can read.") from None
    if not isinstance(value, dict):
        raise MalformedBody("Send one JSON object: { … }.")
    _refuse_unstorable(value)
    return value


def checked(schema: Schema, *, body: Mapping[str, Any] | None = None) -> Any:
    """What the schema makes of the request's object (or of `body`).

    Raises Invalid with a problem for each field, named by its dotted path.
    """
    try:
        return schema.load(json_body() if body is None else body)
    except ValidationError as wrong:
        problems = tuple(_flattened(wrong.messages, ""))
        raise Invalid("Some of what was sent needs to be put right.", problems=problems) from None


def _says_json(mimetype: str) -> bool:
    return mimetype == "application/json" or (mimetype.startswith("application/") and mimetype.endswith("+json"))


def _bounded(max_bytes: int) -> bytes:
    too_large = BodyTooLarge(f"Send at most {max_bytes} bytes at once.", most=max_bytes)
    if (request.content_length or 0) > max_bytes:
        raise too_large
    try:
        data = request.get_data(cache=True)
    except RequestEntityTooLarge:
        raise too_large from None
    if len(data) > max_bytes:
        raise too_large
    return data


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise MalformedBody("Send UTF-8.") from None


def _depth(text: str) -> int:
    """How deep the brackets outside strings nest, without parsing, so that depth can break no parser."""
    depth = deepest = 0
    for bracket in BRACKETS.findall(STRINGS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise MalformedBody("A key stands twice in the same object.")
    return found


def _refuse_constant(word: str) -> NoReturn:
    raise MalformedBody("NaN and Infinity are not JSON.")


def _refuse_unstorable(value: dict[str, Any]) -> None:
    """Walks without recursion; names the first place that holds what we cannot keep."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        path, part = waiting.pop()
        if isinstance(part, dict):
            waiting += [(_joined(path, _storable(path, key)), below) for key, below in part.items()]
        elif isinstance(part, list):
            waiting += [(f"{path}.{index}", below) for index, below in enumerate(part)]
        elif isinstance(part, str):
            _storable(path, part)
        elif isinstance(part, float) and part in (float("inf"), float("-inf")):
            raise _unstorable(path, "The number is too large.")
        elif isinstance(part, int) and abs(part) > MAX_WHOLE_NUMBER:
            raise _unstorable(path, f"A whole number may be at most {MAX_WHOLE_NUMBER}.")


def _storable(path: str, text: str) -> str:
    if UNSTORABLE.search(text):
        raise _unstorable(path, "The text holds a character that cannot be stored.")
    return text


def _unstorable(path: str, message: str) -> MalformedBody:
    return MalformedBody(message, problems=(Problem(path, message),))


def _joined(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


def _flattened(messages: Any, path: str) -> Iterator[Problem]:
    """marshmallow's nested messages as one problem a field."""
    if isinstance(messages, Mapping):
        for key, below in messages.items():
            yield from _flattened(below, path if key == "_schema" else _joined(path, key))
    elif isinstance(messages, list | tuple):
        for message in messages:
            yield from _flattened(message, path)
    else:
        yield Problem(path, str(messages))
