"""Ratings of outcomes, readings, and what stands in the hour bank, as Observation."""

from collections.abc import Iterator

from careplan.delegation.domain.delegation import Delegation
from careplan.delegation.domain.occasion import Occasion, Reading
from careplan.hours.domain.view import BankView
from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.rating import Rating, RatingKind, standing
from careplan.plans.domain.content import Outcome
from careplan.plans.domain.plan import PlanVersion
from fhir_mappings.building import (
    TERMINOLOGY,
    UCUM,
    Json,
    coding,
    concept,
    derived_id,
    hours,
    identifier,
    known,
    moment,
    notes,
    own_coding,
    resource,
)
from fhir_mappings.codes import BANK_STATUSES, BASELINE, LEVELS, RATING_KINDS, VOICES
from fhir_mappings.context import Context
from fhir_mappings.encounter import visit_reference
from fhir_mappings.procedure import procedure_reference
from fhir_mappings.service_request import delegation_reference

SURVEY = coding(f"{TERMINOLOGY}/observation-category", "survey", "Survey")
EXAM = coding(f"{TERMINOLOGY}/observation-category", "exam", "Exam")
STATEMENT = own_coding("observation-code", "hour-bank-statement", "Statement of the hour bank")
STATEMENT_CATEGORY = own_coding("observation-category", "hours", "Hours of support")
NORMAL = coding(f"{TERMINOLOGY}/v3-ObservationInterpretation", "N", "Normal")
ABNORMAL = coding(f"{TERMINOLOGY}/v3-ObservationInterpretation", "A", "Abnormal")
# Units as people write them, in UCUM. A unit that is not here leaves in words alone.
UNITS = {
    "mmol/l": "mmol/L", "mmhg": "mm[Hg]", "%": "%", "kg": "kg", "g": "g", "ml": "mL", "l": "L", "°c": "Cel",
    "c": "Cel", "bpm": "/min", "/min": "/min", "units": "[iU]", "cm": "cm", "mm": "mm",
}  # fmt: skip


def resources(context: Context) -> Iterator[Json]:
    """Where outcomes began, ratings by all voices, readings of delegated activities, a statement for each period."""
    for version, outcome in context.outcomes.values():
        yield _baseline(context, version, outcome)
    holding = {r.id for r in standing(context.record.outcomes.ratings)}
    for rating in context.record.outcomes.ratings:
        yield _rating(context, rating, holds=rating.id in holding)
    delegations = {d.id: d for d in context.record.delegation.delegations}
    replaced = {o.corrects for o in context.record.delegation.occasions if o.corrects}
    for occasion in context.record.delegation.occasions:
        status = "entered-in-error" if occasion.id in replaced else "final"
        for position, reading in enumerate(occasion.readings):
            yield _reading(context, occasion, reading, position, delegations.get(occasion.delegation_id), status)
    for view in context.record.hours.periods:
        yield _statement(context, view)


def _rating(context: Context, rating: Rating, *, holds: bool) -> Json:
    """One voice's view. What its rater took back stays, and says that it was in error."""
    status = "corrected" if rating.corrects else "final"
    goal = context.goal(rating.outcome_id)
    return resource(
        "Observation",
        rating.id,
        identifier=[identifier("rating", rating.id)],
        status=status if holds else "entered-in-error",
        category=[concept(SURVEY), concept(RATING_KINDS[rating.kind])],
        code=concept(BASELINE if rating.kind is RatingKind.BASELINE else VOICES[rating.voice]),
        subject=context.patient(),
        focus=[goal] if goal else None,
        encounter=_visit(context, rating.visit_id),
        effectiveDateTime=moment(rating.at),
        issued=moment(rating.received_at),
        performer=[p for p in (context.rater(rating.voice, rating.rater_id),) if p],
        valueCodeableConcept=concept(LEVELS[rating.level]),
        note=notes(rating.words),
    )


