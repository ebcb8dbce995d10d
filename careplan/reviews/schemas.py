"""What the JSON calls of reviews take, and how a review is written as JSON."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields, post_load, validate

from careplan.reviews.domain.review import Figures, Kind, Met, Reason, Review, Said


class FiguresSchema(Schema):
    """Cost in pence and time in minutes, by the week."""

    weekly_pence = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(min=0))
    weekly_minutes = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))

    @post_load
    def make(self, sent: dict[str, Any], **_: object) -> Figures:
        """The figures."""
        return Figures(**sent)


class ReviewSchema(Schema):
    """A review as a client sends it; the client makes the id, so that it can be sent twice."""

    id = fields.UUID(required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    reason = fields.Enum(Reason, by_value=True, load_default=None, allow_none=True)
    held_on = fields.Date(required=True)
    took_part = fields.String(required=True, validate=validate.Length(min=1, max=2_000))
    words = fields.String(required=True, validate=validate.Length(min=1, max=10_000))
    met = fields.Enum(Met, by_value=True, load_default=None, allow_none=True)
    after = fields.Nested(FiguresSchema(), required=True)
    next_on = fields.Date(load_default=None, allow_none=True)

    @post_load
    def make(self, sent: dict[str, Any], **_: object) -> tuple[UUID, Said]:
        """The id and what was said."""
        return sent.pop("id"), Said(**sent)


def review_json(review: Review) -> dict[str, Any]:
    """A review whole."""
    said = review.said
    return {
        "id": str(review.id),
        "plan": str(review.plan_id),
        "version": review.version_number,
        "kind": said.kind.value,
        "reason": said.reason.value if said.reason else None,
        "held_on": said.held_on.isoformat(),
        "took_part": said.took_part,
        "words": said.words,
        "met": said.met.value if said.met else None,
        "next_on": said.next_on.isoformat() if said.next_on else None,
        "before": _figures(review.before),
        "after": _figures(said.after),
        "recorded_by": review.recorded_by_name,
        "at": review.at.isoformat(),
    }


def _figures(figures: Figures) -> dict[str, int | None]:
    return {"weekly_pence": figures.weekly_pence, "weekly_minutes": figures.weekly_minutes}
