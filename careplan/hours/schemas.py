"""JSON of hours: what may be sent, and how figures, ledger lines and draws are said."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from careplan.hours.domain.adjusting import Adjustment, Lasting, Wanted
from careplan.hours.domain.contingency import ContingencyDraw, DrawRequest, Verdict
from careplan.hours.domain.pausing import Pause, PauseReason
from careplan.hours.domain.terms import Assessed
from careplan.hours.domain.view import BankView, FunderView, PeriodState, WeekView
from careplan.hours.queries import EntryLine
from careplan.hours.service import Answer
from careplan.kernel.minutes import Minutes

LONGEST_TEXT = 4000
MOST_MINUTES = 40_320  # as many as there are in four weeks


class WholeMinutes(fields.Integer):
    """A whole number written as a number: neither text nor true nor 30.5."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if type(value) is not int:
            raise ValidationError("Give whole minutes as a number, such as 30.")
        return value


class DrawSchema(Schema):
    """A request for contingency. Circumstance and service are any words: the plan decides whether it assessed them."""

    id = fields.UUID(required=True)
    circumstance = fields.String(required=True)
    service = fields.String(required=True)
    exceptional = fields.String(load_default="", allow_none=True, validate=validate.Length(max=LONGEST_TEXT))
    minutes = WholeMinutes(required=True, validate=validate.Range(min=1, error="Ask for at least one minute."))
    visit = fields.UUID(load_default=None, allow_none=True)

    @post_load
    def as_request(self, data: dict[str, Any], **_: Any) -> DrawRequest:
        return DrawRequest(
            id=data["id"],
            circumstance=data["circumstance"],
            service=data["service"],
            exceptional=data["exceptional"] or "",
            minutes=Minutes(data["minutes"]),
            visit_id=data["visit"],
        )


