"""What has happened around a person, the latest first: for those around them, and for themselves."""

from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from flask import request

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.people import queries as people
from careplan.record import timeline
from careplan.record.domain.moment import About
from careplan.record.domain.telling import Side
from careplan.record.routes.blueprint import blueprint
from careplan.record.timeline import Place, Timeline
from careplan.web import page
from careplan.web.keyset import BadCursor, encode_cursor, requested_cursor

LIST = "record"
Choice = TypeVar("Choice", bound=StrEnum)


@blueprint.get("/people/<uuid:person_id>/record")
@guard.person(Section.RECORD, Action.READ)
def show_record(person_id: UUID) -> str:
    """The timeline for whoever works with the person."""
    found = _asked(person_id)
    return _page("record/record.html", found, person=people.get_person(person_id=person_id))


@blueprint.get("/me/record")
@guard.me(Section.RECORD, Action.READ)
def my_record() -> str:
    """The same for the person and for whoever stands for them."""
    found = _asked(guard.person_id())
    return _page("record/my_record.html", found, person=people.get_person(person_id=guard.person_id()))


def _asked(person_id: UUID) -> Timeline:
    return timeline.get_timeline(
        person_id=person_id,
        actor=guard.actor(),
        now=utc_now(),
        about=_chosen(About, "about"),
        side=_chosen(Side, "party"),
        after=_place(),
    )


def _page(template: str, found: Timeline, **more: object) -> str:
    last = found.after
    return page(
        template,
        days=found.days,
        about=_chosen(About, "about"),
        party=_chosen(Side, "party"),
        after=encode_cursor((last.at, last.what, last.key), of=LIST) if last else None,
        **more,
    )


def _chosen(choices: type[Choice], name: str) -> Choice | None:
    """What the address asks for; anything unknown asks for nothing."""
    asked = request.args.get(name, "")
    return next((choice for choice in choices if choice.value == asked), None)


def _place() -> Place | None:
    match requested_cursor(of=LIST):
        case None:
            return None
        case (datetime() as at, str() as what, str() as key):
            return Place(at, what, key)
    raise BadCursor
