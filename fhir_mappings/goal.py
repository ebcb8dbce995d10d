"""Outcomes as Goal: the person's own words, the five levels, whom it serves, and what is in the way.

Whether a goal is achieved is agreed by person and professional; it is never told from ratings, nor from the plan's end.
"""

from collections.abc import Iterator

from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.result import Result, agreed_on
from careplan.plans.domain.content import Outcome
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.state import VersionState
from fhir_mappings.building import (
    TERMINOLOGY,
    Json,
    coding,
    concept,
    day,
    identifier,
    known,
    local_day,
    moment,
    resource,
)
from fhir_mappings.codes import AIMS, CARE_ACT, GOAL_ATTAINMENT, LEVELS, WELLBEING
from fhir_mappings.context import Context, item_id

SCALING = "http://hl7.org/fhir/us/pco/StructureDefinition/pco-goal-attainment-scaling"
_ACHIEVEMENT = f"{TERMINOLOGY}/goal-achievement"
IN_PROGRESS = coding(_ACHIEVEMENT, "in-progress", "In Progress")
ACHIEVEMENT = {
    Result.ACHIEVED: coding(_ACHIEVEMENT, "achieved", "Achieved"),
    Result.MAINTAINED: coding(_ACHIEVEMENT, "sustaining", "Sustaining"),
    Result.NOT_YET: IN_PROGRESS,
}
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
            achievementStatus=_achievement(context, version, outcome),
            category=[concept(c) for c in _categories(outcome)],
            description=concept(text=outcome.words),
            subject=context.patient(),
            startDate=_start(version),
            target=[_target(outcome)],
            expressedBy=context.patient(),
            addresses=[c for c in (context.condition(outcome.need),) if c],
            note=list(_in_the_way(context, outcome)),
        )


def _achievement(context: Context, version: PlanVersion, outcome: Outcome) -> Json | None:
    """What was agreed; without that, that a goal of the plan in force is being worked on."""
    agreed = agreed_on(context.record.outcomes.verdicts, outcome_id=outcome.id)
    if agreed is not None:
        return concept(ACHIEVEMENT[agreed.result])
    return concept(IN_PROGRESS) if version.state is VersionState.IN_FORCE else None


def _in_the_way(context: Context, outcome: Outcome) -> Iterator[Json]:
    """What gets in the way now, as far as it may leave: who said so, when, in their words."""
    for barrier in context.record.outcomes.barriers:
        if barrier.outcome_id == outcome.id and barrier.gone_at is None and barrier.may_leave:
            author = context.rater(barrier.voice, barrier.said_by)
            yield known(authorReference=author, time=moment(barrier.said_at), text=f"In the way: {barrier.told}")


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
