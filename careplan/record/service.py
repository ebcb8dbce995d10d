"""Everything known about one person, put together: one part from each slice."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from careplan.community import queries as community
from careplan.delegation import queries as delegation
from careplan.equipment import queries as equipment
from careplan.hours import queries as hours
from careplan.hours.domain.view import BankView
from careplan.kernel.clock import local_date
from careplan.medicines import queries as medicines
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import Organisation
from careplan.outcomes import queries as outcomes
from careplan.people import queries as people
from careplan.plans import queries as plans
from careplan.record.domain.record import (
    CommunitySection,
    DelegationSection,
    DirectorySection,
    EquipmentSection,
    HoursSection,
    MedicinesSection,
    OutcomesSection,
    PersonSection,
    PlanSection,
    Record,
    VisitsSection,
)
from careplan.visits import queries as visits


def assemble(*, person_id: UUID, at: datetime) -> Record:
    """The whole record of a person as it stands at an instant, as far as the transaction's actor may see.

    Raises NotFound.
    """
    about = assemble_about(person_id=person_id)
    plan = assemble_plan(person_id=person_id, at=at)
    rated = assemble_outcomes(person_id=person_id)
    asked = assemble_community(person_id=person_id)
    delegated = assemble_delegation(person_id=person_id)
    taken = assemble_medicines(person_id=person_id)
    prescribed = EquipmentSection(tuple(equipment.list_items(person_id=person_id)))
    attended = assemble_visits(person_id=person_id)
    return Record(
        at=at,
        about=about,
        plan=plan,
        hours=assemble_hours(person_id=person_id, plan=plan, at=at),
        outcomes=rated,
        community=asked,
        delegation=delegated,
        medicines=taken,
        equipment=prescribed,
        visits=attended,
        directory=assemble_directory(about, plan, rated, asked, delegated, taken, prescribed, attended),
    )


def assemble_about(*, person_id: UUID) -> PersonSection:
    """Who the person is and who is around them.  Raises NotFound."""
    return PersonSection(
        person=people.get_person(person_id=person_id),
        addresses=tuple(people.list_addresses(person_id=person_id)),
        contacts=tuple(people.list_contacts(person_id=person_id)),
        authorities=tuple(people.list_authorities(person_id=person_id)),
        allergies=people.get_allergies(person_id=person_id),
        partnership=tuple(people.list_partnership(person_id=person_id)),
        sharing=people.find_sharing_choice(person_id=person_id),
    )


def assemble_plan(*, person_id: UUID, at: datetime) -> PlanSection:
    """The person's plan, if they have one."""
    return PlanSection(plans.find_plan(person_id=person_id, at=at))


def assemble_hours(*, person_id: UUID, plan: PlanSection, at: datetime) -> HoursSection:
    """Every period that has begun; a service that is still to come has none."""
    draws = tuple(hours.list_contingency_draws(person_id=person_id))
    return HoursSection(tuple(_begun(plan, at)), draws)


def assemble_outcomes(*, person_id: UUID) -> OutcomesSection:
    """Every rating, what gets in the way, and who holds that an outcome is reached."""
    return OutcomesSection(
        tuple(outcomes.list_ratings(person_id=person_id)),
        tuple(outcomes.list_barriers(person_id=person_id)),
        tuple(outcomes.list_verdicts(person_id=person_id)),
    )


def assemble_community(*, person_id: UUID) -> CommunitySection:
    """Every referral to a community organisation."""
    return CommunitySection(tuple(community.list_referrals(person_id=person_id)))


def assemble_delegation(*, person_id: UUID) -> DelegationSection:
    """Every delegation and what was done under it."""
    return DelegationSection(
        tuple(delegation.list_delegations(person_id=person_id)),
        tuple(delegation.list_whole_occasions(person_id=person_id)),
    )


