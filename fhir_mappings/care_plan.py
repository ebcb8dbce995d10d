"""Versions of the plan as CarePlan: the one in force, those it replaced, and what to do in an emergency."""

from collections.abc import Iterator
from datetime import datetime

from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.state import VersionState
from fhir_mappings import service_request
from fhir_mappings.building import (
    SNOMED,
    Json,
    coding,
    concept,
    derived_id,
    ended_before,
    identifier,
    moment,
    notes,
    period,
    reference,
    resource,
)
from fhir_mappings.codes import PLAN_KINDS, PLAN_STATUSES
from fhir_mappings.context import Context, title_of

CARE_PLAN = coding(SNOMED, "734163000", "Care plan")
PERSONALISED = coding(SNOMED, "2181441000000107", "Personalised care and support plan")
EMERGENCY = coding(SNOMED, "325691000000100", "Contingency plan")


def resources(context: Context) -> Iterator[Json]:
    """Each version that is or was in force, and the emergency plan of the one that counts."""
    for number, version in enumerate(context.told):
        before = context.told[number - 1] if number else None
        after = context.told[number + 1] if number + 1 < len(context.told) else None
        yield _version(context, version, before=before, after=after)
        if version is context.current:
            yield from _emergency(context, version)


def _version(context: Context, version: PlanVersion, *, before: PlanVersion | None, after: PlanVersion | None) -> Json:
    content = version.content
    return resource(
        "CarePlan",
        version.id,
        identifier=[identifier("plan-version", version.id), identifier("plan", f"{version.plan_id}/{version.number}")],
        replaces=[r for r in (context.care_plan(before),) if r],
        status=PLAN_STATUSES[version.state],
        intent="plan",
        category=[concept(CARE_PLAN), concept(PERSONALISED), concept(PLAN_KINDS[version.kind])],
        title=title_of(version),
        description=content.how_met.strip(),
        subject=context.patient(),
        period=period(version.in_force_from, _end(context, after)),
        created=moment(version.proposed_at),
        author=context.practitioner(version.proposed_by),
        careTeam=[t for t in (context.care_team(),) if t],
        addresses=[c for n in content.needs if (c := context.condition(n.id))],
        goal=[g for o in content.outcomes if (g := context.goal(o.id))],
        activity=[{"reference": r} for r in service_request.references(context, version)],
        note=notes(content.prevention_advice),
    )


def _emergency(context: Context, version: PlanVersion) -> Iterator[Json]:
    """What to do when things go wrong, where the plan says so."""
    plan = version.content.emergency_plan
    parts = (
        ("When", plan.triggers), ("What to do", plan.steps), ("Whom to call", plan.call),
        ("If the unpaid carer cannot go on", plan.if_carer_fails),
    )  # fmt: skip
    said = [f"{title}: {words.strip()}" for title, words in parts if words.strip()]
    if not said:
        return
    yield resource(
        "CarePlan",
        derived_id(version.id, "emergency"),
        identifier=[identifier("emergency-plan", version.id)],
        partOf=[reference("CarePlan", version.id, title_of(version))],
        status=PLAN_STATUSES[version.state],
        intent="plan",
        category=[concept(CARE_PLAN), concept(EMERGENCY)],
        title="Emergency plan",
        description="\n".join(said),
        subject=context.patient(),
        period=period(version.in_force_from, _end(context, None)),
    )


def _end(context: Context, after: PlanVersion | None) -> datetime | None:
    if after is not None:
        return ended_before(after.in_force_from)
    over = context.current is not None and context.current.state is VersionState.ENDED
    return context.plan.ended_at if over and context.plan else None
