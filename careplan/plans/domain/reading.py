"""Reads JSON strictly: one type a value, nothing unknown passes, all problems told at once with their paths."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from careplan.kernel.errors import Problem

Choice = TypeVar("Choice", bound=Enum)
Built = TypeVar("Built")

LONGEST_TEXT = 4_000
MOST_ITEMS = 100
NOBODY = UUID(int=0)


class Reader:
    """One JSON object at one path. A value that cannot be read gives a stand-in and leaves a problem behind."""

    def __init__(self, value: object, *, path: str, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self._known: set[str] = set()
        self._value: Mapping[str, Any] = {}
        if isinstance(value, Mapping):
            self._value = value
        else:
            self.problem("", "This must be an object with named fields.")

    def problem(self, key: str, message: str) -> None:
        """Notes what is wrong with a field."""
        self.problems.append(Problem(".".join(p for p in (self.path, key) if p), message))

    def text(self, key: str) -> str:
        """Words, perhaps none."""
        value = self._get(key, "")
        if not isinstance(value, str):
            self.problem(key, "This must be words.")
            return ""
        if len(value) > LONGEST_TEXT:
            self.problem(key, f"Use {LONGEST_TEXT:,} characters or fewer.")
        if "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value):
            self.problem(key, "This holds a character that cannot be kept.")
            return ""
        return value

    def text_or_none(self, key: str) -> str | None:
        """Words, or null."""
        return None if self._get(key) is None else self.text(key)

    def whole(self, key: str, *, least: int, most: int, default: int = 0) -> int:
        """A whole number between two others, both included."""
        return self._whole(key, self._get(key, default), least, most)

    def whole_or_none(self, key: str, *, least: int, most: int) -> int | None:
        """A whole number, or null."""
        value = self._get(key)
        return None if value is None else self._whole(key, value, least, most)

    def wholes(self, key: str, *, count: int, least: int, most: int) -> tuple[int, ...]:
        """As many whole numbers as asked for."""
        value = self._get(key)
        if not isinstance(value, list | tuple) or len(value) != count:
            self.problem(key, f"Give {count} whole numbers.")
            return (least,) * count
        return tuple(self._whole(f"{key}.{i}", v, least, most) for i, v in enumerate(value))

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self._get(key, False)
        if not isinstance(value, bool):
            self.problem(key, "This must be true or false.")
            return False
        return value

    def choice(self, key: str, kind: type[Choice], *, default: Choice | None = None) -> Choice:
        """One of the members of an enumeration, by its value."""
        value = self._get(key, default.value if default else None)
        return self._choice(key, value, kind)

    def choices(self, key: str, kind: type[Choice]) -> tuple[Choice, ...]:
        """Any number of members, each once, in the order given."""
        value = self._get(key, [])
        if not isinstance(value, list | tuple):
            self.problem(key, "This must be a list.")
            return ()
        found = [self._choice(f"{key}.{i}", v, kind) for i, v in enumerate(value[:MOST_ITEMS])]
        return tuple(dict.fromkeys(found))

    def day_or_none(self, key: str) -> date | None:
        """A date such as 2026-11-21, or null."""
        value = self._get(key)
        if value is None:
            return None
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError):
            self.problem(key, "This must be a date such as 2026-11-21.")
            return None
        return self._plausible(key, day)

    def id(self, key: str) -> UUID:
        """A UUID."""
        found = self.id_or_none(key)
        if found is None and self._get(key) is None:
            self.problem(key, "This must be an id (a UUID).")
        return found or NOBODY

    def id_or_none(self, key: str) -> UUID | None:
        """A UUID, or null."""
        value = self._get(key)
        if value is None:
            return None
        try:
            return UUID(value) if isinstance(value, str) else value if isinstance(value, UUID) else UUID("")
        except ValueError:
            self.problem(key, "This must be an id (a UUID).")
            return None

    def ids(self, key: str) -> tuple[UUID, ...]:
        """A list of UUIDs."""
        value = self._get(key, [])
        if not isinstance(value, list | tuple):
            self.problem(key, "This must be a list.")
            return ()
        inner = Reader(dict(enumerate_as_keys(value[:MOST_ITEMS])), path=self._under(key), problems=self.problems)
        return tuple(inner.id(k) for k, _ in enumerate_as_keys(value[:MOST_ITEMS]))

    def items(self, key: str, build: Callable[["Reader"], Built]) -> tuple[Built, ...]:
        """A list of objects, each built by a function."""
        value = self._get(key, [])
        if not isinstance(value, list | tuple):
            self.problem(key, "This must be a list.")
            return ()
        if len(value) > MOST_ITEMS:
            self.problem(key, f"There can be at most {MOST_ITEMS}.")
        return tuple(self._inner(f"{key}.{i}", v, build) for i, v in enumerate(value[:MOST_ITEMS]))

    def part(self, key: str, build: Callable[["Reader"], Built]) -> Built:
        """An object within; left out, it is read as empty."""
        return self._inner(key, self._get(key, {}), build)

    def part_or_none(self, key: str, build: Callable[["Reader"], Built]) -> Built | None:
        """An object within, or null."""
        value = self._get(key)
        return None if value is None else self._inner(key, value, build)

    def keyed_texts(self, key: str, *, keys: tuple[str, ...], unknown: str) -> tuple[str, ...]:
        """Words under each of these keys, in their order; `unknown` says what other keys are refused with."""
        value = self._get(key, {})
        inner = Reader(value, path=self._under(key), problems=self.problems)
        found = tuple(inner.text(k) for k in keys)
        inner.finish(unknown=unknown)
        return found

    def finish(self, *, unknown: str = "This is not a field of a plan.") -> None:
        """Notes every field that nobody asked for: dropped in silence, it would be lost from what people agree to."""
        for key in self._value:
            if key not in self._known:
                self.problem(str(key)[:100], unknown)

    def _get(self, key: str, default: object = None) -> Any:
        self._known.add(key)
        return self._value.get(key, default)

    def _under(self, key: str) -> str:
        return ".".join(p for p in (self.path, key) if p)

    def _inner(self, key: str, value: object, build: Callable[["Reader"], Built]) -> Built:
        inner = Reader(value, path=self._under(key), problems=self.problems)
        built = build(inner)
        inner.finish()
        return built

    def _whole(self, key: str, value: object, least: int, most: int) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return int(value)
        self.problem(key, f"This must be a whole number from {least} to {most}.")
        return least

    def _choice(self, key: str, value: object, kind: type[Choice]) -> Choice:
        for member in kind:
            if member.value == value and type(member.value) is type(value):
                return member
        known = ", ".join(str(m.value) for m in kind)
        self.problem(key, f"This must be one of: {known}.")
        return next(iter(kind))

    def _plausible(self, key: str, day: date) -> date | None:
        if 1900 <= day.year <= 2200:
            return day
        self.problem(key, "This must be a date between 1900 and 2200.")
        return None


def enumerate_as_keys(values: list[Any] | tuple[Any, ...]) -> list[tuple[str, Any]]:
    """A list seen as an object whose field names are positions."""
    return [(str(i), v) for i, v in enumerate(values)]
