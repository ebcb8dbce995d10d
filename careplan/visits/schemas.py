"""JSON of visits: the envelope of a tablet, its records, and a visit to be planned."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate, validates_schema

from careplan.delegation.domain.occasion import Measured, OccasionResult
from careplan.hours.domain.terms import Funder
from careplan.kernel.errors import Invalid, Problem
from careplan.medicines.domain.dose import NEEDS_REASON, DoseResult
from careplan.outcomes.domain.level import read_level
from careplan.visits.domain.incoming import (
    AnyRecord,
    DowntimeUse,
    Entry,
    IncomingActivity,
    IncomingConcern,
    IncomingDiscard,
    IncomingDowntime,
    IncomingMedicine,
    IncomingRating,
    IncomingVisit,
    RecordKind,
)
from careplan.visits.domain.visit import Result
from careplan.web.reading import checked

LONGEST_TEXT = 10_000
MOST_READINGS = 20
MOST_WORKERS = 4
FINEST_READING = 6
LARGEST_READING = Decimal(10) ** 9
MINUTES_IN_DAY = 24 * 60
# A clock may be wrong by years; beyond these the sum of a time and a skew is no date any more.
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


class InstantField(fields.Field[datetime]):
    """An instant with its zone."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        wrong = ValidationError("Write an instant with its zone, such as 2026-11-21T08:04:00Z.")
        if not isinstance(value, str) or len(value) > 40:
            raise wrong
        try:
            found = datetime.fromisoformat(value)
            if found.tzinfo is None or not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
                raise wrong
            return found.astimezone(UTC)
        except (ValueError, OverflowError):
            raise wrong from None


class IdField(fields.Field[UUID]):
    """A UUID as text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> UUID:
        if isinstance(value, str) and len(value) == 36:
            try:
                return UUID(value)
            except ValueError:
                pass
        raise ValidationError("Write a UUID.")


class ReadingValueField(fields.Field[Decimal]):
    """A number as it was read off, without rounding."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        wrong = ValidationError(f"Write a number with at most {FINEST_READING} decimals.")
        if isinstance(value, bool) or not isinstance(value, int | float | str) or len(str(value)) > 30:
            raise wrong
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            raise wrong from None
        exponent = number.as_tuple().exponent
        if not number.is_finite() or abs(number) >= LARGEST_READING or int(exponent) < -FINEST_READING:
            raise wrong
        return number


def _text(**kwargs: Any) -> fields.String:
    return fields.String(validate=validate.Length(max=LONGEST_TEXT), **kwargs)


def _words(**kwargs: Any) -> fields.String:
    return fields.String(required=True, validate=[validate.Length(max=LONGEST_TEXT), _not_blank], **kwargs)


def _not_blank(value: str) -> None:
    if not value.strip():
        raise ValidationError("Fill this in.")


def _whole(least: int, most: int, **kwargs: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(least, most), **kwargs)


