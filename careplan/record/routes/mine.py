"""One's own home, and who has looked at one's record."""

from careplan.access import guard, trail
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.concerns import queries as concerns
from careplan.kernel.clock import utc_now
from careplan.notices import queries as notices
from careplan.organisations import queries as organisations
from careplan.record import papers, queries
from careplan.record.domain import looks
from careplan.record.routes.blueprint import blueprint
from careplan.web import page
from careplan.web.keyset import encode_cursor, requested_cursor

LIST = "seen"
PAGE = 30
MOST_NEWS = 3


@blueprint.get("/me")
@guard.me(Section.PERSON, Action.READ)
def my_home() -> str:
    """What is new, what matters to me, what waits for my answer, my next visit and my hours."""
    person_id, actor, now = guard.person_id(), guard.actor(), utc_now()
    return page(
        "record/me.html",
        home=queries.get_home(person_id=person_id, actor=actor, now=now),
        news=[n for n in notices.list_notices(actor=actor, now=now, limit=MOST_NEWS) if n.read_at is None],
        assessed=papers.find_assessed(person_id=person_id, actor=actor, now=now),
        given=papers.list_own_given(person_id=person_id, actor=actor, now=now),
        may_complain=access.may_reach(
            actor=actor, person_id=person_id, section=Section.COMPLAINT, action=Action.RECORD, now=now
        ),
    )


@blueprint.get("/me/seen")
@guard.me(Section.ACCESS_LOG, Action.READ)
def who_has_looked() -> str:
    """Who has looked at my record, when, at what part and why."""
    person_id = guard.person_id()
    found = trail.list_looks(
        person_id=person_id,
        hidden=concerns.find_hidden(person_id=person_id, reader=guard.actor()),
        before=requested_cursor(of=LIST),  # type: ignore[arg-type]  # a cursor of this list holds an instant and an id
        limit=PAGE + 1,
    )
    shown = found[:PAGE]
    names = organisations.list_organisations_by_id(
        organisation_ids={look.organisation_id for look in shown if look.organisation_id}
    )
    return page(
        "record/seen.html",
        days=looks.by_day(shown, organisations={key: o.name for key, o in names.items()}),
        after=encode_cursor((shown[-1].at, shown[-1].event_id), of=LIST) if len(found) > PAGE else None,
    )
