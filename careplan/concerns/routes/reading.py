"""Reading concerns: all that are open, those about one person, and one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.concerns import parties, queries
from careplan.concerns.domain.concern import Concern, State, pressing
from careplan.concerns.domain.step import StepKind, shows_to
from careplan.concerns.routes.blueprint import blueprint
from careplan.kernel import words
from careplan.kernel.clock import local_date, utc_now
from careplan.people import queries as people
from careplan.people.domain.person import Person
from careplan.web import page

A_DAY = 24 * 60
KINDS = {State.NEW: "waiting", State.ACKNOWLEDGED: "waiting", State.CLOSED: "settled"}


@dataclass(frozen=True, slots=True)
class Line:
    """A concern as a list shows it; `clock` says how much time is left to take it up."""

    concern: Concern
    person: Person
    clock: str
    overdue: bool
    state_kind: str
    has_late_steps: bool


@blueprint.get("/concerns")
@guard.listing(Section.CONCERN)
def list_open() -> str:
    """Everything open that this reader may see, the most pressing first."""
    now = utc_now()
    visible = access.select_visible(actor=guard.actor(), section=Section.CONCERN, action=Action.READ, now=now)
    lines = _lines(queries.list_open(visible=visible), now)
    return page("concerns/list.html", lines=lines)


@blueprint.get("/people/<uuid:person_id>/concerns")
@guard.person(Section.CONCERN, Action.READ)
def list_of_person(person_id: UUID) -> str:
    """What was raised about this person, those still open first."""
    lines = _lines(queries.list_concerns(person_id=person_id), utc_now())
    return page("concerns/of_person.html", person=people.get_person(person_id=person_id), lines=lines)


@blueprint.get("/concerns/<uuid:concern_id>")
@guard.person(Section.CONCERN, Action.READ, of=queries.find_person_of_concern)
def show_concern(concern_id: UUID) -> str:
    """One concern: what was seen, who is alleged, and what was done."""
    now, actor = utc_now(), guard.actor()
    concern = queries.get_concern(concern_id=concern_id)
    (line,) = _lines([concern], now)
    steps = [s for s in concern.steps if shows_to(actor.role, s.kind)]
    allowed = access.list_allowed(actor=actor, person_id=concern.person_id, now=now)
    contacts = {c.id: c.name for c in people.list_contacts(person_id=concern.person_id)}
    return page(
        "concerns/one.html",
        line=line,
        concern=concern,
        person=line.person,
        steps=steps,
        open_ids={s.id for kind in StepKind for s in concern.open_steps(kind)},
        alleged=parties.names_of(person_id=concern.person_id, alleged=concern.alleged),
        names=access.list_account_names(account_ids={concern.raised_by, *(s.by for s in steps)}),
        contacts=contacts,
        today=local_date(now),
        may_follow=(Section.CONCERN, Action.WRITE) in allowed,
        may_decide=(Section.CONCERN, Action.APPROVE) in allowed,
        may_see_visit=(Section.VISITS, Action.READ) in allowed,
    )


def _lines(concerns: Sequence[Concern], now: datetime) -> list[Line]:
    """The concerns, the most pressing first; the trail keeps whom and what this showed."""
    today = local_date(now)
    known = people.list_people_by_id(person_ids={c.person_id for c in concerns})
    guard.show(known)
    guard.naming(c.id for c in concerns)
    return [
        Line(c, known[c.person_id], _clock(c, now), c.is_overdue(now), KINDS.get(c.state, ""), c.has_late_steps(today))
        for c in sorted(concerns, key=lambda c: pressing(c, now=now, today=today))
    ]


def _clock(concern: Concern, now: datetime) -> str:
    if concern.state is not State.NEW:
        return ""
    minutes = int((concern.due_by - now).total_seconds() // 60)
    if minutes >= 0:
        return f"{words.duration(minutes)} left to take it up"
    if -minutes < A_DAY:
        return f"overdue by {words.duration(-minutes)}"
    return f"overdue since {words.short_day(concern.due_by)}"
