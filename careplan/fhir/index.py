"""What a resource can be found by: the rows of the search index, taken from the resource by the parameters' table."""

import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from careplan.fhir.instants import EARLIEST, LATEST, range_of
from careplan.fhir.parameters import PARAMETERS, Kind, Parameter

# Where a reference carries only an identifier, it is indexed under the parameter's name with this ending.
BY_IDENTIFIER = ":identifier"
NAME_PARTS = ("text", "family", "given", "prefix", "suffix", "line", "city", "postalCode")


@dataclass(frozen=True, slots=True)
class Entry:
    """One value by which a resource can be found; what its fields mean is said beside the table."""

    name: str
    system: str | None = None
    code: str | None = None
    text: str | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    number: Decimal | None = None

    def as_row(self) -> dict[str, Any]:
        """The columns of the index that it fills."""
        return asdict(self)


def entries_of(resource: dict[str, Any]) -> tuple[Entry, ...]:
    """Everything by which this resource can be found, without repeats, in the order of the parameters' table."""
    found: dict[Entry, None] = {}
    for parameter in PARAMETERS[resource["resourceType"]]:
        for path in parameter.paths:
            for value in _values(resource, path.split(".")):
                found |= dict.fromkeys(_READERS[parameter.kind](parameter, value))
    return tuple(found)


def folded(text: str) -> str:
    """A string as strings are compared: no case, no accents, single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def _values(node: Any, path: list[str]) -> Iterator[Any]:
    if isinstance(node, list):
        for item in node:
            yield from _values(item, path)
    elif not path:
        yield node
    elif isinstance(node, dict) and path[0] in node:
        yield from _values(node[path[0]], path[1:])


def _tokens(parameter: Parameter, value: Any) -> Iterator[Entry]:
    if isinstance(value, bool):
        yield Entry(parameter.name, code="true" if value else "false")
    elif isinstance(value, str):
        yield Entry(parameter.name, system=parameter.system, code=value)
    elif "coding" in value:
        for coding in value["coding"]:
            yield Entry(parameter.name, system=coding.get("system"), code=coding.get("code"))
    elif "code" in value or "value" in value:
        yield Entry(parameter.name, system=value.get("system"), code=value.get("code") or value.get("value"))


def _references(parameter: Parameter, value: Any) -> Iterator[Entry]:
    type_, _, id_ = value.get("reference", "").partition("/")
    if id_:
        yield Entry(parameter.name, system=type_, code=id_)
    if "identifier" in value:
        identifier = value["identifier"]
        yield Entry(parameter.name + BY_IDENTIFIER, system=identifier.get("system"), code=identifier.get("value"))


def _strings(parameter: Parameter, value: Any) -> Iterator[Entry]:
    texts = [value] if isinstance(value, str) else [t for part in NAME_PARTS for t in _values(value, [part])]
    for text in texts:
        yield Entry(parameter.name, code=folded(text), text=text)


def _dates(parameter: Parameter, value: Any) -> Iterator[Entry]:
    if isinstance(value, str):
        starts, ends = range_of(value)
    else:
        starts = range_of(value["start"])[0] if "start" in value else EARLIEST
        ends = range_of(value["end"])[1] if "end" in value else LATEST
    yield Entry(parameter.name, starts=starts, ends=ends)


def _quantities(parameter: Parameter, value: Any) -> Iterator[Entry]:
    yield Entry(parameter.name, system=value.get("system"), code=value.get("code"), number=Decimal(str(value["value"])))


_READERS = {
    Kind.TOKEN: _tokens,
    Kind.REFERENCE: _references,
    Kind.STRING: _strings,
    Kind.DATE: _dates,
    Kind.QUANTITY: _quantities,
}
