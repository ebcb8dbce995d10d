"""What is to be done, as ServiceRequest: actions, hours granted, contingency, delegated health activities."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from careplan.community.domain.referral import Referral
from careplan.delegation.domain.delegation import Delegation, stands_for, state_at
from careplan.delegation.domain.ladder import EscalationStep, When
from careplan.kernel.clock import end_of_day
from careplan.kernel.words import duration
from careplan.plans.domain.content import Action, Contingency, DoneBy, Grant, Named
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.state import VersionState
from fhir_mappings.building import (
    Json,
    concept,
    day,
    derived_id,
    ended_before,
    hours,
    identifier,
    known,
    moment,
    notes,
    own_coding,
    period,
    reference,
    resource,
)
from fhir_mappings.codes import DOERS, FUNDERS, ORDER_STATUSES, REFERRAL_STATUSES
from fhir_mappings.context import Context, item_id

ACTION = own_coding("request-kind", "action", "Action of the plan")
HOURS = own_coding("request-kind", "hours", "Hours granted")
CONTINGENCY = own_coding("request-kind", "contingency", "Contingency hours")
DELEGATION = own_coding("request-kind", "delegation", "Delegated health activity")
REFERRAL = own_coding("request-kind", "community-referral", "Referral to a community organisation")
STATUSES = {VersionState.IN_FORCE: "active", VersionState.ENDED: "completed"}


def resources(context: Context) -> Iterator[Json]:
    """What the version that counts asks for, referrals to the community, and delegations proposed to a provider."""
    if context.current is not None:
        version = context.current
        yield from (_action(context, version, a) for a in version.content.actions)
        yield from (_grant(context, version, g) for g in version.content.hours.grants)
        if version.content.contingency is not None:
            yield _contingency(context, version, version.content.contingency)
    yield from (_referral(context, r) for r in context.record.community.referrals)
    yield from (_delegation(context, d) for d in context.record.delegation.delegations)


def references(context: Context, version: PlanVersion) -> list[Json]:
    """What a version of the plan has done: only of the one that counts is it served."""
    if version is not context.current:
        return []
    content = version.content
    found = [reference("ServiceRequest", item_id(version, a.id), a.words) for a in content.actions]
    found += [grant_reference(version, g) for g in content.hours.grants]
    if content.contingency is not None:
        found.append(contingency_reference(version))
    return found + [delegation_reference(d) for d in _delegated(context, version)]


def _delegated(context: Context, version: PlanVersion) -> list[Delegation]:
    """The delegations by which the version's provider does what the version names."""
    provider = version.content.provider
    if provider is None:
        return []
    known = context.record.delegation.delegations
    found = (stands_for(known, d.delegation, provider_id=provider.organisation) for d in version.content.delegations)
    return [d for d in found if d is not None]


def grant_reference(version: PlanVersion, grant: Grant) -> Json:
    """The hours that one funder grants."""
    return reference(
        "ServiceRequest", item_id(version, grant.id), f"{duration(grant.total).capitalize()} in four weeks"
    )


def contingency_id(version: PlanVersion) -> str:
    """The id of a plan's contingency: one, whatever the version."""
    return str(derived_id(version.plan_id, "contingency"))


def contingency_reference(version: PlanVersion) -> Json:
    """The hours kept aside for what was assessed."""
    return reference("ServiceRequest", contingency_id(version), "Contingency hours")


def referral_reference(referral: Referral) -> Json:
    """That a community organisation was asked."""
    return reference("ServiceRequest", referral.id, f"{referral.organisation}: {referral.action_words}")


def delegation_reference(delegation: Delegation) -> Json:
    return reference("ServiceRequest", delegation.id, delegation.activity)


def _action(context: Context, version: PlanVersion, action: Action) -> Json:
    when = action.when.strip()
    return _of_plan(
        context,
        version,
        item_id(version, action.id),
        identifier=[identifier("action", action.id)],
        category=[concept(ACTION)],
        code=concept(text=action.words),
        occurrenceTiming=known(repeat=_from(version), code=concept(text=when)),
        performerType=concept(DOERS[action.by], text=action.who),
        performer=_doers(context, version, action),
        note=notes(_serves(context, action)),
    )


def _referral(context: Context, referral: Referral) -> Json:
    """An order that rests on the action of the plan, where the plan still holds it; else on the plan."""
    version = context.current
    held = [a for a in version.content.actions if a.id == referral.action_id] if version else []
    action = [reference("ServiceRequest", item_id(version, a.id), a.words) for a in held] if version else []
    known_to_us = context.organisation(referral.organisation_id)
    return resource(
        "ServiceRequest",
        referral.id,
        identifier=[identifier("community-referral", referral.id)],
        basedOn=action or None,
        status=REFERRAL_STATUSES[referral.stands][0],
        intent="order",
        category=[concept(REFERRAL)],
        code=concept(text=referral.action_words),
        subject=context.patient(),
        authoredOn=day(referral.made_on),
        requester=context.role(referral.made_by) or context.council(),
        performerType=concept(DOERS[DoneBy.COMMUNITY], text=referral.organisation),
        performer=[known_to_us] if known_to_us else None,
    )


def _serves(context: Context, action: Action) -> str | None:
    """FHIR R4 has no element that leads from a request to a goal."""
    found = context.outcomes.get(action.outcome) if action.outcome else None
    return f"For the outcome: {found[1].words}" if found else None


