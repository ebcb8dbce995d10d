"""A search as it was asked: which parameters it names, what of it is understood, how far it goes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from careplan.fhir.outcomes import FhirRefused
from careplan.fhir.parameters import Kind, Parameter, find_parameter

DEFAULT_COUNT = 50
MOST_COUNT = 500
MOST_VALUES = 100
MOST_CRITERIA = 30
CURSOR = "_cursor"
COUNT = "_count"
FORMAT = "_format"
ID = Parameter("_id", Kind.TOKEN, ("id",))
LAST_UPDATED = Parameter("_lastUpdated", Kind.DATE, ("meta.lastUpdated",))
MODIFIERS = {
    Kind.TOKEN: ("not", "missing"),
    Kind.STRING: ("exact", "contains", "missing"),
    Kind.REFERENCE: ("identifier", "missing"),
    Kind.DATE: ("missing",),
    Kind.QUANTITY: ("missing",),
}
_NAME = re.compile(r"([A-Za-z_-]+)(?::([A-Za-z]+))?(?:\.([A-Za-z_-]+))?")
_COMMA = re.compile(r"(?<!\\),")

Pairs = tuple[tuple[str, str], ...]


class Handling(StrEnum):
    """What becomes of a parameter that we do not know: `Prefer: handling=`."""

    STRICT = "strict"
    LENIENT = "lenient"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One parameter of a search; any of its values will do. A chain asks it of the resource pointed at."""

    parameter: Parameter
    modifier: str | None
    values: tuple[str, ...]
    chained: "Criterion | None" = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A whole search: every criterion must hold. `pairs` is what of it was understood, as it was asked."""

    type: str
    criteria: tuple[Criterion, ...]
    count: int
    pairs: Pairs


def parse(type_: str, pairs: Iterable[tuple[str, str]], *, handling: Handling) -> Query:
    """Understands a search.  Raises FhirRefused for what cannot be asked and, if strict, for an unknown name."""
    criteria, understood, count = [], [], DEFAULT_COUNT
    for name, value in pairs:
        if name == COUNT:
            count = _count(value)
        elif name == FORMAT:
            continue
        elif (criterion := _criterion(type_, name, value)) is not None:
            criteria.append(criterion)
        elif handling is Handling.STRICT:
            raise FhirRefused(400, f"{type_} cannot be searched by this parameter.", expression=f"http.{_safe(name)}")
        else:
            continue
        understood.append((name, value))
    if len(criteria) > MOST_CRITERIA:
        raise FhirRefused(400, f"A search may name at most {MOST_CRITERIA} parameters.")
    return Query(type_, tuple(criteria), count, tuple(understood))


def unescaped(text: str) -> str:
    """A value without the backslashes that kept its commas and bars from splitting it."""
    return re.sub(r"\\([,|$\\])", r"\1", text)


def _criterion(type_: str, name: str, value: str) -> Criterion | None:
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    base, modifier, chain = found.groups()
    parameter = {"_id": ID, "_lastUpdated": LAST_UPDATED}.get(base) or find_parameter(type_, base)
    if parameter is None:
        return None
    if chain:
        return _chain(parameter, modifier, chain, value)
    if modifier is not None and modifier not in MODIFIERS[parameter.kind]:
        return _typed_reference(parameter, modifier, value)
    if modifier == "missing" and (value not in ("true", "false") or base.startswith("_")):
        raise FhirRefused(400, ":missing is either true or false, and not for _id.", expression=f"http.{base}")
    return Criterion(parameter, modifier, _split(value, name=base))


def _chain(parameter: Parameter, target: str | None, chain: str, value: str) -> Criterion | None:
    if parameter.kind is not Kind.REFERENCE or (target is not None and target not in parameter.targets):
        return None
    candidates = [target] if target else [t for t in parameter.targets if find_parameter(t, chain)]
    if len(candidates) != 1 or (inner := _criterion(candidates[0], chain, value)) is None:
        return None
    return Criterion(parameter, None, (), chained=inner, target=candidates[0])


def _typed_reference(parameter: Parameter, modifier: str, value: str) -> Criterion:
    if parameter.kind is Kind.REFERENCE and modifier in parameter.targets:
        values = tuple(v if "/" in v else f"{modifier}/{v}" for v in _split(value, name=parameter.name))
        return Criterion(parameter, None, values)
    raise FhirRefused(400, "This parameter does not know that modifier.", expression=f"http.{parameter.name}")


def _split(value: str, *, name: str) -> tuple[str, ...]:
    values = tuple(v for v in _COMMA.split(value) if v)
    if not values:
        raise FhirRefused(400, "A parameter needs a value.", expression=f"http.{name}")
    if len(values) > MOST_VALUES or "\x00" in value:
        raise FhirRefused(400, f"A parameter takes at most {MOST_VALUES} values.", expression=f"http.{name}")
    return values


def _count(value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise FhirRefused(400, "_count is a whole number.", expression="http._count")
    return min(int(value), MOST_COUNT)


def _safe(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_:.-]", "", name)[:64]
