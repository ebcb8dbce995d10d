"""One's own visits, in plain words."""

from collections.abc import Mapping
from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.visits import queries
from careplan.visits.domain.calendar_file import Entry, calendar_file
from careplan.visits.domain.visit import Visit
from careplan.visits.routes.blueprint import blueprint
from careplan.visits.routes.lines import line_of
from careplan.web import page

MOST_IN_CALENDAR = 200


@blueprint.get("/me/visits")
@guard.me(Section.VISITS, Action.READ)
def show_own_visits() -> ResponseReturnValue:
    """The person's next and past visits, in plain words."""
    now, person_id, actor = utc_now(), guard.person_id(), guard.actor()
    coming = queries.list_next_visits(person_id=person_id, now=now)
    past = queries.list_past_visits(person_id=person_id, now=now)
    workers = {w for v in (*coming, *past) for w in v.workers} | {r.worker_id for v in past for r in v.records}
    names = access.list_account_names(account_ids=workers)
    persons = {person_id: ""}
    return page(
        "visits/mine.html",
        coming=[line_of(v, names, persons, now) for v in coming],
        past=[line_of(v, names, persons, now) for v in past],
        may_dispute=access.may_reach(
            actor=actor, person_id=person_id, section=Section.COMPLAINT, action=Action.RECORD, now=now
        ),
    )


@blueprint.get("/me/visits.ics")
@guard.me(Section.VISITS, Action.READ)
def download_own_visits() -> Response:
    """The visits to come, for the person's own calendar."""
    now = utc_now()
    coming = queries.list_next_visits(person_id=guard.person_id(), now=now, limit=MOST_IN_CALENDAR)
    names = access.list_account_names(account_ids={w for v in coming for w in v.workers})
    entries = [e for v in coming if (e := _entry(v, names)) is not None]
    answer = Response(calendar_file(entries, now=now), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="visits.ics"'
    return answer


def _entry(visit: Visit, names: Mapping[UUID, str]) -> Entry | None:
    if visit.planned_start is None or visit.planned_end is None:
        return None
    who = ", ".join(sorted(names.get(w, "") for w in visit.workers))
    words = _("Care visit: %(who)s", who=who) if who else _("Care visit")
    return Entry(visit.id, visit.planned_start, visit.planned_end, words, visit.cancellation is not None)
