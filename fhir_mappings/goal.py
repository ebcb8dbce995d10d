"""Outcomes as Goal: the person's own words, the five levels, and whom it serves.

Whether a goal is achieved is agreed by person and professional at a review; it is never told from ratings.
"""

from collections.abc import Iterator

from careplan.outcomes.domain.level import Level
from careplan.plans.domain.content import Outcome
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.state import VersionState
from fhir_mappings.building import TERMINOLOGY, Json, coding, concept, day, identifier, known, local_day, resource
from fhir_mappings.codes import AIMS, CARE_ACT, GOAL_ATTAINMENT, LEVELS, WELLBEING
from fhir_mappings.context import Context, item_id

SCALING = "http://hl7.org/fhir/us/pco/StructureDefinition/pco-goal-attainment-scaling"
IN_PROGRESS = coding(f"{TERMINOLOGY}/goal-achievement", "in-progress", "In Progress")
LIFECYCLE = {VersionState.IN_FORCE: "active", VersionState.ENDED: "completed", VersionState.SUPERSEDED: "cancelled"}


def resources(context: Context) -> Iterator[Json]:
    """Each outcome that is or was in force; one that the current version no longer holds is cancelled."""
    for version, outcome in context.outcomes.values():
        yield resource(
            "Goal",
            item_id(version, outcome.id),
            profiled=False,
            extension=list(_scaling(outcome)),
            identifier=[identifier("outcome", outcome.id)],
            lifecycleStatus=LIFECYCLE[version.state],
            achievementStatus=concept(IN_PROGRESS) if version.state is VersionState.IN_FORCE else None,
            category=[concept(c) for c in _categories(outcome)],
            description=concept(text=outcome.words),
            subject=context.patient(),
            startDate=_start(version),
            target=[_target(outcome)],
            expressedBy=context.patient(),
            addresses=[c for c in (context.condition(outcome.need),) if c],
        )


def _scaling(outcome: Outcome) -> Iterator[Json]:
    """The described levels from much better to much worse; one without words is left out."""
    for level in sorted(Level, reverse=True):
        words = outcome.level_words(level).strip()
        if words:
            told = [{"url": "level", "valueCoding": LEVELS[level]}, {"url": "progressText", "valueString": words}]
            yield {"extension": told, "url": SCALING}


def _categories(outcome: Outcome) -> Iterator[Json]:
    yield AIMS[outcome.aim]
    yield from (CARE_ACT[c] for c in outcome.care_act)
    yield from (WELLBEING[w] for w in outcome.wellbeing)


def _target(outcome: Outcome) -> Json:
    return known(
        measure=concept(GOAL_ATTAINMENT),
        detailCodeableConcept=concept(LEVELS[Level.HOPED_FOR]),
        dueDate=day(outcome.target_date),
    )


def _start(version: PlanVersion) -> str | None:
    return local_day(version.in_force_from) if version.in_force_from else None
