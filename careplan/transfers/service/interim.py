"""An interim version by the new provider, so that care does not stop while everybody is still being asked."""

from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.organisations import queries as organisations
from careplan.people import queries as people
from careplan.people.domain.allergy import AllergyStatus
from careplan.plans import queries as plans
from careplan.plans import service as plan_service
from careplan.plans.domain.content import Interim, InterimReason, Provider
from careplan.plans.domain.plan import PlanVersion
from careplan.transfers.models import TransferRow
from careplan.transfers.service.asking import let_read

NOT_ASKED = "Nobody has asked yet."
NONE_KNOWN = "Asked: none known."


def bring_interim(row: TransferRow, *, actor: Actor, now: datetime) -> PlanVersion:
    """Writes the plan as an interim one by the new provider and sends it round: it waits for council and provider only.

    Raises NothingToMove, NotReady, PlanEnded.
    """
    provider = organisations.get_organisation(organisation_id=row.to_provider_id)
    plan_service.write_interim_for_provider(
        plan_id=row.plan_id,
        provider=Provider(provider.id, provider.name),
        counts_from=row.changes_on,
        known=_known(row, now),
        actor=actor,
        now=now,
    )
    let_read(row, actor=actor, now=now)
    return plan_service.propose_plan(plan_id=row.plan_id, actor=actor, now=now)


def _known(row: TransferRow, now: datetime) -> Interim:
    version = plans.find_in_force(plan_id=row.plan_id, at=now)
    needs = [n.words for n in version.content.needs] if version else []
    return Interim(
        reason=InterimReason.PROVIDER_FAILURE,
        needs_as_known=" ".join(needs) or (version.content.how_met if version else "") or "As in the plan before.",
        allergies=_allergies(row.person_id),
        access="As written down for the door." if people.has_way_in(person_id=row.person_id) else "Ring first.",
        told_on=row.told_on,
    )


def _allergies(person_id: UUID) -> str:
    found = people.get_allergies(person_id=person_id)
    if found.present:
        return ", ".join(f"{a.substance}" for a in found.present)
    return NONE_KNOWN if found.status is AllergyStatus.NONE_KNOWN else NOT_ASKED
