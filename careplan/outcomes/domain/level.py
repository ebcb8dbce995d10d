"""The five described levels of an outcome, from much worse than hoped to much better."""

from enum import IntEnum

from careplan.kernel.errors import Invalid, Problem

ACCEPTED = "one of −2, −1, 0, 1 and 2"


class Level(IntEnum):
    """Where an outcome stands: 0 is what was hoped for, −1 normally where it began."""

    MUCH_LESS = -2
    LESS = -1
    HOPED_FOR = 0
    MORE = 1
    MUCH_MORE = 2


NUMBERS = frozenset(int(level) for level in Level)


class UnknownLevel(Invalid):
    """The level is none of the five that the plan describes."""

    code = "unknown_level"


def read_level(value: object, *, field: str = "level") -> Level:
    """The level that a whole number names.  Raises UnknownLevel, saying what would be accepted."""
    if isinstance(value, bool) or not isinstance(value, int) or value not in NUMBERS:
        message = f"Choose a level: {ACCEPTED}."
        raise UnknownLevel(message, problems=(Problem(field, message),))
    return Level(value)
