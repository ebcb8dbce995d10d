"""An assessment from its first word to its end, and what must be there before it is finished."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.assessments.domain.advocacy import AdvocacyFinding
from careplan.assessments.domain.content import Answer, AssessmentContent, Part
from careplan.assessments.domain.eligibility import Eligibility, Result, eligibility_in
from careplan.assessments.domain.outcome import OUTCOME_WORDS
from careplan.kernel.errors import Conflict, DomainError, Problem
from careplan.people.domain.retraction import Retraction

ADVOCACY = "advocacy"


@dataclass(frozen=True, slots=True)
class Assessment:
    """One assessment. Finished it stays as it is; a correction is another one, which names it and says why.

    A draft can be given up: then it is kept as far as it had come, with who gave it up, when and why.
    """

    id: UUID
    person_id: UUID
    content: AssessmentContent
    started_at: datetime
    started_by: UUID
    saved_at: datetime
    saved_by: UUID
    finished_at: datetime | None = None
    finished_by: UUID | None = None
    corrects: UUID | None = None
    corrects_because: str | None = None
    given_up: Retraction | None = None

    @property
    def eligibility(self) -> Eligibility:
        return eligibility_in(self.content)


class NotWhole(DomainError):
    """The assessment lacks something that it needs before it can be finished."""

    code = "assessment_not_whole"


class CarersTooSoon(Conflict):
    """What carers do is asked only when the three limbs are known: they are judged as if nobody helped."""

    code = "carers_too_soon"


class LimbsClosed(Conflict):
    """It is written what carers do, so the limbs are closed: they are judged as if nobody helped."""

    code = "limbs_closed"


LIMBS = frozenset({Part.NEEDS, Part.IMPACT})


def missing_from(
    content: AssessmentContent, *, advocacy: AdvocacyFinding | None, today: date
) -> tuple[tuple[str, str], ...]:
    """What must still be said before the assessment is finished: (page, what), in the order of the pages."""
    return (
        *((Part.HOW.value, words) for words in _how(content, today)),
        *((Part.NEEDS.value, words) for words in _needs(content)),
        *((Part.IMPACT.value, words) for words in _impact(content)),
        *((Part.CARERS.value, words) for words in _carers(content)),
        *((Part.OTHER.value, words) for words in _other(content)),
        *((ADVOCACY, words) for words in _advocacy(advocacy)),
    )


def check_whole(content: AssessmentContent, *, advocacy: AdvocacyFinding | None, today: date) -> None:
    """Raises NotWhole, naming every missing piece and its page."""
    problems = tuple(Problem(place, words) for place, words in missing_from(content, advocacy=advocacy, today=today))
    if problems:
        raise NotWhole("Some things are missing before the assessment can be finished.", problems=problems)


def check_carers_in_turn(content: AssessmentContent) -> None:
    """Raises CarersTooSoon while the three limbs are not known."""
    if content.carers.has_carer is not Answer.NOT_ASKED and not content.carers.taken_back:
        return
    if eligibility_in(content).result is Result.NOT_KNOWN:
        raise CarersTooSoon("First answer the pages on needs and on wellbeing, as if nobody helped.")


def check_limbs_open(content: AssessmentContent, part: Part) -> None:
    """Raises LimbsClosed for a limb while it is written what carers do."""
    if part in LIMBS and content.carers.is_written:
        raise LimbsClosed("What carers do is written down. Take that back first: needs are judged as if nobody helped.")


def _how(content: AssessmentContent, today: date) -> Iterator[str]:
    how = content.how
    if how.assessed_on is None or how.assessed_on > today:
        yield "The day on which you assessed."
    if how.method is None:
        yield "How it was done."
    if not how.own_words.strip():
        yield "What matters to the person, in their own words."


def _needs(content: AssessmentContent) -> Iterator[str]:
    needs = content.needs
    if needs.impairment is Answer.NOT_ASKED:
        yield "Whether the needs come from an impairment or illness."
    if needs.impairment is Answer.YES and not needs.impairment_words.strip():
        yield "Which impairment or illness."
    if _too_few_asked(content):
        yield "More of the ten outcomes: too few were asked to tell."
    for found in needs.not_achievable:
        name = OUTCOME_WORDS[found.outcome]
        if not found.meanings:
            yield f"{name}: in which way it cannot be achieved."
        if not found.words.strip():
            yield f"{name}: what you found, in words."


def _too_few_asked(content: AssessmentContent) -> bool:
    """Whether too few of the ten outcomes were asked about."""
    return eligibility_in(content).outcomes is None


def _impact(content: AssessmentContent) -> Iterator[str]:
    impact = content.impact
    if impact.significant is Answer.NOT_ASKED:
        yield "Whether there is a significant impact on wellbeing."
    if impact.significant is Answer.YES and not (impact.areas and impact.words.strip()):
        yield "Which areas of wellbeing, and how."


def _carers(content: AssessmentContent) -> Iterator[str]:
    carers = content.carers
    if carers.taken_back:
        yield "What family and friends do: read it again, and save it."
    if carers.has_carer is Answer.NOT_ASKED:
        yield "Whether family or friends help."
    if carers.has_carer is not Answer.YES:
        return
    if not carers.who.strip():
        yield "Who helps."
    for found in content.needs.not_achievable:
        part, name = carers.part_of(found.outcome), OUTCOME_WORDS[found.outcome]
        if part.willing_and_able is Answer.NOT_ASKED:
            yield f"{name}: whether they are willing and able to help."
        if part.willing_and_able is Answer.YES and not part.if_they_stop.strip():
            yield f"{name}: what happens if they stop."


def _other(content: AssessmentContent) -> Iterator[str]:
    for answer, words, name in (
        (content.other.discretionary, content.other.discretionary_words, "Needs that the council may choose to meet"),
        (content.other.preventive, content.other.preventive_words, "What would prevent, reduce or delay needs"),
    ):
        if answer is Answer.NOT_ASKED:
            yield f"{name}: whether there is any."
        if answer is Answer.YES and not words.strip():
            yield f"{name}: in words."


def _advocacy(finding: AdvocacyFinding | None) -> Iterator[str]:
    if finding is None or not finding.is_met:
        yield missing_advocate(finding)


def missing_advocate(finding: AdvocacyFinding | None) -> str:
    """What the duty still wants, in words."""
    if finding is None or finding.circumstances.difficulty is Answer.NOT_ASKED:
        return "Whether they need help to take part."
    return "An independent advocate, by name: one is due."
