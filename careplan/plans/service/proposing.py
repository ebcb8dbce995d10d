"""Sending a version round, and taking it back."""

from datetime import datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Kind
from careplan.assessments import queries as assessments
from careplan.db import db
from careplan.db.together import together
from careplan.delegation import queries as delegation
from careplan.delegation.domain.delegation import State, stands_for, state_at
from careplan.kernel.canonical import canonical_bytes, content_hash
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, invalid
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people import queries as people_queries
from careplan.people import service as people
from careplan.people.domain.partnership import MemberKind
from careplan.plans import queries
from careplan.plans.domain.content import PlanContent, as_json
from careplan.plans.domain.gates import DelegationStanding, Surroundings, check_ready
from careplan.plans.domain.measuring import check_sent
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.plans.service.drafting import NoDraft, withdraw
from careplan.plans.service.handing_over import provider_of
from careplan.plans.service.locking import locked_plan, version_row
from careplan.plans.service.measuring import counting_of, rated_of
from careplan.plans.service.telling import tell_sent_round

ACCEPTED = frozenset({State.ACCEPTED, State.ACTIVE, State.SUSPENDED})


class NothingProposed(Conflict):
    """No version waits for agreement."""

    code = "nothing_proposed"


def propose_plan(*, plan_id: UUID, actor: Actor, now: datetime) -> PlanVersion:
    """Sends the draft round: its content is fixed for ever and hashed, and the provider may read it.

    Raises NoDraft, and NotReady with everything that is missing.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    draft = locked.plan.draft
    if draft is None:
        raise NoDraft("No version is being written, so there is nothing to send round.")
    check_ready(draft.content, surroundings_of(plan=locked.plan, content=draft.content, now=locked.now))
    check_sent(counting=counting_of(locked.plan), rated=rated_of(locked.plan, draft.content), sent=draft.content)
    _open_to_provider(draft, actor=actor, now=locked.now)
    _close_to_others(locked.plan, draft, actor=actor, now=locked.now)
    content = as_json(draft.content)
    row = version_row(version_id=draft.id)
    row.proposed_at, row.proposed_by = locked.now, actor.account_id
    row.canonical, row.content_hash = canonical_bytes(content), content_hash(content)
    db.session.flush()
    tell_sent_round(version=draft, actor=actor, now=locked.now)
    return queries.get_version(plan_id=plan_id, number=draft.number, at=locked.now)


def withdraw_proposal(*, plan_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Takes the version that waits for agreement back; signatures on it are void.  Raises NothingProposed, Invalid."""
    if not reason.strip():
        raise invalid("reason", "Say why it is taken back.")
    locked = locked_plan(plan_id=plan_id, now=now)
    if locked.plan.proposed is None:
        raise NothingProposed("No version waits for agreement.")
    withdraw(locked.plan.proposed, reason=reason.strip(), actor=actor, now=locked.now)
    _close_to_others(locked.plan, None, actor=actor, now=locked.now)


def surroundings_of(*, plan: SupportPlan, content: PlanContent, now: datetime) -> Surroundings:
    """What the gates ask beyond the plan's own words."""
    settled = any(v.in_force_from is not None and v.kind is content.kind for v in plan.versions)
    today = local_date(now)
    door, delegations, standing = together(
        lambda: people_queries.get_door(person_id=plan.person_id, on=today),
        lambda: _standings(plan.person_id, content, now),
        lambda: assessments.get_standing(person_id=plan.person_id),
    )
    return Surroundings(
        today=today,
        first_version=not settled,
        delegations=delegations,
        missing_at_the_door=door.missing,
        standing=standing,
    )


def _standings(person_id: UUID, content: PlanContent, now: datetime) -> dict[UUID, DelegationStanding]:
    """How each activity of a plan stands with the provider that the plan names."""
    if content.provider is None or not content.delegations:
        return {}
    known = delegation.list_delegations(person_id=person_id)
    found = {}
    for planned in content.delegations:
        one = stands_for(known, planned.delegation, provider_id=content.provider.organisation)
        if one is not None:
            counts = one.instruction_at(now)
            found[planned.delegation] = DelegationStanding(
                accepted=state_at(one, now) in ACCEPTED, instruction_version=counts.number if counts else 0
            )
    return found


def _close_to_others(plan: SupportPlan, draft: PlanVersion | None, *, actor: Actor, now: datetime) -> None:
    """A provider that was asked and is asked no longer, and gives no care either, reads the plan no longer.

    One that hands over reads it until the day that was set then.
    """
    staying = {provider_of(v) for v in (plan.in_force, plan.agreed, draft)}
    asked_before = {provider_of(v) for v in plan.versions if v.proposed_at is not None} - staying
    for member in people_queries.list_partnership(person_id=plan.person_id, at=now):
        asked = member.kind is MemberKind.PROVIDER and member.organisation_id in asked_before - {None}
        if asked and member.until is None:
            people.leave_partnership(
                person_id=plan.person_id,
                member_id=member.id,
                reason="The plan is no longer put to this provider.",
                actor=actor,
                now=now,
            )


def _open_to_provider(draft: PlanVersion, *, actor: Actor, now: datetime) -> None:
    """The provider is asked to agree, so it joins the partnership and may read the plan."""
    provider = draft.content.provider
    if provider is None:
        return
    found = organisations.find_organisation(organisation_id=provider.organisation)
    if found is None or found.kind is not OrganisationKind.PROVIDER:
        raise invalid("start", "Choose a provider that gives care for this council.")
    if access.is_related(person_id=draft.person_id, kind=Kind.PACKAGE, at=now, organisation_id=provider.organisation):
        return
    people.join_partnership(
        person_id=draft.person_id,
        kind=MemberKind.PROVIDER,
        organisation_id=provider.organisation,
        actor=actor,
        now=now,
    )
