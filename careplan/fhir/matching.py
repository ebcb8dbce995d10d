"""A search as SQL: each criterion becomes a condition on the stored resource, by way of the index."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnExpressionArgument, Interval, Select, and_, exists, false, literal, not_, or_, select
from sqlalchemy.sql.elements import ColumnElement

from careplan.db.scope import AnySession
from careplan.fhir import store
from careplan.fhir.index import BY_IDENTIFIER, folded
from careplan.fhir.instants import NotADate, range_of
from careplan.fhir.models import FHIR_INDEX, FhirResource
from careplan.fhir.outcomes import FhirRefused
from careplan.fhir.parameters import DIRECTORY_TYPES, PATIENT, Kind
from careplan.fhir.search import ID, LAST_UPDATED, Criterion, Query, unescaped
from careplan.fhir.store import Stored

R = FhirResource
I = FHIR_INDEX.c  # noqa: E741  the index's columns, said often
Condition = ColumnElement[bool]
_PREFIXED = re.compile(r"(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.+)", re.DOTALL)
_BAR = re.compile(r"(?<!\\)\|")
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
APPROXIMATELY = timedelta(days=3)


def run(session: AnySession, query: Query, *, visible: Select[UUID], after: str | None) -> tuple[list[Stored], bool]:
    """A page of what these eyes may see of a search, by id, and whether there is more.

    Ids never change, so nothing is doubled or skipped while others write.
    """
    rows = session.execute(
        select(R.type, R.id, R.version, R.person_id, R.last_updated, R.body, R.deleted)
        .where(*_of(query, visible=visible), *([R.id > after] if after is not None else []))
        .order_by(R.id)
        .limit(query.count + 1)
    ).all()
    return [Stored(*row) for row in rows[: query.count]], len(rows) > query.count


def _of(query: Query, *, visible: Select[UUID]) -> list[ColumnExpressionArgument[bool]]:
    seen = R.person_id.is_(None) if query.type in DIRECTORY_TYPES else R.person_id.in_(visible)
    return [R.type == query.type, R.is_current, R.deleted.is_(False), seen, *map(_condition, query.criteria)]


def named_people(query: Query) -> frozenset[UUID] | None:
    """The people whom a search names by id, if it is for certain people only."""
    for criterion in query.criteria:
        by_id = criterion.parameter is ID and query.type == PATIENT
        by_patient = _names_the_person(criterion) and not criterion.modifier
        if (by_id or by_patient) and criterion.chained is None:
            ids = (_uuid(v.removeprefix("Patient/")) for v in criterion.values)
            return frozenset(i for i in ids if i)
    return None


def _condition(criterion: Criterion) -> Condition:
    parameter = criterion.parameter
    if parameter is ID:
        return R.id.in_(criterion.values)
    if parameter is LAST_UPDATED:
        ends = R.last_updated + literal(store.PRECISION, Interval())
        return or_(*(_in_range(v, R.last_updated, ends) for v in criterion.values))
    if criterion.chained is not None:
        return _reaches(criterion)
    if criterion.modifier == "missing":
        there = _row(I.name.in_([parameter.name, parameter.name + BY_IDENTIFIER]))
        return there if criterion.values == ("false",) else not_(there)
    if _names_the_person(criterion) and criterion.modifier is None:
        return _of_people(criterion.values)
    if criterion.modifier == "identifier":
        return _row(I.name == parameter.name + BY_IDENTIFIER, or_(*map(_token, criterion.values)))
    if criterion.modifier == "not":
        return not_(_row(I.name == parameter.name, or_(*map(_token, criterion.values))))
    return _row(I.name == parameter.name, or_(*(_matches(criterion, v) for v in criterion.values)))


def _names_the_person(criterion: Criterion) -> bool:
    return criterion.parameter.name in ("patient", "subject") and criterion.parameter.targets == (PATIENT,)


def _row(*conditions: Condition) -> Condition:
    mine = and_(I.type == R.type, I.id == R.id)
    return exists(select(1).select_from(FHIR_INDEX).where(mine, *conditions)).correlate(R.__table__)


def _matches(criterion: Criterion, value: str) -> Condition:
    kind = criterion.parameter.kind
    if kind is Kind.TOKEN:
        return _token(value)
    if kind is Kind.STRING:
        return _string(value, criterion.modifier)
    if kind is Kind.DATE:
        return _in_range(value, I.starts, I.ends)
    if kind is Kind.QUANTITY:
        return _quantity(value)
    return _reference(value, criterion.parameter.targets)


def _token(value: str) -> Condition:
    parts = _BAR.split(value, maxsplit=1)
    code = unescaped(parts[-1])
    if len(parts) == 1:
        return I.code == code
    system = unescaped(parts[0])
    of_system = I.system == system if system else I.system.is_(None)
    return and_(of_system, I.code == code) if code else of_system


def _string(value: str, modifier: str | None) -> Condition:
    text = unescaped(value)
    if modifier == "exact":
        return I.text == text
    if modifier == "contains":
        return I.code.contains(folded(text), autoescape=True)
    return I.code.startswith(folded(text), autoescape=True)


def _reference(value: str, targets: tuple[str, ...]) -> Condition:
    type_, _, id_ = value.rpartition("/")
    type_ = type_.rpartition("/")[2]
    if type_:
        return and_(I.system == type_, I.code == id_)
    return and_(I.system.in_(targets), I.code == id_)


def _reaches(criterion: Criterion) -> Condition:
    """The chain: the resource points at one that meets the inner criterion."""
    inner, pointed = criterion.chained, FHIR_INDEX.alias("pointer")
    if inner is None or inner.modifier is not None or inner.parameter.kind not in (Kind.TOKEN, Kind.STRING):
        raise FhirRefused(400, "Only plain tokens and strings can be asked of what a reference points at.")
    wanted = and_(I.name == inner.parameter.name, or_(*(_matches(inner, v) for v in inner.values)))
    if _names_the_person(criterion):
        return R.person_id.in_(select(I.person_id).where(I.type == PATIENT, wanted).correlate(None))
    targets = select(I.id).where(I.type == criterion.target, wanted).correlate(None)
    return exists(
        select(1)
        .select_from(pointed)
        .where(
            pointed.c.type == R.type,
            pointed.c.id == R.id,
            pointed.c.name == criterion.parameter.name,
            pointed.c.system == criterion.target,
            pointed.c.code.in_(targets),
        )
    ).correlate(R.__table__)


def _of_people(values: tuple[str, ...]) -> Condition:
    ids = [i for i in (_uuid(v.removeprefix("Patient/")) for v in values) if i]
    return R.person_id.in_(ids) if ids else false()


def _in_range(value: str, starts: Any, ends: Any) -> Condition:
    """FHIR's rules for comparing a range with a range, one for each prefix."""
    prefix, text = _prefixed(value)
    try:
        low, high = range_of(text)
    except NotADate:
        raise FhirRefused(400, "A date is written like 2026, 2026-11, 2026-11-21 or 2026-11-21T08:00:00Z.") from None
    within = and_(starts >= low, ends <= high)
    compared: dict[str, Callable[[], Condition]] = {
        "eq": lambda: within,
        "ne": lambda: not_(within),
        "gt": lambda: ends > high,
        "lt": lambda: starts < low,
        "ge": lambda: ends > low,
        "le": lambda: starts < high,
        "sa": lambda: starts >= high,
        "eb": lambda: ends <= low,
        "ap": lambda: and_(starts < _shifted(high, APPROXIMATELY), ends > _shifted(low, -APPROXIMATELY)),
    }
    return compared[prefix]()


