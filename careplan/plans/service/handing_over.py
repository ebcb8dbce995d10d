"""Who of the providers reads the record while care goes from one to the other."""

from datetime import datetime, timedelta
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.kernel.clock import local_date, start_of_day
from careplan.people import queries as people_queries
from careplan.people import service as people
from careplan.people.domain.partnership import Member, MemberKind
from careplan.plans.domain.plan import PlanVersion, SupportPlan

# The day of the change is the first of them; after the last the provider before reads nothing any more.
HANDOVER_LASTS = timedelta(days=7)
HANDED_OVER = "Care goes on with another provider."


def hand_over_seat(*, before: SupportPlan, version: PlanVersion, actor: Actor, now: datetime) -> None:
    """Ends the seat of the provider before, seven days from when a version by another comes into force."""
    old, since = provider_of(before.in_force), version.in_force_from
    if old is None or since is None or old == provider_of(version):
        return
    until = start_of_day(local_date(max(since, now)) + HANDOVER_LASTS)
    for member in _seats(before.person_id, old, now):
        people.leave_partnership(
            person_id=before.person_id, member_id=member.id, reason=HANDED_OVER, actor=actor, now=now, until=until
        )


def take_seat_back(*, plan: SupportPlan, actor: Actor, now: datetime) -> None:
    """The provider who gives the care stays after all, for a version by another counts no longer."""
    current = provider_of(plan.in_force)
    for member in _seats(plan.person_id, current, now) if current else ():
        if member.end_reason == HANDED_OVER:
            people.stay_in_partnership(person_id=plan.person_id, member_id=member.id, actor=actor, now=now)


def provider_of(version: PlanVersion | None) -> UUID | None:
    """Who gives the care by a version."""
    provider = version.content.provider if version else None
    return provider.organisation if provider else None


def _seats(person_id: UUID, organisation_id: UUID, now: datetime) -> list[Member]:
    found = people_queries.list_partnership(person_id=person_id, at=now)
    return [m for m in found if m.sits_as(kind=MemberKind.PROVIDER, holder_id=organisation_id)]
