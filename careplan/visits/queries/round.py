"""A worker's day, trimmed to what a visit needs. The code of a key safe is not in it: it is asked for at the door."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.delegation import queries as delegation
from careplan.delegation.domain.authority import authority_at
from careplan.delegation.domain.delegation import Delegation, Instruction, State, state_at
from careplan.medicines import queries as medicines
from careplan.medicines.queries import DueMedicine
from careplan.people import queries as people
from careplan.people.domain.about_me import AboutMe
from careplan.people.domain.address import Address
from careplan.people.domain.adjustment import Adjustment
from careplan.people.domain.allergy import AllergyRecord
from careplan.people.domain.contact import Contact
from careplan.people.domain.person import Person
from careplan.plans import queries as plans
from careplan.plans.domain.plan import PlanVersion
from careplan.visits.domain.visit import Visit, VisitRecord
from careplan.visits.queries.reading import find_last_note, list_round

ROUND_LASTS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Due:
    """A delegated activity with the instruction to follow, and whether this worker may do it now."""

    delegation: Delegation
    instruction: Instruction
    may_do: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """What a worker needs to know of one person."""

    person: Person
    address: Address | None
    has_way_in: bool
    about: AboutMe | None
    allergies: AllergyRecord
    adjustments: tuple[Adjustment, ...]
    contacts: tuple[Contact, ...]
    version: PlanVersion | None
    activities: tuple[Due, ...]
    medicines: tuple[DueMedicine, ...]
    last_note: VisitRecord | None


@dataclass(frozen=True, slots=True)
class Round:
    """A worker's visits of a day and the people they go to; it is not to be shown after it expires."""

    day: date
    expires_at: datetime
    visits: tuple[Visit, ...]
    people: tuple[AtTheDoor, ...]


def get_round(*, actor: Actor, day: date, now: datetime) -> Round:
    """The round of a worker on a London day."""
    visits = tuple(list_round(worker_id=actor.account_id, day=day))
    ids = dict.fromkeys(v.person_id for v in visits)
    doors = tuple(get_at_the_door(person_id=i, actor=actor, day=day, now=now) for i in ids)
    return Round(day, now + ROUND_LASTS, visits, doors)


def get_at_the_door(*, person_id: UUID, actor: Actor, day: date, now: datetime) -> AtTheDoor:
    """What this worker needs to know of this person on this day.  Raises NotFound."""
    contacts = people.list_contacts(person_id=person_id)
    return AtTheDoor(
        person=people.get_person(person_id=person_id),
        address=people.find_address(person_id=person_id, on=day),
        has_way_in=people.has_way_in(person_id=person_id),
        about=people.find_about(person_id=person_id),
        allergies=people.get_allergies(person_id=person_id),
        adjustments=tuple(people.list_adjustments(person_id=person_id, on=day)),
        contacts=tuple(c for c in contacts if c.is_emergency and c.holds_on(day)),
        version=plans.find_in_force(person_id=person_id, at=now),
        activities=list_due(person_id=person_id, actor=actor, now=now),
        medicines=medicines.list_due(person_id=person_id, now=now),
        last_note=find_last_note(person_id=person_id),
    )


def list_due(*, person_id: UUID, actor: Actor, now: datetime) -> tuple[Due, ...]:
    """The activities delegated for a person to the worker's provider and not ended, with this worker's authority."""
    found = []
    for given in delegation.list_delegations(person_id=person_id):
        instruction = given.instruction_at(now)
        if instruction is None or given.provider_id != actor.organisation_id or has_ended(given, now):
            continue
        authority = authority_at(
            given,
            person_id=person_id,
            worker_id=actor.account_id,
            instruction_version=instruction.number,
            instant=now,
        )
        found.append(Due(given, instruction, authority.stood, authority.words))
    return tuple(found)


def has_ended(given: Delegation, now: datetime) -> bool:
    """Whether a delegation is over or was never taken on."""
    return state_at(given, now) in (State.PROPOSED, State.WITHDRAWN, State.EXPIRED)
