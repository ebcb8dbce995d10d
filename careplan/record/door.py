"""What a worker needs at the door, on one page: the person's own record and the plan in force, put together."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import local_date
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import Organisation
from careplan.people import queries as people
from careplan.people.domain.about_me import AboutSections
from careplan.people.domain.address import Address
from careplan.people.domain.adjustment import Adjustment, may_read_words
from careplan.people.domain.door import Door
from careplan.people.domain.known import Knowledge
from careplan.people.domain.language import language_name
from careplan.plans import queries as plans
from careplan.plans.domain.plan import PlanVersion


@dataclass(frozen=True, slots=True)
class DoorPage:
    """Everything that the page shows to this reader; `adjustments` are empty for who may not read their words."""

    today: date
    door: Door
    known: dict[str, Knowledge]
    address: Address | None
    about: AboutSections
    language: str | None
    practice: Organisation | None
    adjustments: tuple[Adjustment, ...]
    has_adjustments: bool
    version: PlanVersion | None
    may_write: bool


def get_door_page(*, person_id: UUID, actor: Actor, now: datetime) -> DoorPage:
    """What a worker needs to know of a person now, as far as this reader may see.  Raises NotFound."""
    today = local_date(now)
    allowed = access.list_allowed(actor=actor, person_id=person_id, now=now)
    door = people.get_door(person_id=person_id, on=today)
    about = people.find_about(person_id=person_id)
    practice_id = door.person.gp_organisation_id
    holding = tuple(a for a in door.adjustments if a.holds_on(today))
    reads_plan = (Section.PLAN, Action.READ) in allowed
    return DoorPage(
        today=today,
        door=door,
        known={topic.value: knowledge for topic, knowledge in door.known.items()},
        address=people.find_address(person_id=person_id, on=today),
        about=about.sections if about else AboutSections(),
        language=language_name(door.person.language),
        practice=organisations.find_organisation(organisation_id=practice_id) if practice_id else None,
        adjustments=holding if may_read_words(actor.role) else (),
        has_adjustments=bool(holding),
        version=plans.find_in_force(person_id=person_id, at=now) if reads_plan else None,
        may_write=(Section.DOOR, Action.WRITE) in allowed,
    )
