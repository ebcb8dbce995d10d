"""The same plan by another provider: nothing in it changes but who gives the care."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.kernel.errors import Conflict
from careplan.kernel.ids import new_id
from careplan.plans import queries
from careplan.plans.domain.content import Interim, PlanContent, PlanKind, Provider, Risk
from careplan.plans.domain.moving import must_be_settled
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.plans.domain.state import VersionState
from careplan.plans.service.drafting import add_draft, withdraw
from careplan.plans.service.handing_over import provider_of
from careplan.plans.service.locking import Locked, locked_plan

COUNTED = (VersionState.SUPERSEDED, VersionState.IN_FORCE, VersionState.AGREED)
SHORT_NOTICE = "Care moves to another provider at short notice."
RESPONSE = "The new provider rings before the first visit and goes with somebody who knows the person where it can."


class NothingToMove(Conflict):
    """No version counts, or the provider gives the care already."""

    code = "nothing_to_move"


class VersionInTheWay(Conflict):
    """Another version is being written or waits for agreement."""

    code = "version_in_the_way"


def write_for_provider(
    *, plan_id: UUID, provider: Provider, counts_from: date, actor: Actor, now: datetime
) -> PlanVersion:
    """A draft that says to the letter what the version by the provider before says, and counts from a day on.

    Raises NothingToMove, VersionInTheWay, PlanEnded.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    base = _base(locked.plan, provider)
    for other in (locked.plan.draft, locked.plan.proposed):
        if other is not None:
            raise VersionInTheWay(must_be_settled(other.facts) or "", number=other.number)
    return _write(locked, replace(base.content, provider=provider), base, counts_from, actor)


def write_interim_for_provider(
    *, plan_id: UUID, provider: Provider, counts_from: date, known: Interim, actor: Actor, now: datetime
) -> PlanVersion:
    """The same as an interim version, which does not wait for the person's yes. What is in the way is taken back.

    Raises NothingToMove, PlanEnded.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    base = _base(locked.plan, provider)
    for other in (locked.plan.draft, locked.plan.proposed):
        if other is not None:
            withdraw(other, reason="The provider cannot go on, so this is written anew.", actor=actor, now=locked.now)
    risks = base.content.risks or (Risk(new_id(), SHORT_NOTICE, RESPONSE),)
    content = replace(base.content, provider=provider, kind=PlanKind.INTERIM, interim=known, risks=risks)
    return _write(locked, content, base, counts_from, actor)


def _base(plan: SupportPlan, provider: Provider) -> PlanVersion:
    """The last version that counts or counted and is another provider's."""
    if plan.in_force is None:
        raise NothingToMove("No plan is in force, so there is no care to move.")
    others = [v for v in plan.versions if v.state in COUNTED and provider_of(v) != provider.organisation]
    if not others:
        raise NothingToMove(f"{provider.name} gives this care already.")
    return others[-1]


def _write(locked: Locked, content: PlanContent, base: PlanVersion, counts_from: date, actor: Actor) -> PlanVersion:
    number = locked.plan.versions[-1].number + 1
    add_draft(
        locked.row, replace(content, version=number), based_on=base.number, counts_from=counts_from, actor=actor,
        now=locked.now,
    )  # fmt: skip
    return queries.get_version(plan_id=locked.plan.id, number=number, at=locked.now)
