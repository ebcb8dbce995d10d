"""The trail, for those who audit: identifiers and parts, never the record's text."""

from careplan.access import guard, trail
from careplan.access.domain.policy import Action, Section
from careplan.record.routes.blueprint import blueprint
from careplan.web import page
from careplan.web.keyset import encode_cursor, requested_cursor

LIST = "audit"
PAGE = 50


@blueprint.get("/admin/audit")
@guard.role(Section.AUDIT, Action.READ)
def show_trail() -> str:
    """The latest acts, and whether every chain holds."""
    found = trail.list_events(before=requested_cursor(of=LIST), limit=PAGE + 1)  # type: ignore[arg-type]  # a cursor of this list holds an instant and an id
    shown = found[:PAGE]
    return page(
        "record/audit.html",
        events=shown,
        after=encode_cursor((shown[-1].at, shown[-1].id), of=LIST) if len(found) > PAGE else None,
    )
