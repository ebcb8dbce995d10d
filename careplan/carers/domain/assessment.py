"""A carer's assessment, and what must be there before it is finished."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from careplan.assessments.domain.assessment import NotWhole
from careplan.assessments.domain.content import Answer, How, Impact
from careplan.assessments.domain.outcome import Achievable, Meaning
from careplan.assessments.domain.storing import how_from_json, impact_from_json
from careplan.carers.domain.eligibility import Eligibility, Found, eligibility_of
from careplan.carers.domain.outcome import CARER_OUTCOME_WORDS, CarerOutcome
from careplan.kernel.errors import Problem

NOTHING_ASKED = tuple(Found(outcome) for outcome in CarerOutcome)


@dataclass(frozen=True, slots=True)
class CarerAssessmentContent:
    """What was found; a draft may lack anything, and what was not asked is kept apart from no."""

    how: How = field(default_factory=How)
    necessary: Answer = Answer.NOT_ASKED
    necessary_words: str = ""
    health: Answer = Answer.NOT_ASKED
    health_words: str = ""
    outcomes: tuple[Found, ...] = NOTHING_ASKED
    impact: Impact = field(default_factory=Impact)

    @property
    def eligibility(self) -> Eligibility:
        return eligibility_of(
            necessary=self.necessary,
            health=self.health,
            outcomes=self.outcomes,
            significant_impact=self.impact.significant,
        )

    @property
    def unable(self) -> tuple[Found, ...]:
        return tuple(f for f in self.outcomes if f.able is Achievable.NO)


@dataclass(frozen=True, slots=True)
class CarerAssessment:
    """One assessment of one carer; finished it stays as it is, and the next one is written beside it."""

    id: UUID
    carer_id: UUID
    content: CarerAssessmentContent
    started_at: datetime
    started_by: UUID
    saved_at: datetime
    saved_by: UUID
    finished_at: datetime | None = None
    finished_by: UUID | None = None


def missing_from(content: CarerAssessmentContent, *, today: date) -> tuple[tuple[str, str], ...]:
    """What must still be said: (field, what), in the order of the page."""
    return (*_how(content.how, today), *_necessary(content), *_effect(content), *_impact(content.impact))


def check_whole(content: CarerAssessmentContent, *, today: date) -> None:
    """Raises NotWhole, naming every missing piece."""
    problems = tuple(Problem(place, words) for place, words in missing_from(content, today=today))
    if problems:
        raise NotWhole("Some things are missing before the assessment can be finished.", problems=problems)


def content_from_json(stored: Mapping[str, Any]) -> CarerAssessmentContent:
    """What `as_json` wrote."""
    known = {
        CarerOutcome(f["outcome"]): Found(
            CarerOutcome(f["outcome"]), Achievable(f["able"]), tuple(Meaning(m) for m in f["meanings"]), f["words"]
        )
        for f in stored["outcomes"]
    }
    return CarerAssessmentContent(
        how=how_from_json(stored["how"]),
        necessary=Answer(stored["necessary"]),
        necessary_words=stored["necessary_words"],
        health=Answer(stored["health"]),
        health_words=stored["health_words"],
        outcomes=tuple(known.get(o, Found(o)) for o in CarerOutcome),
        impact=impact_from_json(stored["impact"]),
    )


def _how(how: How, today: date) -> Iterator[tuple[str, str]]:
    if how.assessed_on is None or how.assessed_on > today:
        yield "assessed_on", "The day on which you assessed."
    if how.method is None:
        yield "method", "How it was done."
    if not how.own_words.strip():
        yield "own_words", "What matters to the carer, in their own words."


def _necessary(content: CarerAssessmentContent) -> Iterator[tuple[str, str]]:
    if content.necessary is Answer.NOT_ASKED:
        yield "necessary", "Whether the care that they give is necessary."
    if content.necessary is Answer.YES and not content.necessary_words.strip():
        yield "necessary_words", "Which necessary care they give."


def _effect(content: CarerAssessmentContent) -> Iterator[tuple[str, str]]:
    if content.eligibility.effect is None:
        yield "health", "Whether their health is at risk, and more of the eight outcomes: too little was asked to tell."
    if content.health is Answer.YES and not content.health_words.strip():
        yield "health_words", "How their health is or may be getting worse."
    for found in content.unable:
        name = CARER_OUTCOME_WORDS[found.outcome]
        if not found.meanings:
            yield f"{found.outcome.value}_meanings", f"{name}: in which way they are unable."
        if not found.words.strip():
            yield f"{found.outcome.value}_words", f"{name}: what you found, in words."


def _impact(impact: Impact) -> Iterator[tuple[str, str]]:
    if impact.significant is Answer.NOT_ASKED:
        yield "significant", "Whether there is a significant impact on their wellbeing."
    if impact.significant is Answer.YES and not (impact.areas and impact.words.strip()):
        yield "areas", "Which areas of wellbeing, and how."
