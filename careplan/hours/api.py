"""JSON of the hours slice."""

from uuid import UUID

from flask import Blueprint, Response, jsonify, request

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.hours import queries, service
from careplan.hours.domain.contingency import Verdict
from careplan.hours.schemas import (
    AdjustmentSchema,
    DrawSchema,
    PauseEndSchema,
    PauseSchema,
    adjustment_json,
    answer_json,
    bank_json,
    draw_json,
    entry_json,
    pause_json,
)
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import NotFound, invalid
from careplan.web import checked
from careplan.web.keyset import encode_cursor, requested_cursor, requested_size

blueprint = Blueprint("hours_api", __name__, url_prefix="/api/v1")
ENTRIES = "bank-entries"
LONGEST_NUMBER = 5


@blueprint.get("/people/<uuid:person_id>/bank")
@guard.person(Section.HOURS, Action.READ)
def show_bank(person_id: UUID) -> Response:
    """The figures of a period: the present one, or that of `?period=`."""
    view = queries.get_bank_view(today=local_date(utc_now()), person_id=person_id, number=_period())
    return jsonify(bank_json(view))


@blueprint.get("/people/<uuid:person_id>/bank/entries")
@guard.person(Section.HOURS, Action.READ)
def list_entries(person_id: UUID) -> Response:
    """The ledger line by line in the order of posting, of all periods or that of `?period=`."""
    after = requested_cursor(of=ENTRIES)
    size = requested_size()
    lines = queries.list_entries(
        person_id=person_id,
        number=_period(),
        after=UUID(str(after[0])) if after else None,
        limit=size + 1,
    )
    shown = lines[:size]
    following = encode_cursor((shown[-1].entry.id,), of=ENTRIES) if len(lines) > size else None
    return jsonify(items=[entry_json(line) for line in shown], next=following)


@blueprint.get("/people/<uuid:person_id>/contingency-draws")
@guard.person(Section.CONTINGENCY, Action.READ)
def list_draws(person_id: UUID) -> Response:
    """A person's contingency draws, waiting, approved and refused, the latest first."""
    return jsonify(items=[draw_json(d) for d in queries.list_contingency_draws(person_id=person_id)], next=None)


@blueprint.post("/people/<uuid:person_id>/contingency-draws")
@guard.person(Section.CONTINGENCY, Action.RECORD)
def draw_contingency(person_id: UUID) -> tuple[Response, int]:
    """Asks for contingency: 201 where the one who asks may approve it, 202 where it waits for somebody else."""
    wanted = checked(DrawSchema())
    answer = service.draw_contingency(person_id=person_id, request=wanted, actor=guard.actor(), now=utc_now())
    return jsonify(answer_json(answer, wanted)), 201 if answer.verdict is Verdict.APPROVED else 202


@blueprint.get("/people/<uuid:person_id>/pauses")
@guard.person(Section.HOURS, Action.READ)
def list_pauses(person_id: UUID) -> Response:
    """A person's pauses, the latest first."""
    return jsonify(items=[pause_json(p) for p in queries.list_pauses_of_person(person_id=person_id)], next=None)


@blueprint.post("/people/<uuid:person_id>/pauses")
@guard.person(Section.HOURS, Action.WRITE)
def pause(person_id: UUID) -> tuple[Response, int]:
    """Pauses the care; the same id and body again answers the same."""
    said = checked(PauseSchema())
    made = service.pause_care(
        pause_id=said["id"],
        person_id=person_id,
        reason=said["reason"],
        starts_on=said["starts_on"],
        ends_on=said["ends_on"],
        actor=guard.actor(),
        now=utc_now(),
    )
    return jsonify(pause_json(made)), 201


@blueprint.post("/people/<uuid:person_id>/pauses/<uuid:pause_id>/end")
@guard.person(Section.HOURS, Action.WRITE)
def end_pause(person_id: UUID, pause_id: UUID) -> Response:
    """Says which day is the last paused one; hours of days no longer paused come back."""
    if queries.find_person_of_pause(pause_id=pause_id) != person_id:
        raise NotFound("There is no such pause.")
    said = checked(PauseEndSchema())
    made = service.end_pause(pause_id=pause_id, ends_on=said["ends_on"], actor=guard.actor(), now=utc_now())
    return jsonify(pause_json(made))


@blueprint.get("/people/<uuid:person_id>/adjustments")
@guard.person(Section.HOURS, Action.READ)
def list_adjustments(person_id: UUID) -> Response:
    """Changes of a person's hours, the latest first."""
    found = queries.list_adjustments_of_person(person_id=person_id)
    return jsonify(items=[adjustment_json(a) for a in found], next=None)


@blueprint.post("/people/<uuid:person_id>/adjustments")
@guard.person(Section.HOURS, Action.WRITE)
def adjust(person_id: UUID) -> tuple[Response, int]:
    """Changes the hours: 201 inside the plan's limits, 202 where it became a request to the social worker."""
    made = service.adjust_hours(
        person_id=person_id, wanted=checked(AdjustmentSchema()), actor=guard.actor(), now=utc_now()
    )
    return jsonify(adjustment_json(made)), 201 if made.outside is None else 202


def _period() -> int | None:
    """The period's number that the request names.  Raises Invalid."""
    asked = request.args.get("period")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER):
        raise invalid("period", "Give the number of a period: 0 is the first.")
    return int(asked)
