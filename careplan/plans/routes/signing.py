"""What each party reads before it signs, and the signature that a page's form makes."""

from uuid import UUID

from careplan.access import guard
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import invalid
from careplan.kernel.words import short_day
from careplan.organisations.domain.limit import Excess
from careplan.people.domain.person import Person
from careplan.plans import service
from careplan.plans.authorisations import beyond_limit
from careplan.plans.domain.agreement import PARTY_OF, Advocate, Agreement, Capacity, Channel
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.plans.domain.state import Party
from careplan.plans.domain.taking_back import STILL_OPEN
from careplan.plans.service import Signature

CAPACITIES = {
    Role.SOCIAL_WORKER: Capacity.SOCIAL_WORKER,
    Role.TEAM_MANAGER: Capacity.TEAM_MANAGER,
    Role.PROVIDER_COORDINATOR: Capacity.PROVIDER,
    Role.CITIZEN: Capacity.SELF,
    Role.REPRESENTATIVE: Capacity.REPRESENTATIVE,
}


def capacity_of(actor: Actor) -> Capacity | None:
    """In what capacity an account's role signs; None: it signs for nobody."""
    return CAPACITIES.get(actor.role)


def statement(*, capacity: Capacity, version: PlanVersion, person: Person) -> str:
    """The words that are shown, and kept with the signature."""
    provider = version.content.provider.name if version.content.provider else "The provider"
    words = {
        Capacity.SOCIAL_WORKER: f"For the council, I agree to version {version.number} of {person.name}’s plan.",
        Capacity.TEAM_MANAGER: (
            f"For the council, as team manager, I agree to version {version.number} of {person.name}’s plan."
        ),
        Capacity.PROVIDER: (
            f"For {provider}, I agree to version {version.number} of {person.name}’s plan. We will give this care."
        ),
        Capacity.SELF: "I have read this plan, or someone has read it to me. I agree to it.",
        Capacity.REPRESENTATIVE: f"I have read this plan. I agree to it in the place of {person.name}.",
    }
    moves = f" It counts from {short_day(version.counts_from)}." if version.counts_from else ""
    return words[capacity] + moves


def my_party(plan: SupportPlan) -> Party | None:
    """The party for which whoever looks at the page may sign; a manager only above the social worker's limit."""
    capacity = capacity_of(guard.actor())
    if capacity is Capacity.TEAM_MANAGER and not above_social_worker(plan.proposed):
        return None
    return PARTY_OF[capacity] if capacity and may_answer(plan, Action.AGREE) else None


def above_social_worker(version: PlanVersion | None) -> tuple[Excess, ...]:
    """In what a version goes beyond what the council lets its social workers sign."""
    if version is None:
        return ()
    return beyond_limit(version, Role.SOCIAL_WORKER, actor=guard.actor(), at=utc_now())


def may_answer(plan: SupportPlan, action: Action) -> bool:
    """Whether the policy lets whoever looks at the page agree, or record that others did."""
    return (Section.AGREEMENT, action) in guard.allowed()


def online(
    *,
    sent_id: str,
    sent_hash: str,
    capacity: Capacity,
    version: PlanVersion,
    person: Person,
    advocate: Advocate | None = None,
) -> Signature:
    """The signature of somebody who presses the button on a page; the page made the id, so that twice counts once."""
    try:
        signature_id = UUID(sent_id)
    except ValueError:
        raise invalid("id", "This page has gone stale. Open it again.") from None
    return Signature(
        id=signature_id,
        party=PARTY_OF[capacity],
        capacity=capacity,
        content_hash=sent_hash,
        statement=statement(capacity=capacity, version=version, person=person),
        channel=Channel.ONLINE,
        advocate=advocate,
    )


def to_take_back(plan: SupportPlan) -> frozenset[UUID]:
    """The agreements that whoever looks at the page can still take back, or write down that the person does."""
    actor, now = guard.actor(), utc_now()
    return frozenset(
        agreement.id
        for version in plan.versions
        if version.state in STILL_OPEN
        for agreement in version.agreements
        if any(
            service.may_take_back(version, agreement, channel=channel, actor=actor, now=now)
            for channel in (Channel.ONLINE, Channel.PAPER)
        )
    )


def mine_to_take_back(plan: SupportPlan) -> tuple[PlanVersion, Agreement] | None:
    """What whoever reads their own pages has agreed to, on the version that can still be left."""
    able = to_take_back(plan)
    return next(((v, a) for v in reversed(plan.versions) for a in v.agreements if a.id in able), None)
