"""What waits across all of somebody's people today: a fixed number of statements however many people they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select

from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Action, Section
from careplan.assessments import queries as assessments
from careplan.complaints import queries as complaints
from careplan.endings import queries as endings
from careplan.hours import queries as hours
from careplan.kernel.clock import local_date
from careplan.people import queries as people
from careplan.people.domain.person import Person
from careplan.plans import calling
from careplan.plans.domain.calling import Due
from careplan.record.domain.todo import Asked, Todo, Unfinished, todos
from careplan.record.domain.waiting import WRITERS
from careplan.reviews import queries as reviews
from careplan.reviews.domain.due import SHOWS_BEFORE


@dataclass(frozen=True, slots=True)
class TodoLine:
    """One thing to do, and for whom."""

    person: Person
    todo: Todo


@dataclass(frozen=True, slots=True)
class Today:
    """The most pressing of what is to do, and how much more there is."""

    lines: Sequence[TodoLine]
    more: int

    @property
    def people(self) -> frozenset[UUID]:
        """Whom the lines are about."""
        return frozenset(line.person.id for line in self.lines)


def get_todo(*, actor: Actor, now: datetime, most: int) -> Today | None:
    """What waits for this reader; None for roles that have no caseload."""
    if actor.role not in WRITERS:
        return None
    today, plans_of = local_date(now), _visible(actor, Section.PLAN, now)
    found = todos(
        role=actor.role,
        calling=calling.list_calling(people=plans_of, at=now),
        due=_due(plans_of, now),
        asked=[Asked(*row) for row in hours.list_asked(people=_visible(actor, Section.CONTINGENCY, now))],
        unfinished=[
            Unfinished(person_id, at)
            for person_id, at in assessments.list_begun(people=_visible(actor, Section.ASSESSMENT, now)).items()
        ],
        complaints=complaints.list_waiting(visible=_visible(actor, Section.COMPLAINT, now)),
        today=today,
    )
    shown = found[:most]
    known = people.list_people_by_id(person_ids={t.person_id for t in shown})
    return Today([TodoLine(known[t.person_id], t) for t in shown], len(found) - len(shown))


def _due(people_with_plans: Select[UUID], now: datetime) -> list[Due]:
    """Interim plans to be replaced and plans to be reviewed, within three weeks or overdue."""
    until = local_date(now) + SHOWS_BEFORE
    interim = [d for d in calling.list_due(people=people_with_plans, at=now, until=until) if d.is_interim]
    told = {d.plan_id for d in interim}
    looked_at_again = reviews.list_due(people=people_with_plans, at=now)
    return [*interim, *(Due(r.person_id, r.plan_id, False, r.due.on) for r in looked_at_again if r.plan_id not in told)]


def _visible(actor: Actor, section: Section, now: datetime) -> Select[UUID]:
    """Whose part of the record the policy opens, save those whose care is over."""
    reached = access.select_visible(actor=actor, section=section, action=Action.READ, now=now)
    return reached.where(reached.selected_columns[0].not_in(endings.select_over(at=now)))
