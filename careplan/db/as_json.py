"""Rows of a SELECT by way of JSON, so that one statement can answer several; read back, they are as they would be."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ScalarSelect, Select, func, inspect, literal_column, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import IteratorResult, Result
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.orm import Mapper
from sqlalchemy.orm.util import AliasedInsp
from sqlalchemy.types import TypeEngine

from careplan.db.types import UtcInstant

Read = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a SELECT gives: the name of each thing in a row, and how it is read from the row as JSON."""

    names: tuple[str, ...]
    read: tuple[Read, ...]


def shape_of(query: Select[Any]) -> Shape | None:
    """The shape of what a query finds; None where one of its columns does not come through JSON unchanged."""
    names, read, place = [], [], 0
    for description in query.column_descriptions:
        mapper = _mapper_of(description["expr"])
        types = [c.type for c in mapper.columns] if mapper is not None else [description["type"]]
        readers = [r for r in map(_reader, types) if r is not None]
        if len(readers) < len(types):
            return None
        columns = list(enumerate(readers, start=place))
        place += len(columns)
        names.append(description["name"])
        read.append(_entity(mapper, columns) if mapper is not None else _value(*columns[0]))
    return Shape(tuple(names), tuple(read))


def as_one(query: Select[Any], name: str) -> ScalarSelect[Any]:
    """All that a query finds as one value: its rows in their order, each an object whose keys stand in theirs.

    `name` is any that no other query of the same statement bears.
    """
    rows = func.json_agg(func.to_json(literal_column(name)))
    return select(rows).select_from(query.subquery(name)).scalar_subquery()


def rows_of(shape: Shape, said: list[dict[str, Any]] | None) -> Result[Any]:
    """The rows that were said, as the query by itself would have given them."""
    rows = (list(row.values()) for row in said or ())
    found = [tuple(read(row) for read in shape.read) for row in rows]
    return IteratorResult(SimpleResultMetaData(shape.names), iter(found))


def _mapper_of(what: Any) -> Mapper[Any] | None:
    known = inspect(what, raiseerr=False)
    return known.mapper if isinstance(known, Mapper | AliasedInsp) else None


def _entity(mapper: Mapper[Any], columns: list[tuple[int, Read]]) -> Read:
    """A row of a table; None where an outer join found none."""
    keys = [mapper.get_property_by_column(c).key for c in mapper.columns]
    made = list(zip(keys, columns, strict=True))
    its_ids = [place for c, (place, _) in zip(mapper.columns, columns, strict=True) if c.primary_key]

    def read_row(row: list[Any]) -> Any:
        if all(row[place] is None for place in its_ids):
            return None
        return mapper.class_(**{key: read(row[place]) for key, (place, read) in made})

    return read_row


def _value(place: int, read: Read) -> Read:
    return lambda row: read(row[place])


def _reader(type_: TypeEngine[Any]) -> Read | None:
    """How a column's value is read back; None for types that JSON says in a way of its own."""
    if isinstance(type_, ARRAY):
        item = _reader(type_.item_type)
        return None if item is None else _unless_none(lambda values: [item(v) for v in values])
    for kind, read in _READERS:
        if isinstance(type_, kind):
            return read
    return None


def _unless_none(read: Read) -> Read:
    return lambda value: None if value is None else read(value)


def _as_it_is(value: Any) -> Any:
    return value


_READERS: tuple[tuple[type[TypeEngine[Any]], Read], ...] = (
    (sa.Uuid, _unless_none(UUID)),
    (UtcInstant, _unless_none(lambda said: datetime.fromisoformat(said).astimezone(UTC))),
    (sa.Date, _unless_none(date.fromisoformat)),
    (sa.Time, _unless_none(time.fromisoformat)),
    (sa.LargeBinary, _unless_none(lambda said: bytes.fromhex(said[2:]))),
    (sa.Boolean, _as_it_is),
    (sa.Integer, _as_it_is),
    (sa.String, _as_it_is),
    (sa.JSON, _as_it_is),
)
