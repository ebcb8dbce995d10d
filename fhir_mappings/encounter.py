"""Visits as Encounter: planned, finished, or cancelled and why."""

from collections.abc import Iterator
from uuid import UUID

from careplan.hours.domain.contingency import Decision
from careplan.kernel.minutes import elapsed
from careplan.kernel.words import short_day
from careplan.plans.domain.content import Funder
from careplan.visits.domain.visit import Result, Status, Visit
from fhir_mappings.building import Json, coding, concept, identifier, length, period, reference, resource
from fhir_mappings.codes import ACT_CODE, CANCELLED_BY, MISSED, RESULTS, VISIT_STATUSES
from fhir_mappings.context import Context
from fhir_mappings.service_request import contingency_reference, grant_reference

AT_HOME = coding(ACT_CODE, "HH", "home health")


def resources(context: Context) -> Iterator[Json]:
    """One for each visit, planned or not. Workers' notes stay here."""
    for visit in context.record.visits.visits:
        starts, ends = visit.started_at or visit.planned_start, visit.ended_at or visit.planned_end
        held = visit.started_at is not None and visit.ended_at is not None
        yield resource(
            "Encounter",
            visit.id,
            identifier=[identifier("visit", visit.id)],
            status=VISIT_STATUSES[visit.status],
            class_=AT_HOME,
            type=_came_of(visit),
            subject=context.patient(),
            episodeOfCare=[e for e in (context.episode(),) if e],
            basedOn=_granted(context, visit),
            participant=_participants(context, visit),
            period=period(starts, ends),
            length=length(elapsed(starts, ends)) if held and starts and ends else None,
            serviceProvider=context.organisation(visit.provider_id),
        )


def visit_reference(visit: Visit) -> Json:
    """A visit by its day."""
    starts = visit.started_at or visit.planned_start
    return reference("Encounter", visit.id, f"Visit on {short_day(starts)}" if starts else "Visit")


def _came_of(visit: Visit) -> list[Json]:
    found: Json | None = None
    if visit.standing:
        found = concept(RESULTS[Result(visit.status.value)])
    elif visit.cancellation is not None:
        found = concept(CANCELLED_BY[visit.cancellation.by])
    elif visit.status is Status.MISSED:
        found = concept(MISSED)
    return [found] if found else []


def _granted(context: Context, visit: Visit) -> list[Json]:
    """The hours that pay for it: its funder's, or the council's where it names none; and contingency drawn for it."""
    if context.current is None:
        return []
    funder = Funder(visit.funder) if visit.funder else Funder.COUNCIL
    grants = [g for g in context.current.content.hours.grants if g.funder is funder]
    found = [grant_reference(context.current, g) for g in grants]
    return found + [contingency_reference(context.current)] * _is_contingency(context, visit)


def _is_contingency(context: Context, visit: Visit) -> bool:
    """Whether contingency was drawn for it."""
    kept_aside = context.current is not None and context.current.content.contingency is not None
    draws = context.record.hours.draws
    return kept_aside and any(d.visit_id == visit.id and d.decision is Decision.APPROVED for d in draws)


def _participants(context: Context, visit: Visit) -> list[Json]:
    """Those who came, with their own times; where nobody has yet, those who are to come."""
    came = {r.worker_id: period(r.effective_start, r.effective_end) for r in visit.standing}
    workers: dict[UUID, Json | None] = came or dict.fromkeys(visit.workers)
    told = ((context.practitioner(worker), when) for worker, when in workers.items())
    return [{**({"period": when} if when else {}), "individual": who} for who, when in told if who]
