"""What each party reads before it signs, and the signature that a page's form makes."""

from uuid import UUID

from careplan.access.domain.actor import Actor, Role
from careplan.kernel.errors import invalid
from careplan.people.domain.person import Person
from careplan.plans.domain.agreement import PARTY_OF, Capacity, Channel
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.service import Signature

CAPACITIES = {
    Role.SOCIAL_WORKER: Capacity.SOCIAL_WORKER,
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
        Capacity.PROVIDER: (
            f"For {provider}, I agree to version {version.number} of {person.name}’s plan. We will give this care."
        ),
        Capacity.SELF: "I have read this plan, or someone has read it to me. I agree to it.",
        Capacity.REPRESENTATIVE: f"I have read this plan. I agree to it in the place of {person.name}.",
    }
    return words[capacity]


def online(*, sent_id: str, sent_hash: str, capacity: Capacity, version: PlanVersion, person: Person) -> Signature:
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
    )
