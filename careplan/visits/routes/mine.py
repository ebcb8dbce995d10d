"""One's own visits, in plain words."""

from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.visits import queries
from careplan.visits.routes.blueprint import blueprint
from careplan.visits.routes.lines import line_of
from careplan.web import page


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