def _doers(context: Context, version: PlanVersion, action: Action) -> list[Json]:
    if action.by is DoneBy.PERSON:
        return [context.patient()]
    if action.by is DoneBy.UNPAID_CARER:
        return context.unpaid_carers()
    if action.by is DoneBy.PROVIDER:
        return [o for o in (_provider(context, version),) if o]
    return []


def _grant(context: Context, version: PlanVersion, grant: Grant) -> Json:
    weeks = [concept(text=f"Week {n}: {duration(m)}") for n, m in enumerate(grant.weeks, start=1)]
    return _of_plan(
        context,
        version,
        item_id(version, grant.id),
        identifier=[identifier("grant", grant.id)],
        category=[concept(HOURS), concept(FUNDERS[grant.funder])],
        code=concept(text="Support at home"),
        orderDetail=[*weeks, *([concept(text=f"{grant.parts.words}.")] if grant.parts else [])],
        quantityQuantity=hours(grant.total),
        occurrenceTiming=_every_four_weeks(version),
        performer=[o for o in (_provider(context, version),) if o],
    )


def _contingency(context: Context, version: PlanVersion, contingency: Contingency) -> Json:
    return _of_plan(
        context,
        version,
        contingency_id(version),
        identifier=[identifier("contingency", version.plan_id)],
        category=[concept(CONTINGENCY)],
        code=concept(text="Contingency hours"),
        orderDetail=[concept(_named("service", s), text=s.words) for s in contingency.services],
        quantityQuantity=hours(contingency.minutes),
        occurrenceTiming=_every_four_weeks(version),
        asNeededCodeableConcept=concept(
            *(_named("circumstance", c) for c in contingency.circumstances),
            text="; ".join(c.words for c in contingency.circumstances),
        ),
        performer=[o for o in (_provider(context, version),) if o],
    )


def _from(version: PlanVersion) -> Json:
    return {"boundsPeriod": period(version.in_force_from or version.created_at, None)}


def _every_four_weeks(version: PlanVersion) -> Json:
    return {"repeat": {**_from(version), "frequency": 1, "period": 4, "periodUnit": "wk"}}


def _last_instant(delegation: Delegation) -> datetime | None:
    last = end_of_day(delegation.ends_on) if delegation.ends_on else None
    return ended_before(min((i for i in (last, delegation.closed_at) if i is not None), default=None))


def _named(kind: str, named: Named) -> Json:
    return own_coding(f"contingency-{kind}", named.slug, named.words)


def _of_plan(context: Context, version: PlanVersion, id_: UUID | str, **elements: Any) -> Json:
    """What all requests of a plan share; the differing elements come in FHIR's own order around it."""
    plan = context.care_plan(version)
    return resource(
        "ServiceRequest",
        id_,
        identifier=elements.pop("identifier"),
        basedOn=[plan],
        status=STATUSES[version.state],
        intent="plan",
        category=elements.pop("category"),
        code=elements.pop("code"),
        orderDetail=elements.pop("orderDetail", None),
        quantityQuantity=elements.pop("quantityQuantity", None),
        subject=context.patient(),
        occurrenceTiming=elements.pop("occurrenceTiming", None),
        asNeededCodeableConcept=elements.pop("asNeededCodeableConcept", None),
        authoredOn=moment(version.proposed_at),
        requester=context.practitioner(version.proposed_by) or context.council(),
        **elements,
    )


def _provider(context: Context, version: PlanVersion) -> Json | None:
    return context.organisation(version.content.provider.organisation) if version.content.provider else None


def _delegation(context: Context, delegation: Delegation) -> Json:
    """The nurse's order; the steps are those of the instruction that stands."""
    instruction = delegation.instruction_at(context.at)
    plan = context.current
    in_plan = plan is not None and delegation in _delegated(context, plan)
    nurse = context.role(delegation.delegator_id) or context.organisation(delegation.organisation_id)
    return resource(
        "ServiceRequest",
        delegation.id,
        identifier=[identifier("delegation", delegation.id)],
        basedOn=[context.care_plan(plan)] if in_plan else None,
        status=ORDER_STATUSES[state_at(delegation, context.at)],
        intent="order",
        category=[concept(DELEGATION)],
        code=concept(
            own_coding("delegated-activity", delegation.activity_code, delegation.activity), text=delegation.activity
        ),
        orderDetail=[concept(text=step) for step in (instruction.steps if instruction else ())],
        subject=context.patient(),
        occurrenceTiming=known(
            repeat={"boundsPeriod": period(delegation.proposed_at, _last_instant(delegation))},
            code=concept(text=delegation.time_window),
        ),
        authoredOn=moment(delegation.proposed_at),
        requester=nurse,
        performer=[o for o in (context.organisation(delegation.provider_id),) if o],
        reasonCode=[concept(text=delegation.why_suitable)] if delegation.why_suitable.strip() else None,
        note=notes(
            _titled("Not when", delegation.exclusions),
            _titled("Equipment", instruction.equipment if instruction else delegation.equipment),
            _titled("Escalate", delegation.escalation),
            _titled("Ring", "; ".join(_rung(r) for r in delegation.ladder)),
            _titled("Stop", delegation.stop_criteria),
            _titled("Record", instruction.record_what if instruction else ""),
        ),
    )


def _rung(rung: EscalationStep) -> str:
    when = {When.IN_HOURS: ", in hours", When.OUT_OF_HOURS: ", out of hours", When.ALWAYS: ""}[rung.when]
    return f"{rung.name}, {rung.phone}, within {rung.within_minutes} minutes{when}"


def _titled(title: str, words: str) -> str | None:
    return f"{title}: {words.strip()}" if words.strip() else None
