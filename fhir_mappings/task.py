"""Work that somebody has taken on, as Task: a delegation being carried out, and the next review."""

from collections.abc import Iterator
from datetime import datetime

from careplan.community.domain.referral import Event as ReferralEvent
from careplan.community.domain.referral import Referral
from careplan.delegation.domain.delegation import Delegation, Event, state_at
from careplan.delegation.domain.occasion import Occasion
from careplan.kernel.clock import end_of_day
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.state import VersionState
from fhir_mappings.building import (
    Json,
    coding,
    concept,
    derived_id,
    ended_before,
    identifier,
    moment,
    period,
    resource,
)
from fhir_mappings.codes import OCCASIONS, REFERRAL_STATUSES, TASK_STATUSES
from fhir_mappings.context import Context
from fhir_mappings.service_request import delegation_reference, referral_reference

FULFILL = coding("http://hl7.org/fhir/CodeSystem/task-code", "fulfill", "Fulfill the focal request")


def resources(context: Context) -> Iterator[Json]:
    """One for each delegation and each referral, and one for the review that the plan in force names."""
    yield from (_referral(context, r) for r in context.record.community.referrals)
    yield from (_delegation(context, d) for d in context.record.delegation.delegations)
    if context.current is not None and context.current.state is VersionState.IN_FORCE:
        yield from _review(context, context.current)


def _referral(context: Context, referral: Referral) -> Json:
    """What a community organisation does about a referral: their answer, and what came of it."""
    request = referral_reference(referral)
    last = max((s.at for s in referral.steps), default=referral.at)
    ended = referral.outcome if referral.is_over else ""
    return resource(
        "Task",
        derived_id(referral.id, "task"),
        identifier=[identifier("community-task", referral.id)],
        basedOn=[request],
        status=REFERRAL_STATUSES[referral.stands][1],
        statusReason=concept(text=ended if referral.stands is not ReferralEvent.ENDED else None),
        intent="order",
        code=concept(FULFILL, text=referral.action_words),
        focus=request,
        for_=context.patient(),
        authoredOn=moment(referral.at),
        lastModified=moment(last),
        requester=context.role(referral.made_by) or context.council(),
        owner=context.organisation(referral.organisation_id),
        output=[{"type": concept(text="What came of it"), "valueString": ended}]
        if referral.stands is ReferralEvent.ENDED
        else None,
    )


def _delegation(context: Context, delegation: Delegation) -> Json:
    request = delegation_reference(delegation)
    last = max((s for s in delegation.steps if s.at <= context.at), key=lambda s: s.at, default=None)
    return resource(
        "Task",
        derived_id(delegation.id, "task"),
        identifier=[identifier("delegation-task", delegation.id)],
        basedOn=[request],
        status=TASK_STATUSES[state_at(delegation, context.at)],
        statusReason=concept(text=last.reason) if last else None,
        intent="order",
        code=concept(FULFILL, text=delegation.activity),
        focus=request,
        for_=context.patient(),
        executionPeriod=_active(delegation, context.at),
        authoredOn=moment(delegation.proposed_at),
        lastModified=moment(max((last.at if last else delegation.proposed_at), delegation.proposed_at)),
        requester=context.role(delegation.delegator_id) or context.organisation(delegation.organisation_id),
        owner=context.organisation(delegation.provider_id),
        restriction=_until(delegation),
        input=list(_instruction(delegation, context.at)),
        output=list(_last_done(context, delegation)),
    )


def _active(delegation: Delegation, at: datetime) -> Json | None:
    """From the first worker's yes on."""
    begun = [s.at for s in delegation.steps if s.event is Event.ACTIVATE and s.at <= at]
    return period(min(begun), None) if begun else None


def _until(delegation: Delegation) -> Json | None:
    if delegation.ends_on is None:
        return None
    return {"period": {"end": moment(ended_before(end_of_day(delegation.ends_on)))}}


def _instruction(delegation: Delegation, at: datetime) -> Iterator[Json]:
    found = delegation.instruction_at(at)
    if found is None:
        return
    yield {"type": concept(text="Version of the instruction"), "valuePositiveInt": found.number}
    for step in found.steps:
        yield {"type": concept(text="Step"), "valueString": step}


def _last_done(context: Context, delegation: Delegation) -> Iterator[Json]:
    """The latest occasion: what came of it and when."""
    own = [o for o in context.record.delegation.occasions if o.delegation_id == delegation.id]
    last: Occasion | None = max(own, key=lambda o: (o.effective_at, o.id), default=None)
    if last is not None:
        yield {"type": concept(text="Last occasion"), "valueDateTime": moment(last.effective_at)}
        yield {"type": concept(text="Result"), "valueCodeableConcept": concept(OCCASIONS[last.result])}


def _review(context: Context, version: PlanVersion) -> Iterator[Json]:
    due = version.content.review_on
    if due is None:
        return
    yield resource(
        "Task",
        derived_id(version.plan_id, f"review-{due}"),
        identifier=[identifier("review", f"{version.plan_id}/{due}")],
        basedOn=[context.care_plan(version)],
        status="requested",
        intent="plan",
        code=concept(text="Review of the care and support plan"),
        focus=context.care_plan(version),
        for_=context.patient(),
        authoredOn=moment(version.proposed_at),
        lastModified=moment(version.proposed_at),
        requester=context.council(),
        owner=context.social_worker() or context.council(),
        restriction={"period": {"end": moment(ended_before(end_of_day(due)))}},
    )
