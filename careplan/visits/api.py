"""JSON of visits: a tablet's round and its records, a person's visits, and planning one."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import local_date, start_of_day, utc_now
from careplan.kernel.errors import Conflict, DomainError, Invalid, NotFound, invalid
from careplan.visits import queries, saying, service
from careplan.visits.domain.incoming import Sender
from careplan.visits.domain.short_visit import Short
from careplan.visits.queries import Place
from careplan.visits.schemas import EnvelopeSchema, NewVisitSchema, read_entry
from careplan.web import checked, json_body
from careplan.web.keyset import BadCursor, decode_cursor, encode_cursor, requested_size
from careplan.web.reading import MalformedBody

blueprint = Blueprint("visits_api", __name__, url_prefix="/api/v1")

PROTOCOL = 1
MOST_RECORDS = 50
CURSOR = "visits"


class OtherWorker(Conflict):
    """The records are another worker's than the one who is signed in."""

    code = "other_worker"


class TooManyRecords(DomainError):
    """More records than one request may carry."""

    code = "too_many_records"
    status = 413


class ShellTooOld(DomainError):
    """The tablet's pages are older than what is still taken."""

    code = "shell_too_old"
    status = 426


@blueprint.post("/sync")
@guard.role(Section.VISITS, Action.RECORD)
def sync() -> ResponseReturnValue:
    """Takes up to fifty records from a tablet; one verdict for each, in order."""
    envelope = _envelope()
    now = utc_now()
    sender = Sender(guard.actor(), envelope["device"], now - envelope["sent_at"])
    entries = [read_entry(body) for body in envelope["records"]]
    verdicts = service.receive(entries=entries, sender=sender, now=now)
    return jsonify(results=[v.as_json() for v in verdicts], server_now=saying.instant(utc_now()))


@blueprint.get("/records/<uuid:record_id>")
@guard.role(Section.VISITS, Action.RECORD)
def show_record(record_id: UUID) -> ResponseReturnValue:
    """What was answered for a record of one's own."""
    answer = queries.find_receipt(record_id=record_id, worker_id=guard.actor().account_id)
    if answer is None:
        raise NotFound
    return jsonify(id=str(record_id), status="accepted", **answer)


@blueprint.get("/round")
@guard.listing(Section.VISITS)
def show_round() -> ResponseReturnValue:
    """The signed-in worker's visits today, trimmed to what a visit needs."""
    now = utc_now()
    found = queries.get_round(actor=guard.actor(), day=local_date(now), now=now)
    guard.show(at.person.id for at in found.people)
    return jsonify(saying.round_json(found))


@blueprint.get("/people/<uuid:person_id>/visits")
@guard.person(Section.VISITS, Action.READ)
def list_visits(person_id: UUID) -> ResponseReturnValue:
    """A person's visits from `since` on (an instant, a date, or the `next` of the page before)."""
    since, after = _since(request.args.get("since"))
    after = _place(request.args.get("after")) or after
    size = requested_size()
    found = queries.list_visits(person_id=person_id, since=since, after=after, limit=size)
    names = access.list_account_names(account_ids={w for v in found for w in v.workers})
    following = _cursor(queries.place_of(found[-1])) if len(found) == size else None
    return jsonify(items=[saying.visit_json(v, names) for v in found], next=following)


@blueprint.post("/people/<uuid:person_id>/visits")
@guard.person(Section.VISITS, Action.WRITE)
def plan_visit(person_id: UUID) -> ResponseReturnValue:
    """Plans a visit; the same id and content again answers the same again. A short one needs what the page asks."""
    wanted: dict[str, Any] = checked(NewVisitSchema())
    service.check_short(
        person_id=person_id,
        visit_id=wanted["id"],
        short=Short(
            wanted["planned_start"], wanted["planned_end"], wanted["workers"], wanted["short_task"],
            wanted["short_agreed_on"],
        ),
        now=utc_now(),
    )
    visit = service.plan_visit(
        person_id=person_id,
        visit_id=wanted["id"],
        planned_start=wanted["planned_start"],
        planned_end=wanted["planned_end"],
        workers=wanted["workers"],
        workers_needed=wanted["workers_needed"],
        time_critical=wanted["time_critical"],
        funder=wanted["funder"],
        actor=guard.actor(),
        now=utc_now(),
    )
    names = access.list_account_names(account_ids=visit.workers)
    return jsonify(saying.visit_json(visit, names)), 201


def _envelope() -> dict[str, Any]:
    """The envelope of a tablet.

    Raises MalformedBody (400), ShellTooOld (426), OtherWorker (409), TooManyRecords (413).
    """
    try:
        envelope: dict[str, Any] = checked(EnvelopeSchema(), body=json_body())
    except Invalid as wrong:
        raise MalformedBody("The envelope of this request is not as it should be.", problems=wrong.problems) from None
    if envelope["v"] < PROTOCOL:
        raise ShellTooOld("Load the page anew: this version is not taken any more.", oldest=PROTOCOL)
    if envelope["v"] > PROTOCOL:
        raise MalformedBody("This version of the protocol is not known here.", newest=PROTOCOL)
    if envelope["worker"] != guard.actor().account_id:
        raise OtherWorker("These records are another worker's. Only that worker can send them.")
    if len(envelope["records"]) > MOST_RECORDS:
        raise TooManyRecords(f"Send at most {MOST_RECORDS} records at once.", most=MOST_RECORDS)
    return envelope


def _since(said: str | None) -> tuple[datetime | None, Place | None]:
    if not said:
        return None, None
    try:
        # A plus sign that was not encoded arrives as a space.
        found = datetime.fromisoformat(said.replace(" ", "+"))
        if found.tzinfo is not None:
            return found, None
        return start_of_day(date.fromisoformat(said)), None
    except (ValueError, OverflowError):
        pass
    try:
        return None, _place(said)
    except BadCursor:
        accepted = "an instant with its zone, a date, or the next of the page before"
        raise invalid("since", f"Give {accepted}.") from None


def _place(cursor: str | None) -> Place | None:
    position = decode_cursor(cursor, of=CURSOR)
    if position is None:
        return None
    starts_at, visit_id = position
    return Place(starts_at, visit_id)  # type: ignore[arg-type]  # the cursor is signed: it holds what _cursor put in


def _cursor(place: Place) -> str:
    return encode_cursor((place.starts_at, place.visit_id), of=CURSOR)
