"""News: what is new for whoever is signed in, and the way to where they act on it."""

from uuid import UUID

from flask import flash, g, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Section
from careplan.kernel.clock import utc_now
from careplan.notices import queries, service
from careplan.notices.domain.notice import HAVE_OWN_PAGES
from careplan.notices.routes.blueprint import blueprint
from careplan.people import queries as people
from careplan.web import page
from careplan.web.keyset import encode_cursor, requested_cursor

LIST = "news"


@blueprint.app_context_processor
def unread() -> dict[str, int]:
    """How many notices wait, for the top of every page; a page that says what went wrong does not ask."""
    actor: Actor | None = g.get("actor")
    if actor is None or g.get("failed"):
        return {"unread_news": 0}
    return {"unread_news": queries.count_unread(actor=actor, now=utc_now())}


@blueprint.get("/news")
@guard.listing(Section.NEWS)
def list_news() -> str:
    """What is new, unread first."""
    actor = guard.actor()
    found = queries.list_notices(
        actor=actor,
        now=utc_now(),
        after=requested_cursor(of=LIST),  # type: ignore[arg-type]  # a cursor of this list holds a number, an instant and an id
        limit=queries.PAGE + 1,
    )
    shown = found[: queries.PAGE]
    guard.show(n.person_id for n in shown)
    return page(
        "notices/news.html",
        new=[n for n in shown if n.read_at is None],
        old=[n for n in shown if n.read_at is not None],
        people={}
        if actor.role in HAVE_OWN_PAGES
        else people.list_people_by_id(person_ids={n.person_id for n in shown}),
        own=actor.role in HAVE_OWN_PAGES,
        after=encode_cursor(queries.page_key(notice=shown[-1]), of=LIST) if len(found) > queries.PAGE else None,
    )


@blueprint.get("/news/<uuid:notice_id>")
@guard.listing(Section.NEWS)
def open_notice(notice_id: UUID) -> ResponseReturnValue:
    """Marks it as read and leads to the page that it speaks of."""
    notice = service.open_notice(notice_id=notice_id, actor=guard.actor(), now=utc_now())
    guard.show([notice.person_id])
    return redirect(notice.address, 303)


@blueprint.post("/news/read")
@guard.listing(Section.NEWS)
def read_all() -> ResponseReturnValue:
    """Marks everything that waits as read."""
    count = service.read_all(actor=guard.actor(), now=utc_now())
    flash("Everything is marked as read." if count else "There was nothing new.")
    return redirect("/news", 303)