def _baseline(context: Context, version: PlanVersion, outcome: Outcome) -> Json:
    """Where the plan says that an outcome began."""
    goal = context.goal(outcome.id)
    return resource(
        "Observation",
        derived_id(outcome.id, "baseline"),
        identifier=[identifier("baseline", outcome.id)],
        status="final",
        category=[concept(SURVEY), concept(RATING_KINDS[RatingKind.BASELINE])],
        code=concept(BASELINE),
        subject=context.patient(),
        focus=[goal] if goal else None,
        effectiveDateTime=moment(version.in_force_from),
        issued=moment(version.in_force_from),
        valueCodeableConcept=concept(LEVELS[Level(outcome.baseline)]),
    )


def _reading(
    context: Context, occasion: Occasion, reading: Reading, position: int, delegation: Delegation | None, status: str
) -> Json:
    worker = context.practitioner(occasion.worker_id)
    return resource(
        "Observation",
        derived_id(occasion.id, f"reading-{position}"),
        identifier=[identifier("reading", f"{occasion.id}/{position}")],
        basedOn=[delegation_reference(delegation)] if delegation else None,
        partOf=[procedure_reference(occasion, delegation)],
        status=status,
        category=[concept(EXAM)],
        code=concept(text=reading.name),
        subject=context.patient(),
        encounter=_visit(context, occasion.visit_id),
        effectiveDateTime=moment(occasion.effective_at),
        issued=moment(occasion.received_at),
        performer=[worker] if worker else None,
        valueQuantity=_quantity(reading),
        interpretation=None if reading.in_range is None else [concept(NORMAL if reading.in_range else ABNORMAL)],
        referenceRange=_normal(occasion, reading, delegation),
    )


def _quantity(reading: Reading) -> Json:
    """The value with the digits that were typed."""
    code = UNITS.get(reading.unit.strip().lower())
    return known(value=reading.value, unit=reading.unit, system=UCUM if code else None, code=code)


def _normal(occasion: Occasion, reading: Reading, delegation: Delegation | None) -> list[Json]:
    """The range that the instruction followed gives in the same unit."""
    instruction = delegation.instruction(occasion.instruction_version) if delegation else None
    found = instruction.range_of(reading.name) if instruction else None
    if found is None or found.unit != reading.unit:
        return []
    ends = {"low": found.low, "high": found.high}
    told = {k: known(value=v, unit=found.unit) for k, v in ends.items() if v is not None}
    return [told] if told else []


def _statement(context: Context, view: BankView) -> Json:
    """What a period of 28 days granted, and what became of it."""
    parts = (
        ("granted", "Granted", view.granted),
        ("planned", "Planned and not yet given", view.planned),
        ("used", "Given", view.delivered),
        ("carried", "Carried in", view.carried_in),
        ("left", "Left", view.left),
        ("unfunded", "Given without funding", view.unfunded),
    )
    plan, council = context.care_plan(context.current), context.council()
    return resource(
        "Observation",
        derived_id(view.plan_id, f"bank-{view.period.number}"),
        identifier=[identifier("bank-statement", f"{view.plan_id}/{view.period.number}")],
        basedOn=[plan] if plan else None,
        status="amended" if (view.statement or 1) > 1 else BANK_STATUSES[view.state],
        category=[concept(STATEMENT_CATEGORY)],
        code=concept(STATEMENT),
        subject=context.patient(),
        effectivePeriod={"start": view.period.starts_on.isoformat(), "end": view.period.ends_on.isoformat()},
        performer=[council] if council else None,
        component=[
            {"code": concept(own_coding("hour-bank-component", code, words)), "valueQuantity": hours(minutes)}
            for code, words, minutes in parts
        ],
    )


def _visit(context: Context, visit_id: object) -> Json | None:
    found = (v for v in context.record.visits.visits if v.id == visit_id)
    return next(map(visit_reference, found), None)
