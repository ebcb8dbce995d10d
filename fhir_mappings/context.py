"""A record as its resources see it: what leaves of it, and how one resource refers to another so that each resolves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from careplan.kernel.clock import local_date
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.outcomes.domain.rating import Voice
from careplan.people.domain.contact import Contact
from careplan.people.domain.partnership import Member, MemberKind
from careplan.plans.domain.content import Need, Outcome
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.plans.domain.state import VersionState
from careplan.record.domain.record import Record
from fhir_mappings.building import Json, derived_id, reference
from fhir_mappings.codes import PLAN_STATUSES


@dataclass(frozen=True)
class Context:
    """One record, with what several mappings ask of it."""

    record: Record

    @property
    def person_id(self) -> UUID:
        return self.record.person_id

    @property
    def at(self) -> datetime:
        return self.record.at

    @property
    def plan(self) -> SupportPlan | None:
        return self.record.plan.plan

    @cached_property
    def told(self) -> tuple[PlanVersion, ...]:
        """The versions that leave, oldest first: the one in force, and those that were in force before it."""
        found: list[PlanVersion] = []
        for version in reversed(self.plan.versions if self.plan else ()):
            if PLAN_STATUSES[version.state] and (not found or _begins(version) < _begins(found[-1])):
                found.append(version)
        return tuple(reversed(found))

    @cached_property
    def current(self) -> PlanVersion | None:
        """The version that counts, or that counted last before the plan ended."""
        found = [v for v in self.told if v.state is not VersionState.SUPERSEDED]
        return found[-1] if found else None

    @cached_property
    def needs(self) -> dict[UUID, tuple[PlanVersion, Need]]:
        """Each need that ever was in force, as the last version that holds it says it."""
        return {n.id: (v, n) for v in self.told for n in v.content.needs}

    @cached_property
    def outcomes(self) -> dict[UUID, tuple[PlanVersion, Outcome]]:
        """Each outcome that ever was in force, as the last version that holds it says it."""
        return {o.id: (v, o) for v in self.told for o in v.content.outcomes}

    @cached_property
    def contacts(self) -> dict[UUID, Contact]:
        return {c.id: c for c in self.record.about.contacts}

    def patient(self) -> Json:
        return reference("Patient", self.person_id, self.record.about.person.name)

    def practitioner(self, account_id: UUID | None) -> Json | None:
        """A worker, if the account is one's."""
        worker = self.record.directory.workers.get(account_id) if account_id else None
        return reference("Practitioner", worker.account_id, worker.name) if worker else None

    def role(self, account_id: UUID | None) -> Json | None:
        """A worker in what they do for their organisation."""
        worker = self.record.directory.workers.get(account_id) if account_id else None
        if worker is None:
            return None
        return reference("PractitionerRole", worker.account_id, f"{worker.name}, {worker.job_title}")

    def organisation(self, organisation_id: UUID | None) -> Json | None:
        found = self.record.directory.organisations.get(organisation_id) if organisation_id else None
        return reference("Organization", found.id, found.name) if found else None

    def organisation_of(self, account_id: UUID | None) -> Json | None:
        """Whom a worker works for."""
        worker = self.record.directory.workers.get(account_id) if account_id else None
        return self.organisation(worker.organisation_id) if worker else None

    def contact(self, contact_id: UUID | None) -> Json | None:
        found = self.contacts.get(contact_id) if contact_id else None
        return reference("RelatedPerson", found.id, found.name) if found else None

    def contact_of_account(self, account_id: UUID | None) -> Json | None:
        """The contact who signs in with an account, or whose own id it is."""
        found = (c for c in self.contacts.values() if account_id is not None and account_id in (c.account_id, c.id))
        return next((self.contact(c.id) for c in found), None)

    def rater(self, voice: Voice, account_id: UUID) -> Json | None:
        """Whose view of an outcome something is, where that is somebody who leaves."""
        if voice is Voice.PERSON:
            return self.patient()
        if voice in (Voice.REPRESENTATIVE, Voice.UNPAID_CARER):
            return self.contact_of_account(account_id)
        return self.practitioner(account_id)

    def goal(self, outcome_id: UUID | None) -> Json | None:
        """An outcome that leaves."""
        if outcome_id is None or outcome_id not in self.outcomes:
            return None
        version, outcome = self.outcomes[outcome_id]
        return reference("Goal", item_id(version, outcome.id), outcome.words)

    def condition(self, need_id: UUID | None) -> Json | None:
        """A need that leaves."""
        if need_id is None or need_id not in self.needs:
            return None
        version, need = self.needs[need_id]
        return reference("Condition", item_id(version, need.id), need.words)

    def care_plan(self, version: PlanVersion | None) -> Json | None:
        return reference("CarePlan", version.id, title_of(version)) if version else None

    def care_team(self) -> Json | None:
        if not self.record.about.partnership:
            return None
        return reference("CareTeam", derived_id(self.person_id, "care-team"), team_name(self))

    def episode(self) -> Json | None:
        """The package of care, once a version came into force."""
        if self.plan is None or not self.told:
            return None
        return reference("EpisodeOfCare", derived_id(self.plan.id, "package"), "Care at home")

    def members(self, kind: MemberKind) -> Iterator[Member]:
        """Those who belong now."""
        return (m for m in self.record.about.partnership if m.kind is kind and m.belongs_at(self.at))

    def social_worker(self) -> Json | None:
        return next((self.practitioner(m.account_id) for m in self.members(MemberKind.SOCIAL_WORKER)), None)

    def council(self) -> Json | None:
        """The council that answers for the person: their social worker's, else the only one there is."""
        kinds = self.record.directory.organisations.values()
        return next((self.organisation(o.id) for o in kinds if o.kind is OrganisationKind.COUNCIL), None)

    def unpaid_carers(self) -> list[Json]:
        today = local_date(self.at)
        found = (self.contact(c.id) for c in self.record.about.contacts if c.cares_on(today))
        return [c for c in found if c]


def _begins(version: PlanVersion) -> datetime:
    """From when a version counts; one that was replaced before its day never did."""
    return version.in_force_from or version.created_at


def item_id(version: PlanVersion, item: UUID) -> UUID:
    """The id of an item of a plan: the same in every version, and never that of an item of another plan."""
    return derived_id(version.plan_id, str(item))


def title_of(version: PlanVersion) -> str:
    """What a version is called."""
    return f"Care and support plan, version {version.number}"


def team_name(context: Context) -> str:
    return f"Partnership around {context.record.about.person.name}"