def assemble_medicines(*, person_id: UUID) -> MedicinesSection:
    """Every medicine and every occasion of one."""
    return MedicinesSection(
        tuple(people.list_medicines(person_id=person_id)), tuple(medicines.list_doses(person_id=person_id))
    )


def assemble_visits(*, person_id: UUID) -> VisitsSection:
    """Every visit."""
    return VisitsSection(tuple(visits.list_whole_visits(person_id=person_id)))


def assemble_directory(
    about: PersonSection,
    plan: PlanSection,
    rated: OutcomesSection,
    asked: CommunitySection,
    delegated: DelegationSection,
    taken: MedicinesSection,
    prescribed: EquipmentSection,
    attended: VisitsSection,
) -> DirectorySection:
    """The workers and organisations whom the other sections name; an account that is no worker's is left out."""
    accounts = {
        *_workers_about(about), *_workers_of_plan(plan), *_workers_of_delegation(delegated),
        *_workers_of_visits(attended), *(r.rater_id for r in rated.ratings), *(b.said_by for b in rated.barriers),
        *(r.made_by for r in asked.referrals), *(m.recorded_by for m in taken.medicines),
        *(d.worker_id for d in taken.doses), *(i.ordered_by for i in prescribed.items),
    }  # fmt: skip
    workers = organisations.list_workers_by_id(account_ids=accounts)
    named = {
        *(w.organisation_id for w in workers.values()), *(w.team_id for w in workers.values()),
        *(m.organisation_id for m in about.partnership), about.person.gp_organisation_id,
        *(v.content.provider.organisation for v in (plan.plan.versions if plan.plan else ()) if v.content.provider),
        *(i for d in delegated.delegations for i in (d.organisation_id, d.provider_id)),
        *(v.provider_id for v in attended.visits), *(r.organisation_id for r in asked.referrals),
    }  # fmt: skip
    return DirectorySection(_with_their_whole(i for i in named if i is not None), workers)


def _with_their_whole(ids: Iterable[UUID]) -> dict[UUID, Organisation]:
    """Organisations with what a team is part of, as far up as it goes."""
    found: dict[UUID, Organisation] = {}
    missing = set(ids)
    while missing:
        more = organisations.list_organisations_by_id(organisation_ids=missing)
        found |= more
        missing = {o.part_of_id for o in more.values() if o.part_of_id is not None} - found.keys()
    return found


def _begun(section: PlanSection, at: datetime) -> Iterator[BankView]:
    plan, today = section.plan, local_date(at)
    if plan is None:
        return
    current = hours.find_bank_view(today=today, plan_id=plan.id)
    if current is None or current.period.starts_on > today:
        return
    for number in range(current.period.number):
        if (earlier := hours.find_bank_view(today=today, plan_id=plan.id, number=number)) is not None:
            yield earlier
    yield current


def _workers_about(about: PersonSection) -> Iterator[UUID]:
    yield from (m.account_id for m in about.partnership if m.account_id is not None)
    record = about.allergies
    stated = (*record.present, *record.retracted, *((record.none_known,) if record.none_known else ()))
    yield from (a.recorded_by for a in stated)


def _workers_of_plan(section: PlanSection) -> Iterator[UUID]:
    for version in section.plan.versions if section.plan else ():
        if version.proposed_by is not None:
            yield version.proposed_by
        yield from (a.signer_id for a in version.agreements)
        if version.best_interests is not None:
            yield version.best_interests.decision_maker_id
        if version.not_agreed is not None:
            yield version.not_agreed.decided_by


def _workers_of_delegation(section: DelegationSection) -> Iterator[UUID]:
    for found in section.delegations:
        yield found.delegator_id
        yield from (c.worker_id for c in found.competences)
    yield from (o.worker_id for o in section.occasions)


def _workers_of_visits(section: VisitsSection) -> Iterator[UUID]:
    for visit in section.visits:
        yield from visit.workers
        yield from (r.worker_id for r in visit.records)
