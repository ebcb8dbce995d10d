"""State machines as tables: a transition is a row, and what has no row is refused."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from careplan.kernel.errors import Conflict

State = TypeVar("State", bound=Enum)
Event = TypeVar("Event", bound=Enum)


class NotNow(Conflict):
    """The step is not possible from the state in which the thing stands."""

    code = "not_now"


def advance(table: Mapping[tuple[State, Event], State], state: State, event: Event) -> State:
    """The state that an event leads to.  Raises NotNow, naming what would be possible, where no row allows it."""
    try:
        return table[state, event]
    except KeyError:
        possible = sorted(str(e.value) for s, e in table if s is state)
        raise NotNow(
            f"It is {state.value}, so it cannot be {event.value}.", state=state.value, possible=possible
        ) from None