class PauseSchema(Schema):
    """A pause from one day to another, both without care; without a last day until somebody says when it ends."""

    id = fields.UUID(required=True)
    reason = fields.Enum(PauseReason, by_value=True, required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(load_default=None, allow_none=True)


class PauseEndSchema(Schema):
    """The last day of a pause as it is known now."""

    ends_on = fields.Date(required=True)


class AdjustmentSchema(Schema):
    """A change of hours: minutes above nought add to the four weeks, minutes below take away."""

    id = fields.UUID(required=True)
    minutes = WholeMinutes(required=True, validate=validate.Range(min=-MOST_MINUTES, max=MOST_MINUTES))
    outcome = fields.UUID(required=True)
    reason = fields.String(required=True, validate=validate.Length(max=LONGEST_TEXT))
    lasting = fields.Enum(Lasting, by_value=True, load_default=Lasting.THIS_PERIOD)
    person_said = fields.String(load_default="", validate=validate.Length(max=LONGEST_TEXT))

    @post_load
    def as_wanted(self, data: dict[str, Any], **_: Any) -> Wanted:
        return Wanted(
            data["id"], data["minutes"], data["outcome"], data["reason"], data["lasting"], data["person_said"]
        )


def pause_json(pause: Pause) -> dict[str, Any]:
    """A pause as it stands, and the last day as it was first said."""
    return {
        "id": pause.id,
        "reason": pause.reason.value,
        "starts_on": pause.starts_on.isoformat(),
        "ends_on": pause.ends_on.isoformat() if pause.ends_on else None,
        "said_until": pause.said_until.isoformat() if pause.said_until else None,
        "made_at": pause.made_at.isoformat(),
    }


def adjustment_json(made: Adjustment) -> dict[str, Any]:
    """A change of hours as it stands; `outside` says why the social worker decides."""
    return {
        "id": made.id,
        "state": made.standing.value,
        "minutes": made.minutes,
        "lasting": made.lasting.value,
        "outcome": made.outcome_words,
        "reason": made.reason,
        "outside": made.outside.value if made.outside else None,
        "starts_on": made.starts_on.isoformat() if made.starts_on else None,
        "asked_by": made.asked_by,
        "asked_at": made.asked_at.isoformat(),
        "answer": made.answer or None,
        "answered_at": made.answered_at.isoformat() if made.answered_at else None,
    }


def bank_json(view: BankView) -> dict[str, Any]:
    """A period's figures, minutes as integers. A period takes late visits, and so is open, for a week after its end."""
    period, kept = view.period, view.contingency
    state = {PeriodState.CURRENT: "open", PeriodState.ENDED: "open"}.get(view.state, view.state.value)
    return {
        "plan": view.plan_id,
        "period": {
            "number": period.number,
            "start": period.starts_on.isoformat(),
            "end": period.ends_on.isoformat(),
            "state": state,
            "statement": view.statement,
        },
        "granted": view.granted,
        "topped_up": view.topped_up,
        "carried_in": view.carried_in,
        "carried_out": view.carried_out,
        "earmarked": view.earmarked,
        "planned": view.planned,
        "unreserved": view.unreserved,
        "delivered": view.delivered,
        "delivered_from_bank": view.delivered_from_bank,
        "delivered_from_contingency": view.delivered_from_contingency,
        "left": view.left,
        "free": view.free,
        "expiring": view.expiring,
        "expired": view.expired,
        "unfunded": view.unfunded,
        "reduction_not_taken": view.not_taken,
        "contingency": {
            "granted": kept.granted,
            "left": kept.left,
            "waiting": kept.waiting,
            "provider_limit": kept.provider_limit,
            "circumstances": [_assessed_json(c) for c in kept.circumstances],
            "services": [_assessed_json(s) for s in kept.services],
        },
        "weeks": [_week_json(w) for w in view.weeks],
        "funders": [_funder_json(f) for f in view.funders],
    }


def _week_json(w: WeekView) -> dict[str, Any]:
    return {
        "number": w.number,
        "start": w.starts_on.isoformat(),
        "end": w.ends_on.isoformat(),
        "granted": w.granted,
        "delivered": w.delivered,
        "planned": w.planned,
        "left": w.left,
    }


def _funder_json(f: FunderView) -> dict[str, Any]:
    return {
        "funder": f.funder.value,
        "granted": f.granted,
        "delivered": f.delivered,
        "planned": f.planned,
        "left": f.left,
        "unfunded": f.unfunded,
        "carried_in": f.carried_in,
        "carried_out": f.carried_out,
        "expired": f.expired,
        "statement": f.statement,
    }


def entry_json(line: EntryLine) -> dict[str, Any]:
    """One line of the ledger with both its ends and what it rests on."""
    e = line.entry
    return {
        "id": e.id,
        "period": line.period_number if line.period_number >= 0 else None,
        "funder": line.funder.value,
        "kind": e.flow.kind.value,
        "from": e.flow.source.value,
        "to": e.flow.target.value,
        "minutes": e.minutes,
        "week": e.week,
        "date": e.happened_on.isoformat() if e.happened_on else None,
        "cause": {"type": e.cause.value, "id": e.cause_id, "part": e.part},
        "visit": e.visit_id,
        "record": e.record_id,
        "reverses": e.reverses,
        "posted_at": e.posted_at.isoformat(),
        "posted_by": e.posted_by,
    }


def answer_json(answer: Answer, request: DrawRequest) -> dict[str, Any]:
    """What a request for contingency came to when it was first sent."""
    return {
        "id": answer.draw_id,
        "state": "approved" if answer.verdict is Verdict.APPROVED else "waiting",
        "circumstance": request.circumstance,
        "service": request.service,
        "exceptional": request.exceptional,
        "minutes": request.minutes,
        "visit": request.visit_id,
        "left": answer.left,
    }


def draw_json(draw: ContingencyDraw) -> dict[str, Any]:
    """A request for contingency as it stands."""
    return {
        "id": draw.id,
        "state": draw.state,
        "period": draw.period_number,
        "circumstance": _assessed_json(draw.circumstance),
        "service": _assessed_json(draw.service),
        "exceptional": draw.exceptional,
        "minutes": draw.minutes,
        "visit": draw.visit_id,
        "requested_by": draw.requested_by,
        "requested_at": draw.requested_at.isoformat(),
        "decided_by": draw.decided_by,
        "decided_at": draw.decided_at.isoformat() if draw.decided_at else None,
        "reason": draw.reason,
    }


def _assessed_json(item: Assessed) -> dict[str, str]:
    return {"slug": item.slug, "words": item.words}