class _RecordSchema(Schema):
    class Meta:
        unknown = RAISE

    id = IdField(required=True)
    kind = fields.String(required=True)
    occurred_at = InstantField(required=True)
    plan_version = _whole(1, 1_000_000, load_default=None, allow_none=True)
    corrects = IdField(load_default=None, allow_none=True)

    @validates_schema
    def _corrects_another(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("corrects") is not None and data.get("corrects") == data.get("id"):
            raise ValidationError("A record cannot correct itself.", "corrects")


class _OfPersonSchema(_RecordSchema):
    person = IdField(required=True)
    visit = IdField(load_default=None, allow_none=True)


class _VisitSchema(_OfPersonSchema):
    started_at = InstantField(required=True)
    ended_at = InstantField(required=True)
    result = fields.Enum(Result, by_value=True, required=True)
    workers = fields.List(IdField(), load_default=list, validate=validate.Length(max=MOST_WORKERS))
    note = _text(load_default=None, allow_none=True)

    @validates_schema
    def _ends_after_it_begins(self, data: dict[str, Any], **_: Any) -> None:
        if "started_at" in data and "ended_at" in data and data["ended_at"] < data["started_at"]:
            raise ValidationError("The end lies before the start.", "ended_at")

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> AnyRecord:
        return IncomingVisit(**{**_without_kind(data), "workers": tuple(data["workers"])})


class _RatingSchema(_OfPersonSchema):
    outcome = IdField(required=True)
    level = fields.Raw(required=True)
    note = _text(load_default=None, allow_none=True)

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> AnyRecord:
        return IncomingRating(**{**_without_kind(data), "level": read_level(data["level"])})


class _ReadingSchema(Schema):
    class Meta:
        unknown = RAISE

    name = fields.String(required=True, validate=[validate.Length(max=100), _not_blank])
    value = ReadingValueField(required=True)
    unit = fields.String(required=True, validate=validate.Length(max=40))

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> Measured:
        return Measured(**data)


class _ActivitySchema(_OfPersonSchema):
    delegation = IdField(required=True)
    instruction_version = _whole(1, 1_000_000, required=True)
    result = fields.Enum(OccasionResult, by_value=True, required=True)
    reason = _text(load_default=None, allow_none=True)
    readings = fields.List(
        fields.Nested(_ReadingSchema), load_default=list, validate=validate.Length(max=MOST_READINGS)
    )

    @validates_schema
    def _says_why_not(self, data: dict[str, Any], **_: Any) -> None:
        undone = data.get("result") in (OccasionResult.DECLINED, OccasionResult.NOT_DONE)
        if undone and not (data.get("reason") or "").strip():
            raise ValidationError("Say why it was not done.", "reason")

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> AnyRecord:
        return IncomingActivity(**{**_without_kind(data), "readings": tuple(data["readings"])})


class _MedicineSchema(_OfPersonSchema):
    medicine = IdField(required=True)
    result = fields.Enum(DoseResult, by_value=True, required=True)
    reason = _text(load_default=None, allow_none=True)
    dose = _text(load_default=None, allow_none=True)
    note = _text(load_default=None, allow_none=True)
    rang = _text(load_default=None, allow_none=True)

    @validates_schema
    def _says_why(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("result") in NEEDS_REASON and not (data.get("reason") or "").strip():
            raise ValidationError("Say why it was left out.", "reason")

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> AnyRecord:
        return IncomingMedicine(**_without_kind(data))


class _ConcernSchema(_OfPersonSchema):
    text = _words()
    urgent = fields.Boolean(required=True, truthy={True}, falsy={False})

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> AnyRecord:
        return IncomingConcern(**_without_kind(data))


class _DowntimeSchema(_RecordSchema):
    minutes = _whole(1, MINUTES_IN_DAY, required=True)
    use = fields.Enum(DowntimeUse, by_value=True, required=True)
    note = _text(load_default=None, allow_none=True)

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> AnyRecord:
        return IncomingDowntime(**_without_kind(data))


class _DiscardSchema(_RecordSchema):
    record = IdField(required=True)
    reason = _words()

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> AnyRecord:
        return IncomingDiscard(**_without_kind(data))


SCHEMAS: dict[str, Schema] = {
    RecordKind.VISIT: _VisitSchema(),
    RecordKind.RATING: _RatingSchema(),
    RecordKind.ACTIVITY: _ActivitySchema(),
    RecordKind.MEDICINE: _MedicineSchema(),
    RecordKind.CONCERN: _ConcernSchema(),
    RecordKind.DOWNTIME: _DowntimeSchema(),
    RecordKind.DISCARD: _DiscardSchema(),
}


class EnvelopeSchema(Schema):
    """What carries the records: from which tablet, whose, when."""

    class Meta:
        unknown = RAISE

    v = fields.Integer(strict=True, required=True)
    device = IdField(required=True)
    shell = fields.String(load_default="", validate=validate.Length(max=200))
    worker = IdField(required=True)
    sent_at = InstantField(required=True)
    records = fields.List(fields.Dict(), required=True)


class NewVisitSchema(Schema):
    """A visit to be planned, with the id that the caller made."""

    class Meta:
        unknown = RAISE

    id = IdField(required=True)
    planned_start = InstantField(required=True)
    planned_end = InstantField(required=True)
    workers = fields.List(IdField(), load_default=list, validate=validate.Length(max=MOST_WORKERS))
    workers_needed = _whole(1, MOST_WORKERS, load_default=1)
    time_critical = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    funder = fields.Enum(Funder, by_value=True, load_default=None, allow_none=True)
    short_task = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=500))
    short_agreed_on = fields.Date(load_default=None, allow_none=True)


def read_entry(body: dict[str, Any]) -> Entry:
    """A record from its body; what is wrong with it is told, not raised, so that it stops no other."""
    record_id = _id_of(body)
    schema = SCHEMAS.get(body["kind"]) if isinstance(body.get("kind"), str) else None
    if schema is None:
        kinds = ", ".join(k.value for k in RecordKind)
        return Entry(body, record_id, None, (Problem("kind", f"Choose one of {kinds}."),), "unknown_kind")
    try:
        return Entry(body, record_id, checked(schema, body=body))
    except Invalid as wrong:
        return Entry(body, record_id, None, wrong.problems, wrong.code)


def _id_of(body: dict[str, Any]) -> UUID | None:
    try:
        return IdField().deserialize(body.get("id"))
    except ValidationError:
        return None


def _without_kind(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "kind"}
