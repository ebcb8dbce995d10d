"""What an agreed version tells the hour bank."""

from datetime import date

from careplan.hours.domain import terms as t
from careplan.kernel.errors import DomainError
from careplan.plans.domain import content as c
from careplan.plans.domain.answers import PersonsPart
from careplan.plans.domain.plan import PlanVersion

# Somebody else agrees only where the person was found unable to decide.
DECIDED_FOR = frozenset({PersonsPart.AGREED_FOR, PersonsPart.BEST_INTERESTS})


class NothingToGrant(DomainError):
    """A version without a first day or a provider opens no bank; its gates should have kept it from being agreed."""

    code = "nothing_to_grant"


def terms_of(version: PlanVersion, *, service_starts_on: date) -> t.Terms:
    """The terms by which the bank judges.  Raises NothingToGrant."""
    content = version.content
    if content.starts_on is None or content.provider is None:
        raise NothingToGrant("This version has no first day or no provider.")
    return t.Terms(
        plan_version_id=version.id,
        plan_id=version.plan_id,
        person_id=version.person_id,
        provider_id=content.provider.organisation,
        version_number=version.number,
        service_starts_on=service_starts_on,
        counts_from=max(content.starts_on, version.counts_from or content.starts_on),
        grants=tuple(_grant(g) for g in content.hours.grants),
        basis=content.hours.basis,
        tolerance=content.hours.tolerance,
        weekly_floor=content.hours.weekly_floor,
        weekly_ceiling=content.hours.weekly_ceiling,
        carry_over=t.CarryOver(content.hours.carry_over.rule, content.hours.carry_over.cap),
        contingency=_contingency(content.contingency),
        adjustment=t.AdjustmentTerms(
            content.adjustment.direction, content.adjustment.percent, content.adjustment.minutes
        ),
        outcomes=tuple(t.NamedOutcome(o.id, o.words) for o in content.outcomes),
        person_decides=version.persons_part not in DECIDED_FOR,
    )


def _grant(grant: c.Grant) -> t.Grant:
    first, second, third, fourth = grant.weeks
    return t.Grant(grant.funder, (first, second, third, fourth), grant.parts)


def _contingency(kept_aside: c.Contingency | None) -> t.ContingencyTerms | None:
    if kept_aside is None:
        return None
    return t.ContingencyTerms(
        minutes=kept_aside.minutes,
        circumstances=tuple(t.Assessed(n.slug, n.words) for n in kept_aside.circumstances),
        services=tuple(t.Assessed(n.slug, n.words) for n in kept_aside.services),
        provider_limit=kept_aside.provider_limit,
    )
