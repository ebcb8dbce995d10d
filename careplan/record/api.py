"""JSON about people as a whole: whom one may see, one of them, and who has looked."""

from uuid import UUID

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from careplan.access import guard, trail
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.concerns import queries as concerns
from careplan.kernel.clock import utc_now
from careplan.people import queries as people
from careplan.people.domain.person import Person
from careplan.plans.standing import Standing, list_standings
from careplan.web.keyset import encode_cursor, requested_cursor, requested_size

blueprint = Blueprint("record_api", __name__, url_prefix="/api/v1")
LIST = "api-people"
LOOKS = "api-access-log"


@blueprint.get("/people")
@guard.listing(Section.PERSON)
def list_people() -> ResponseReturnValue:
    """Whom the caller may see, by family name."""
    now, size = utc_now(), requested_size()
    visible = access.select_visible(actor=guard.actor(), section=Section.PERSON, action=Action.READ, now=now)
    found = people.list_people(visible=visible, after=requested_cursor(of=LIST), limit=size + 1)  # type: ignore[arg-type]  # a cursor of this list holds a name and an id
    shown = found[:size]
    guard.show(p.id for p in shown)
    standings = list_standings(person_ids=[p.id for p in shown], at=now)
    last = encode_cursor(people.page_key(person=shown[-1]), of=LIST) if len(found) > size else None
    return jsonify(items=[_person(p, standings.get(p.id)) for p in shown], next=last)


@blueprint.get("/people/<uuid:person_id>")
@guard.person(Section.PERSON, Action.READ)
def show_person(person_id: UUID) -> ResponseReturnValue:
    """One person."""
    standings = list_standings(person_ids=[person_id], at=utc_now())
    return jsonify(_person(people.get_person(person_id=person_id), standings.get(person_id)))


@blueprint.get("/people/<uuid:person_id>/access-log")
@guard.person(Section.ACCESS_LOG, Action.READ)
def list_looks(person_id: UUID) -> ResponseReturnValue:
    """Who looked, when, at what part and why, the latest first."""
    size = requested_size()
    found = trail.list_looks(
        person_id=person_id,
        hidden=concerns.find_hidden(person_id=person_id, reader=guard.actor()),
        before=requested_cursor(of=LOOKS),  # type: ignore[arg-type]  # a cursor of this list holds an instant and an id
        limit=size + 1,
    )
    shown = found[:size]
    items = [
        {
            "id": str(look.event_id),
            "at": look.at.isoformat(),
            "who": look.name,
            "role": look.role,
            "organisation": str(look.organisation_id) if look.organisation_id else None,
            "part": look.section,
            "action": look.action,
            "why": look.reason,
        }
        for look in shown
    ]
    last = encode_cursor((shown[-1].at, shown[-1].event_id), of=LOOKS) if len(found) > size else None
    return jsonify(items=items, next=last)


def _person(person: Person, standing: Standing | None) -> dict[str, object]:
    return {
        "id": str(person.id),
        "name": person.name,
        "known_as": person.known_as,
        "nhs_number": person.nhs_number,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "plan": {"id": str(standing.plan_id), "in_force": standing.in_force} if standing else None,
    }
