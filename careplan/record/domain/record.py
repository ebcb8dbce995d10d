"""Everything known about one person at an instant: one section from each slice, in the order in which they build up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from careplan.community.domain.referral import Referral
from careplan.delegation.domain.delegation import Delegation
from careplan.delegation.domain.occasion import Occasion
from careplan.equipment.domain.item import Item
from careplan.hours.domain.contingency import ContingencyDraw
from careplan.hours.domain.view import BankView
from careplan.kernel.clock import end_of_day, start_of_day
from careplan.medicines.domain.dose import Dose
from careplan.organisations.domain.organisation import Organisation
from careplan.organisations.domain.worker import Worker
from careplan.outcomes.domain.barrier import Barrier
from careplan.outcomes.domain.rating import Rating
from careplan.outcomes.domain.result import Verdict
from careplan.people.domain.address import Address
from careplan.people.domain.allergy import AllergyRecord, AllergyStatus
from careplan.people.domain.authority import Authority
from careplan.people.domain.contact import Contact
from careplan.people.domain.medicine import Medicine
from careplan.people.domain.partnership import Member
from careplan.people.domain.person import Person
from careplan.people.domain.sharing import SharingChoice
from careplan.plans.domain.plan import SupportPlan
from careplan.visits.domain.visit import Visit


@dataclass(frozen=True, slots=True)
class PersonSection:
    """Who the person is, who is around them, and what they chose. Ended and retracted rows are there too."""

    person: Person
    addresses: tuple[Address, ...] = ()
    contacts: tuple[Contact, ...] = ()
    authorities: tuple[Authority, ...] = ()
    allergies: AllergyRecord = field(default_factory=lambda: AllergyRecord(AllergyStatus.NOT_ASKED))
    partnership: tuple[Member, ...] = ()
    sharing: SharingChoice | None = None


@dataclass(frozen=True, slots=True)
class PlanSection:
    """The person's plan with all its versions in their states at the instant."""

    plan: SupportPlan | None = None


@dataclass(frozen=True, slots=True)
class HoursSection:
    """One view of the hours for each period that has begun, oldest first, and every draw on contingency."""

    periods: tuple[BankView, ...] = ()
    draws: tuple[ContingencyDraw, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomesSection:
    """Every rating, oldest first, corrected ones too; what is in the way; who holds that an outcome is reached."""

    ratings: tuple[Rating, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class CommunitySection:
    """Every referral to a community organisation, the latest made first."""

    referrals: tuple[Referral, ...] = ()


@dataclass(frozen=True, slots=True)
class DelegationSection:
    """Every delegation, oldest first, and every occasion on which one was acted on."""

    delegations: tuple[Delegation, ...] = ()
    occasions: tuple[Occasion, ...] = ()


@dataclass(frozen=True, slots=True)
class MedicinesSection:
    """Every medicine that was ever recorded, and every occasion of one."""

    medicines: tuple[Medicine, ...] = ()
    doses: tuple[Dose, ...] = ()


@dataclass(frozen=True, slots=True)
class EquipmentSection:
    """Everything that was ever prescribed for the home, latest first."""

    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitsSection:
    """Every visit, planned or not, by planned or actual start."""

    visits: tuple[Visit, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectorySection:
    """The organisations and workers whom the other sections speak of; a team's whole organisation is there too."""

    organisations: Mapping[UUID, Organisation] = field(default_factory=dict)
    workers: Mapping[UUID, Worker] = field(default_factory=dict)


Section = (
    PersonSection | PlanSection | HoursSection | OutcomesSection | CommunitySection | DelegationSection
    | MedicinesSection | EquipmentSection | VisitsSection | DirectorySection
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record of one person as it stood at `at`."""

    at: datetime
    about: PersonSection
    plan: PlanSection = field(default_factory=PlanSection)
    hours: HoursSection = field(default_factory=HoursSection)
    outcomes: OutcomesSection = field(default_factory=OutcomesSection)
    community: CommunitySection = field(default_factory=CommunitySection)
    delegation: DelegationSection = field(default_factory=DelegationSection)
    medicines: MedicinesSection = field(default_factory=MedicinesSection)
    equipment: EquipmentSection = field(default_factory=EquipmentSection)
    visits: VisitsSection = field(default_factory=VisitsSection)
    directory: DirectorySection = field(default_factory=DirectorySection)

    @property
    def person_id(self) -> UUID:
        return self.about.person.id

    @property
    def sections(self) -> tuple[Section, ...]:
        """All sections in their order."""
        return (
            self.about, self.plan, self.hours, self.outcomes, self.community, self.delegation, self.medicines,
            self.equipment, self.visits, self.directory,
        )  # fmt: skip


def next_change(record: Record) -> datetime | None:
    """The first instant after the record's own at which something in it changes by the mere passing of time."""
    return min((i for i in _instants(record) if i > record.at), default=None)


def _instants(record: Record) -> Iterator[datetime]:
    about = record.about
    for member in about.partnership:
        yield member.since
        yield from _given(member.until)
    spells: tuple[Contact | Authority | Address, ...] = (*about.contacts, *about.authorities, *about.addresses)
    for spell in spells:
        yield from _days(spell.starts_on, spell.ends_on)
    for contact in about.contacts:
        if contact.carer is not None:
            yield from _days(contact.carer.starts_on, contact.carer.ends_on)
    for authority in about.authorities:
        yield from _given(authority.ended_at)
    yield from _plan_instants(record.plan)
    for period in record.hours.periods:
        yield end_of_day(period.period.ends_on)
        yield end_of_day(period.period.ends_on + timedelta(days=7))
    yield from _delegation_instants(record.delegation)
    for medicine in record.medicines.medicines:
        yield from _days(medicine.details.starts_on, medicine.details.stops_on)


def _plan_instants(section: PlanSection) -> Iterator[datetime]:
    if section.plan is None:
        return
    yield from _given(section.plan.ended_at)
    if section.plan.service_starts_on is not None:
        yield start_of_day(section.plan.service_starts_on)
    for version in section.plan.versions:
        yield from _given(version.in_force_from)


def _delegation_instants(section: DelegationSection) -> Iterator[datetime]:
    for delegation in section.delegations:
        if delegation.ends_on is not None:
            yield end_of_day(delegation.ends_on)
        yield from _given(delegation.closed_at)
        for competence in delegation.competences:
            yield from _days(competence.starts_on, competence.ends_on)


def _days(starts_on: date | None, ends_on: date | None) -> Iterator[datetime]:
    """Both days are counted in, so what holds until a day ends with it."""
    if starts_on is not None:
        yield start_of_day(starts_on)
    if ends_on is not None:
        yield end_of_day(ends_on)


def _given(instant: datetime | None) -> Iterator[datetime]:
    if instant is not None:
        yield instant
