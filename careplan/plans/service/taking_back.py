"""A party takes its yes back, and the version waits for it again."""

from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.hours import service as hours
from careplan.kernel.errors import NotFound
from careplan.plans import queries
from careplan.plans.domain.agreement import Agreement, Channel, NotAParty
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.state import Party, VersionState
from careplan.plans.domain.taking_back import check_can_be_taken_back, checked_reason
from careplan.plans.models import PlanAgreementRow
from careplan.plans.service.handing_over import take_seat_back
from careplan.plans.service.locking import Locked, locked_plan
from careplan.plans.service.signing import commits_provider, is_allocated, is_self
from careplan.plans.service.telling import tell_taken_back


def take_back_agreement(
    *, plan_id: UUID, agreement_id: UUID, reason: str, channel: Channel, actor: Actor, now: datetime
) -> PlanVersion:
    """Voids one party's yes; it stays to be read with the reason, and the version is open to that party again.

    What the person or their representative says on paper or by telephone, the person's own social worker writes down.
    Raises NotFound, NotAParty, TakenBackAlready, CountsAlready, Invalid.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    version, agreement = _found(locked, agreement_id)
    check_can_be_taken_back(agreement=agreement, state=version.state)
    if not may_take_back(version, agreement, channel=channel, actor=actor, now=locked.now):
        raise NotAParty("Only the party that agreed takes it back. A social worker writes down what the person says.")
    row = db.session.get_one(PlanAgreementRow, agreement_id)
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_by_name = locked.now, actor.account_id, actor.name
    row.withdrawn_reason, row.withdrawn_channel = checked_reason(reason), channel.value
    db.session.flush()
    if version.state is VersionState.AGREED:
        hours.withdraw_terms(plan_id=plan_id, plan_version_id=version.id, actor=actor, now=locked.now)
        take_seat_back(plan=locked.plan, actor=actor, now=locked.now)
    left = queries.get_version(plan_id=plan_id, number=version.number, at=locked.now)
    gone = next(a for a in left.taken_back if a.id == agreement_id)
    tell_taken_back(version=left, agreement=gone, actor=actor, now=locked.now)
    return left


def may_take_back(
    version: PlanVersion, agreement: Agreement, *, channel: Channel, actor: Actor, now: datetime
) -> bool:
    """Whether this account may take a yes back in this way."""
    if channel is not Channel.ONLINE:
        return agreement.party is Party.PERSON and is_allocated(version, actor, now)
    if agreement.signer_id == actor.account_id:
        return True
    return {
        Party.COUNCIL: lambda: is_allocated(version, actor, now),
        Party.PROVIDER: lambda: commits_provider(version, actor, now),
        Party.PERSON: lambda: agreement.authority_id is None and is_self(version, actor, now),
    }[agreement.party]()


def _found(locked: Locked, agreement_id: UUID) -> tuple[PlanVersion, Agreement]:
    for version in locked.plan.versions:
        for agreement in (*version.agreements, *version.taken_back):
            if agreement.id == agreement_id:
                return version, agreement
    raise NotFound("There is no such agreement.")
