"""A thing prescribed for a person's home, from the order until it is collected, and what it changes in hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Invalid, Problem
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.kernel.transitions import advance
from careplan.kernel.words import duration

# Aids and minor adaptations up to this are free for the person, whatever their means.
FREE_UP_TO = Pence(1_000_00)
MINUTES_IN_WEEK = 7 * 24 * 60


class ItemKind(StrEnum):
    """What sort of thing it is."""

    AID = "aid"
    ADAPTATION = "adaptation"
    TECHNOLOGY = "technology"

    @property
    def words(self) -> str:
        return KINDS[self]


KINDS = {
    ItemKind.AID: "aid",
    ItemKind.ADAPTATION: "change to the home",
    ItemKind.TECHNOLOGY: "technology that helps",
}


class ItemState(StrEnum):
    """Where a thing stands; derived from its steps, never stored."""

    ORDERED = "ordered"
    CANCELLED = "cancelled"
    DELIVERED = "delivered"
    IN_USE = "in use"
    NOT_USED = "not used"
    RETURNED = "returned"


class ItemEvent(StrEnum):
    """What happens to a thing."""

    DELIVER = "delivered"
    CANCEL = "cancelled"
    USE = "in_use"
    LEAVE = "not_used"
    RETURN = "returned"

    @property
    def words(self) -> str:
        return EVENTS[self]


EVENTS = {
    ItemEvent.DELIVER: "It was delivered",
    ItemEvent.CANCEL: "The order was cancelled",
    ItemEvent.USE: "It is in use",
    ItemEvent.LEAVE: "It is not used",
    ItemEvent.RETURN: "It was collected",
}
_S, _E = ItemState, ItemEvent
TRANSITIONS: dict[tuple[ItemState, ItemEvent], ItemState] = {
    (_S.ORDERED, _E.DELIVER): _S.DELIVERED,
    (_S.ORDERED, _E.CANCEL): _S.CANCELLED,
    (_S.DELIVERED, _E.USE): _S.IN_USE,
    (_S.DELIVERED, _E.LEAVE): _S.NOT_USED,
    (_S.DELIVERED, _E.RETURN): _S.RETURNED,
    (_S.IN_USE, _E.LEAVE): _S.NOT_USED,
    (_S.IN_USE, _E.RETURN): _S.RETURNED,
    (_S.NOT_USED, _E.USE): _S.IN_USE,
    (_S.NOT_USED, _E.RETURN): _S.RETURNED,
}
IN_THE_HOME = frozenset({_S.DELIVERED, _S.IN_USE, _S.NOT_USED})


@dataclass(frozen=True, slots=True)
class ItemStep:
    """One thing that happened to it, on a London date."""

    event: ItemEvent
    on: date
    at: datetime
    by: UUID
    words: str = ""


@dataclass(frozen=True, slots=True)
class NewItem:
    """What is prescribed. `before` and `after` are weekly minutes of care without it and with it, both or neither."""

    kind: ItemKind
    name: str
    why: str
    cost: Pence | None = None
    supplier: str = ""
    before: Minutes | None = None
    after: Minutes | None = None
    referral_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A thing as prescribed, with all that happened to it."""

    id: UUID
    person_id: UUID
    said: NewItem
    ordered_at: datetime
    ordered_by: UUID
    steps: tuple[ItemStep, ...] = ()

    @property
    def state(self) -> ItemState:
        return state_of(self.steps)

    @property
    def possible(self) -> tuple[ItemEvent, ...]:
        return tuple(e for e in ItemEvent if (self.state, e) in TRANSITIONS)

    @property
    def is_free(self) -> bool:
        """Whether the person is never charged for it; technology is charged by what the council says of it."""
        return is_free(self.said.kind, self.said.cost)


def is_free(kind: ItemKind, cost: Pence | None) -> bool:
    """Aids and changes to the home cost the person nothing up to £1,000 each."""
    return kind is not ItemKind.TECHNOLOGY and cost is not None and cost <= FREE_UP_TO


def state_of(steps: Iterable[ItemStep]) -> ItemState:
    """The fold of what happened, in the order in which it was written down."""
    state = ItemState.ORDERED
    for step in sorted(steps, key=lambda s: s.at):
        state = advance(TRANSITIONS, state, step.event)
    return state


def effect_words(said: NewItem) -> str | None:
    """What it changes in the hours of a week, as a sentence; hours change only by a review and a new agreement."""
    if said.before is None or said.after is None or said.before == said.after:
        return None
    less = said.before - said.after
    change = f"{duration(abs(less))} {'less' if less > 0 else 'more'}"
    return f"{said.name}: {duration(said.before)} of care a week before, {duration(said.after)} with it, {change}."


def check_item(said: NewItem) -> None:
    """Raises Invalid with everything that is wrong."""
    numbers = [n for n in (said.before, said.after) if n is not None]
    checks = (
        (not said.name.strip(), "name", "Say what it is, such as a bath lift."),
        (not said.why.strip(), "why", "Say what it is for, in the person's life."),
        (said.cost is not None and said.cost < 0, "cost", "Type what it costs, such as 85.50."),
        (len(numbers) == 1, "after", "Give the hours both before and with it, or neither."),
        (any(not 0 <= n <= MINUTES_IN_WEEK for n in numbers), "before", "A week has 168 hours."),
    )
    problems = tuple(Problem(field, words) for wrong, field, words in checks if wrong)
    if problems:
        raise Invalid(problems[0].message, problems=problems)


def check_item_step(item: Item, event: ItemEvent, *, on: date, words: str, today: date) -> None:
    """Raises NotNow, Invalid."""
    advance(TRANSITIONS, item.state, event)
    last = max((s.on for s in item.steps), default=None)
    checks = (
        (on > today, "on", "That day is still to come."),
        (last is not None and on < last, "on", "That is before what happened last."),
        (event in (_E.LEAVE, _E.CANCEL) and not words.strip(), "words", "Say why: it tells us what would help more."),
    )
    problems = tuple(Problem(field, said) for wrong, field, said in checks if wrong)
    if problems:
        raise Invalid(problems[0].message, problems=problems)
