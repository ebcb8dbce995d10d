"""Visits and rounds as JSON for callers."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from careplan.delegation.domain.delegation import NormalRange
from careplan.medicines.queries import DueMedicine
from careplan.people.domain.allergy import AllergyRecord
from careplan.plans.domain.plan import PlanVersion
from careplan.visits.domain.visit import Visit
from careplan.visits.queries import AtTheDoor, Due, Round


def instant(value: datetime | None) -> str | None:
    """An instant with its zone, to the microsecond where it has any."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value is not None else None


def visit_json(visit: Visit, names: Mapping[UUID, str]) -> dict[str, Any]:
    """A visit: what was planned, what happened, and the ids of the records it came from."""
    cancelled = visit.cancellation
    return {
        "id": str(visit.id),
        "person": str(visit.person_id),
        "planned_start": instant(visit.planned_start),
        "planned_end": instant(visit.planned_end),
        "planned_minutes": visit.planned_minutes,
        "workers_needed": visit.workers_needed,
        "workers": [{"id": str(w), "name": names.get(w, "")} for w in visit.workers],
        "time_critical": visit.time_critical,
        "funder": visit.funder,
        "status": visit.status.value,
        "started_at": instant(visit.started_at),
        "ended_at": instant(visit.ended_at),
        "actual_minutes": sum(r.actual_minutes for r in visit.standing) if visit.standing else None,
        "cancelled": {"by": cancelled.by.value, "at": instant(cancelled.at)} if cancelled else None,
        "records": [str(r.id) for r in visit.records],
        "dispute": visit.dispute.value if visit.dispute else None,
    }


def round_json(found: Round) -> dict[str, Any]:
    """A worker's day."""
    doors = {at.person.id: at for at in found.people}
    return {
        "day": found.day.isoformat(),
        "expires_at": instant(found.expires_at),
        "visits": [_stop(v, doors[v.person_id]) for v in found.visits],
        "people": [_door(at) for at in found.people],
    }


def _stop(visit: Visit, at: AtTheDoor) -> dict[str, Any]:
    return {
        "id": str(visit.id),
        "person": str(visit.person_id),
        "planned_start": instant(visit.planned_start),
        "planned_end": instant(visit.planned_end),
        "time_critical": visit.time_critical,
        "workers_needed": visit.workers_needed,
        "workers": [str(w) for w in visit.workers],
        "status": visit.status.value,
        "plan_version": at.version.number if at.version else None,
    }


def _door(at: AtTheDoor) -> dict[str, Any]:
    return {
        "id": str(at.person.id),
        "name": at.person.name,
        "known_as": at.person.known_as,
        "phone": at.person.phone,
        "address": list(at.address.lines) if at.address else None,
        "has_way_in": at.has_way_in,
        "language": at.person.language,
        "communication": at.person.communication_note,
        "about": at.about.sections.as_dict() if at.about else None,
        "adjustments": [a.words for a in at.adjustments],
        "allergies": _allergies(at.allergies),
        "contacts": [{"name": c.name, "relation": c.relation.words, "phone": c.phone} for c in at.contacts],
        "last_note": {"words": at.last_note.note, "at": instant(at.last_note.effective_start)}
        if at.last_note
        else None,
        "activities": [_due(d) for d in at.activities],
        "medicines": [_medicine(d) for d in at.medicines],
        "plan": _plan(at.version) if at.version else None,
    }


def _allergies(found: AllergyRecord) -> dict[str, Any]:
    return {
        "status": found.status.value,
        "present": [{"to": a.substance, "reaction": a.reaction} for a in found.present],
    }


def _plan(version: PlanVersion) -> dict[str, Any]:
    content = version.content
    missed = content.missed_visit
    return {
        "id": str(version.plan_id),
        "version": version.number,
        "outcomes": [
            {"id": str(o.id), "words": o.words, "levels": {str(n): o.level_words(n) for n in range(-2, 3)}}
            for o in content.outcomes
        ],
        "actions": [{"words": a.words, "by": a.by.value, "when": a.when} for a in content.actions],
        "risks": [{"words": r.words, "response": r.response} for r in content.risks],
        "missed_visit": {"rank": missed.rank.value, "contact": missed.contact, "response": missed.response}
        if missed
        else None,
        "no_reply": [{"after_minutes": s.after_minutes, "step": s.step} for s in content.no_reply],
    }


def _due(due: Due) -> dict[str, Any]:
    return {
        "delegation": str(due.delegation.id),
        "activity": due.delegation.activity,
        "instruction_version": due.instruction.number,
        "steps": list(due.instruction.steps),
        "record_what": due.instruction.record_what,
        "readings": [_range(r) for r in due.instruction.ranges],
        "escalation": due.delegation.escalation,
        "stop_criteria": due.delegation.stop_criteria,
        "time_window": due.delegation.time_window,
        "may_do": due.may_do,
        "why_not": due.why_not or None,
    }


def _medicine(due: DueMedicine) -> dict[str, Any]:
    """What to give and how; for one taken when needed, what is known of the doses before as of this answer."""
    said, room = due.medicine.details, due.room
    return {
        "medicine": str(due.medicine.id),
        "name": said.name,
        "form": said.form,
        "strength": said.strength,
        "dose": said.dose,
        "route": said.route.value,
        "times": said.times,
        "clock": [f"{t:%H:%M}" for t in said.clock],
        "on_time": said.on_time,
        "reason": said.reason,
        "support": said.support.value,
        "checked": due.medicine.is_checked,
        "delegation": str(due.delegation_id) if due.delegation_id else None,
        "last_at": instant(due.last.effective_at) if due.last else None,
        "as_needed": {
            "least_gap_minutes": said.as_needed.least_gap,
            "most_in_24_hours": said.as_needed.most_doses,
            "given_in_24_hours": room.given,
            "next_at": instant(room.next_at),
        }
        if said.as_needed and room
        else None,
    }


def _range(normal: NormalRange) -> dict[str, Any]:
    return {"name": normal.name, "unit": normal.unit, "low": _number(normal.low), "high": _number(normal.high)}


def _number(value: Decimal | None) -> str | None:
    return format(value, "f") if value is not None else None
