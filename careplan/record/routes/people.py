"""The list of people whom one may see, and one look at one of them."""

from uuid import UUID

from flask import request

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section, role_alone_allows
from careplan.db.together import together
from careplan.endings import queries as endings
from careplan.kernel.clock import utc_now
from careplan.people import queries as people
from careplan.record import listing, papers, queries, todo
from careplan.record.routes.blueprint import blueprint
from careplan.web import page
from careplan.web.keyset import encode_cursor, requested_cursor, requested_size

LIST = "people"
ENDED = "ended"
MOST_TODO, EVERY_TODO = 20, 500


@blueprint.get("/people")
@guard.listing(Section.PERSON)
def list_people() -> str:
    """People by family name, with how far their plan is; those whose care is over stand in a list of their own."""
    now = utc_now()
    visible = access.select_visible(actor=guard.actor(), section=Section.PERSON, action=Action.READ, now=now)
    words, size = request.args.get("name", "").strip(), requested_size()
    shows_ended = request.args.get("show") == ENDED
    over = endings.select_over(at=now)
    found = people.list_people(
        visible=visible,
        words=words,
        after=requested_cursor(of=LIST),  # type: ignore[arg-type]  # a cursor of this list holds a name and an id
        limit=size + 1,
        among=over if shows_ended else None,
        without=None if shows_ended else over,
    )
    shown = found[:size]
    first = not (words or shows_ended or "after" in request.args)
    waits = todo.get_todo(actor=guard.actor(), now=now, most=_most()) if first else None
    guard.show([*(p.id for p in shown), *(waits.people if waits else ())])
    return page(
        "record/people.html",
        waits=waits,
        lines=listing.list_lines(shown=shown, now=now),
        words=words,
        show=ENDED if shows_ended else None,
        may_add=role_alone_allows(role=guard.actor().role, section=Section.PERSON, action=Action.CREATE),
        after=encode_cursor(people.page_key(person=shown[-1]), of=LIST) if len(found) > size else None,
    )


@blueprint.get("/people/<uuid:person_id>")
@guard.person(Section.PERSON, Action.READ)
def show_person(person_id: UUID) -> str:
    """One look: what waits, the plan in force, outcomes, hours, delegations, what happened, who is around."""
    now, actor = utc_now(), guard.actor()
    look, assessed = together(
        lambda: queries.get_one_look(person_id=person_id, actor=actor, allowed=guard.allowed(), now=now),
        lambda: papers.find_assessed(person_id=person_id, actor=actor, now=now),
    )
    return page("record/person.html", look=look, assessed=assessed)


def _most() -> int:
    """How much of what is to do today is asked for."""
    return EVERY_TODO if request.args.get("today") == "all" else MOST_TODO
