"""SMART scopes of version 2 for systems: what a client was registered for, asks for and is granted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

READ, SEARCH = "r", "s"
ANY_TYPE = "*"
ACTIONS = "cruds"
_SYNTAX = re.compile(r"system/(\*|[A-Z][A-Za-z]*)\.(c?r?u?d?s?)")


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be done to one type of resource, or to all."""

    type: str
    actions: frozenset[str]

    def __str__(self) -> str:
        return f"system/{self.type}.{''.join(a for a in ACTIONS if a in self.actions)}"


def parse(text: str) -> tuple[Scope, ...]:
    """The scopes that a space-separated text asks for; what we do not know is left out, as OAuth has it."""
    found = (_SYNTAX.fullmatch(word) for word in text.split())
    return tuple(Scope(m[1], frozenset(m[2])) for m in found if m and m[2])


def granted(*, asked: Iterable[Scope], registered: Iterable[Scope]) -> tuple[Scope, ...]:
    """What is both asked for and registered, never more than either."""
    registered = tuple(registered)
    both = (_overlap(a, r) for a in asked for r in registered)
    by_type: dict[str, frozenset[str]] = {}
    for scope in both:
        if scope is not None:
            by_type[scope.type] = by_type.get(scope.type, frozenset()) | scope.actions
    return tuple(Scope(type_, actions) for type_, actions in sorted(by_type.items()))


def allows(scopes: Iterable[Scope], *, type_: str, action: str) -> bool:
    """Whether these scopes let this be done to this type of resource."""
    return any(s.type in (ANY_TYPE, type_) and action in s.actions for s in scopes)


def written(scopes: Iterable[Scope]) -> str:
    """The scopes as a token response says them."""
    return " ".join(str(s) for s in scopes)


def _overlap(one: Scope, other: Scope) -> Scope | None:
    if ANY_TYPE not in (one.type, other.type) and one.type != other.type:
        return None
    actions = one.actions & other.actions
    type_ = other.type if one.type == ANY_TYPE else one.type
    return Scope(type_, actions) if actions else None
