"""The small parts of which every resource is made: codings, references, periods, quantities.

Builders give plain dicts in a fixed order of keys. What is not known is left out, never null and never empty.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from careplan.kernel.clock import LONDON, start_of_day

Json = dict[str, Any]

OURS = "https://careplan.example"
SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
HL7 = "http://hl7.org/fhir"
UCUM = "http://unitsofmeasure.org"
UK_CORE = "https://fhir.hl7.org.uk/StructureDefinition"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
MINUTES_AN_HOUR = 60
HOUR_DIGITS = Decimal("0.0001")


def resource(type_: str, id_: UUID | str, *, profiled: bool = True, **elements: Any) -> Json:
    """A resource with what is known of it; `profiled` claims the UK Core profile of its type."""
    meta = {"profile": [f"{UK_CORE}/UKCore-{type_}"]} if profiled else None
    return known(resourceType=type_, id=str(id_), meta=meta, **elements)


def known(**elements: Any) -> Json:
    """The elements that have a value. Names that Python keeps for itself end in an underscore."""
    return {name.rstrip("_"): value for name, value in elements.items() if not _is_empty(value)}


def coding(system: str, code: str, display: str) -> Json:
    """A code with its system and its words."""
    return {"system": system, "code": code, "display": display}


def own_coding(system: str, code: str, display: str) -> Json:
    """A code of a system of ours."""
    return coding(f"{OURS}/fhir/CodeSystem/{system}", code, display)


def concept(*codings: Json, text: str | None = None) -> Json | None:
    """A coded idea and how a person would say it; nothing where neither is known."""
    return known(coding=list(codings), text=said(text)) or None


def identifier(kind: str, value: UUID | str) -> Json:
    """Our own identifier of a thing, in a system for its kind."""
    return {"system": f"{OURS}/id/{kind}", "value": str(value)}


def reference(type_: str, id_: UUID | str, display: str) -> Json:
    """A reference to a resource that is served, with its name."""
    return {"reference": f"{type_}/{id_}", "display": display}


def derived_id(root: UUID, name: str) -> UUID:
    """The id of a resource that rests on a part of something: the same each time it is made."""
    return uuid5(root, name)


def moment(instant: datetime | None) -> str | None:
    """An instant to the second, in UTC."""
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if instant else None


def day(value: date | None) -> str | None:
    """A local date."""
    return value.isoformat() if value else None


def period(starts: date | datetime | None, ends: date | datetime | None) -> Json | None:
    """From one day or instant to another; either may be open."""
    return known(start=_point(starts), end=_point(ends)) or None


def ended_before(instant: datetime | None) -> datetime | None:
    """The last second that lies before an instant which is itself no longer meant."""
    return instant - timedelta(seconds=1) if instant else None


def hours(minutes: int) -> Json:
    """Minutes as a quantity of hours."""
    return {"value": _tidy(Decimal(minutes) / MINUTES_AN_HOUR), "unit": "h", "system": UCUM, "code": "h"}


def length(minutes: int) -> Json:
    """Minutes as a duration."""
    return {"value": minutes, "unit": "min", "system": UCUM, "code": "min"}


def said(text: str | None) -> str | None:
    """A text without the space around it; nothing where there is none."""
    return (text or "").strip() or None


def notes(*texts: str | None) -> list[Json]:
    """Annotations of the texts that say something."""
    return [{"text": t} for t in map(said, texts) if t]


def midnight(value: date) -> str | None:
    """The instant at which a London day begins."""
    return moment(start_of_day(value))


def local_day(instant: datetime) -> str:
    """The London date of an instant."""
    return instant.astimezone(LONDON).date().isoformat()


def _tidy(value: Decimal) -> Decimal:
    rounded = value.quantize(HOUR_DIGITS).normalize()
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral() else rounded


def _point(value: date | datetime | None) -> str | None:
    return moment(value) if isinstance(value, datetime) else day(value)


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {}, ())