def _quantity(value: str) -> Condition:
    prefix, rest = _prefixed(value)
    number, *unit = _BAR.split(rest)
    try:
        wanted = Decimal(number)
        half = Decimal((0, (5,), int(wanted.as_tuple().exponent) - 1))
    except (InvalidOperation, ValueError):
        raise FhirRefused(400, "A quantity is written like 5.4 or 5.4|system|code.") from None
    if not wanted.is_finite() or len(number) > 30:
        raise FhirRefused(400, "A quantity is written like 5.4 or 5.4|system|code.")
    near = and_(I.number >= wanted - half, I.number < wanted + half)
    compared = {
        "eq": near, "ne": not_(near), "gt": I.number > wanted, "lt": I.number < wanted, "ge": I.number >= wanted,
        "le": I.number <= wanted, "sa": I.number > wanted, "eb": I.number < wanted,
        "ap": and_(I.number >= wanted - abs(wanted) / 10, I.number <= wanted + abs(wanted) / 10),
    }[prefix]  # fmt: skip
    system, code = [*unit, "", ""][:2]
    if system:
        compared = and_(compared, I.system == system)
    return and_(compared, I.code == code) if code else compared


def _prefixed(value: str) -> tuple[str, str]:
    found = _PREFIXED.fullmatch(value)
    prefix, text = found.groups() if found else (None, value)
    return prefix or "eq", text


def _shifted(instant: datetime, by: timedelta) -> datetime:
    try:
        return instant + by
    except OverflowError:
        return instant


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if _ID.fullmatch(text) else None
    except ValueError:
        return None
