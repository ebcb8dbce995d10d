"""A suggestion: an exact new value for one field of one item. Taking it changes exactly that."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from enum import StrEnum
from typing import Any

from careplan.kernel.errors import Conflict, DomainError, Forbidden, NotFound, invalid
from careplan.plans.domain.content import PlanContent, as_json
from careplan.plans.domain.items import WHOLE_PLAN
from careplan.plans.domain.parsing import content_from_json
from careplan.plans.domain.plan import Suggestion

LISTS = ("needs", "outcomes", "actions", "risks")
PARTS = (
    "hours", "contingency", "adjustment", "missed_visit", "emergency_plan", "budget", "interim", "provider",
)  # fmt: skip
OF_THE_PLAN = ("starts_on", "review_on", "how_met", "prevention_advice", "no_reply")
FIXED = frozenset({"id", "delegation", "grants"})


class Decision(StrEnum):
    """What became of a suggestion."""

    TAKEN = "taken"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class NoSuchItem(NotFound):
    """The version holds no such item or field."""

    code = "no_such_item"


class NothingNew(DomainError):
    """The suggestion says what the version says already."""

    code = "nothing_new"


class DecidedAlready(Conflict):
    """Somebody took or declined it before."""

    code = "decided_already"


class OwnSuggestion(DomainError):
    """One does not decline one's own suggestion: one takes it back."""

    code = "own_suggestion"


class NotYours(Forbidden):
    """Only whoever made a suggestion takes it back."""

    code = "not_yours"


class AboutSomethingElse(DomainError):
    """A counter-proposal speaks of the same field of the same item as what it answers."""

    code = "about_something_else"


class ItemHasMoved(Conflict):
    """The item is no longer in the plan, or its value is no longer the one that the suggestion spoke of."""

    code = "item_has_moved"


def value_at(content: PlanContent, *, item: str, field: str) -> Any:
    """The JSON value of a field.  Raises NoSuchItem."""
    holder, key = _locate(as_json(content), item, field)
    return holder[key]


def with_value(content: PlanContent, *, item: str, field: str, value: Any) -> PlanContent:
    """The content with exactly this value in this field.  Raises NoSuchItem, or Invalid for an impossible value."""
    changed = deepcopy(as_json(content))
    holder, key = _locate(changed, item, field)
    holder[key] = value
    return content_from_json(changed)


def check_new(content: PlanContent, *, item: str, field: str, value: Any) -> Any:
    """The value as it stands, once the new one is known to be possible and different.

    Raises NoSuchItem, NothingNew, Invalid.
    """
    was = value_at(content, item=item, field=field)
    if with_value(content, item=item, field=field, value=value) == content:
        raise NothingNew("This is what the plan says already. Change something, or leave a comment.")
    return was


def check_counter(answered: Suggestion, *, item: str, field: str, value: Any) -> None:
    """Raises AboutSomethingElse, or NothingNew where it says what it answers says already."""
    if (answered.item, answered.field) != (item, field):
        raise AboutSomethingElse("This answers a suggestion about another part of the plan.")
    if answered.value == value:
        raise NothingNew("This is what is suggested already. Accept it, or change something.")


def check_reason(why: str) -> str:
    """The reason without the space around it.  Raises Invalid when there is none."""
    if not why.strip():
        raise invalid("why", "Say why, in a few words.")
    return why.strip()


def _locate(content: dict[str, Any], item: str, field: str) -> tuple[dict[str, Any], str]:
    """The object that holds a field, and the field's name in it; `levels.-1` reaches inside."""
    holder: Any = _item(content, item)
    *path, key = field.split(".")
    for step in path:
        holder = holder.get(step) if isinstance(holder, Mapping) else None
    known = isinstance(holder, dict) and key in holder and not FIXED & {*path, key}
    of_the_plan = item == WHOLE_PLAN or item in OF_THE_PLAN
    if not known or (of_the_plan and (path or key not in OF_THE_PLAN)):
        raise NoSuchItem("The plan has no such item, or it is no longer there.", item=item, field=field)
    return holder, key


def _item(content: dict[str, Any], item: str) -> Any:
    if item == WHOLE_PLAN or item in OF_THE_PLAN:
        return content
    if item in PARTS:
        return content[item]
    return next((held for name, held in _with_ids(content) if name == item), None)


def _with_ids(content: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in LISTS:
        for held in content[name]:
            yield held["id"], held
    for grant in content["hours"]["grants"]:
        yield grant["id"], grant
    for delegation in content["delegations"]:
        yield delegation["delegation"], delegation
