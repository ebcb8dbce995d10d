"""How an outcome is going, by two voices: the person's and the team's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careplan.kernel.clock import local_date
from careplan.outcomes.domain.rating import GAP_THAT_RAISES_A_REVIEW, Rating, Voice, gap_between_voices, standing
from careplan.plans.domain.content import LEVELS, Outcome, PlanContent

HOPES = {
    -2: "much worse than we hoped",
    -1: "not there yet",
    0: "where we hoped",
    1: "better than we hoped",
    2: "much better than we hoped",
}
OWN_SIDE = (Voice.PERSON, Voice.REPRESENTATIVE)


@dataclass(frozen=True, slots=True)
class Mark:
    """One rating as a dot on the five rungs."""

    on: date
    level: int
    by_person: bool
    who: str


@dataclass(frozen=True, slots=True)
class Progress:
    """An outcome with its marks, the distance between the voices in rungs, and the same in words."""

    outcome: Outcome
    marks: tuple[Mark, ...]
    gap: int
    own: int | None
    team: int | None

    @property
    def words(self) -> dict[int, str]:
        """What each level means for this outcome."""
        return dict(zip(LEVELS, self.outcome.levels, strict=True))

    @property
    def apart(self) -> bool:
        """Whether the voices lie so far apart that a review is due."""
        return self.gap >= GAP_THAT_RAISES_A_REVIEW

    @property
    def now(self) -> str:
        """The latest view in two or three words."""
        if self.own is None and self.team is None:
            return "Not rated yet"
        if self.gap:
            return f"{'One rung' if self.gap == 1 else f'{self.gap} rungs'} apart"
        level = self.own if self.own is not None else self.team
        return HOPES[level or 0].capitalize()

    @property
    def sentence(self) -> str:
        """Both views, for the person."""
        said = [f"You say: {HOPES[self.own]}."] if self.own is not None else []
        said += [f"The team says: {HOPES[self.team]}."] if self.team is not None else []
        return " ".join(said) or "Nobody has said yet how this is going."


def progress_of(content: PlanContent, ratings: Iterable[Rating], *, names: Mapping[UUID, str]) -> list[Progress]:
    """Each outcome of a version with what has been said of it, in the plan's order."""
    known = standing(ratings)
    return [_of(outcome, [r for r in known if r.outcome_id == outcome.id], names) for outcome in content.outcomes]


def _of(outcome: Outcome, ratings: list[Rating], names: Mapping[UUID, str]) -> Progress:
    marks = tuple(
        Mark(local_date(r.at), int(r.level), r.voice in OWN_SIDE, names.get(r.rater_id, "Somebody")) for r in ratings
    )
    return Progress(
        outcome=outcome,
        marks=marks,
        gap=gap_between_voices(ratings, outcome_id=outcome.id),
        own=next((m.level for m in reversed(marks) if m.by_person), None),
        team=next((m.level for m in reversed(marks) if not m.by_person), None),
    )
