"""Goal attainment of one person: where each rater saw the outcomes at the start, and sees them now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from careplan.outcomes.domain.attainment import Attainment, NothingWeighs, attained
from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.rating import Rater, Rating, Voice, latest_reviews
from careplan.plans.domain.content import PlanContent

HUNDREDTH = Decimal("0.01")
VOICE_WORDS = {
    Voice.PERSON: "The person",
    Voice.REPRESENTATIVE: "Stands for the person",
    Voice.UNPAID_CARER: "Family carer",
    Voice.WORKER: "Care worker",
    Voice.PROFESSIONAL: "Professional",
}


@dataclass(frozen=True, slots=True)
class RaterLine:
    """One rater's figures, over so many outcomes; no figures where what they rated weighs nothing."""

    who: str
    voice: str
    outcomes: int
    figures: Attainment | None


def lines_of(
    content: PlanContent, ratings: Iterable[Rating], *, names: Mapping[UUID, str], person: str
) -> list[RaterLine]:
    """Each rater's figures from their latest review ratings, the person's first."""
    weights = {o.id: o.weight for o in content.outcomes}
    baselines = {o.id: Level(o.baseline) for o in content.outcomes}
    found = []
    for rater, latest in sorted(latest_reviews(ratings).items(), key=lambda one: list(Voice).index(one[0].voice)):
        reviews = {outcome: r.level for outcome, r in latest.items() if outcome in weights}
        if reviews:
            figures = _figures(weights, baselines, reviews)
            found.append(RaterLine(_who(rater, names, person), VOICE_WORDS[rater.voice], len(reviews), figures))
    return found


def overall(lines: Sequence[RaterLine]) -> Attainment | None:
    """All raters together: the mean of their figures, rounded half up to hundredths."""
    known = [line.figures for line in lines if line.figures is not None]
    if not known:
        return None
    return Attainment(_mean([f.baseline for f in known]), _mean([f.achieved for f in known]))


def _figures(
    weights: Mapping[UUID, int], baselines: Mapping[UUID, Level], reviews: Mapping[UUID, Level]
) -> Attainment | None:
    try:
        return attained(weights=weights, baselines=baselines, reviews=reviews)
    except NothingWeighs:
        return None


def _who(rater: Rater, names: Mapping[UUID, str], person: str) -> str:
    return person if rater.account_id is None else names.get(rater.account_id, "Somebody")


def _mean(values: Sequence[Decimal]) -> Decimal:
    return (sum(values, Decimal()) / len(values)).quantize(HUNDREDTH, rounding=ROUND_HALF_UP)
