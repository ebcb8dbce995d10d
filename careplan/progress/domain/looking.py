"""How an outcome is going, voice by voice: the person's, their family's, the team's, and notes from visits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from careplan.kernel.clock import local_date
from careplan.outcomes.domain.barrier import Barrier
from careplan.outcomes.domain.gap import GAP_THAT_RAISES_A_REVIEW, gap_between_voices
from careplan.outcomes.domain.rating import Rating, RatingKind, Voice, standing
from careplan.outcomes.domain.result import Agreed, Verdict, agreed_on
from careplan.plans.domain.content import LEVELS, Outcome, PlanContent

HOPES = {
    -2: "much worse than we hoped",
    -1: "not there yet",
    0: "where we hoped",
    1: "better than we hoped",
    2: "much better than we hoped",
}


class Side(StrEnum):
    """Whose mark it is on the picture: each has a shape of its own."""

    PERSON = "person"
    FAMILY = "family"
    TEAM = "team"
    NOTE = "note"


SIDES = {
    Voice.PERSON: Side.PERSON,
    Voice.REPRESENTATIVE: Side.FAMILY,
    Voice.UNPAID_CARER: Side.FAMILY,
    Voice.PROFESSIONAL: Side.TEAM,
    Voice.WORKER: Side.NOTE,
}
KIND_WORDS = {
    RatingKind.BASELINE: "At the start",
    RatingKind.REVIEW: "For a review",
    RatingKind.NOTE: "In between",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One rating as a dot on the five rungs; `said` are the rater's own words, `kind` what the rating was for."""

    id: UUID
    on: date
    level: int
    side: Side
    who: str
    said: str
    kind: str

    @property
    def by_person(self) -> bool:
        return self.side is Side.PERSON


@dataclass(frozen=True, slots=True)
class Progress:
    """An outcome with its marks, the distance between the voices in rungs, what is in its way, and what is agreed."""

    outcome: Outcome
    marks: tuple[Mark, ...]
    gap: int
    barriers: tuple[Barrier, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    agreed: Agreed | None = None

    @property
    def words(self) -> dict[int, str]:
        """What each level means for this outcome."""
        return {level: said or HOPES[level] for level, said in zip(LEVELS, self.outcome.levels, strict=True)}

    @property
    def own(self) -> int | None:
        """The person's last word."""
        return self._last(Side.PERSON)

    @property
    def team(self) -> int | None:
        """The last word of whoever supports the person for their work."""
        return self._last(Side.TEAM, Side.NOTE)

    @property
    def family(self) -> int | None:
        """The last word of whoever stands for the person or cares for them."""
        return self._last(Side.FAMILY)

    @property
    def apart(self) -> bool:
        """Whether the voices lie so far apart that a review is due."""
        return self.gap >= GAP_THAT_RAISES_A_REVIEW

    @property
    def now(self) -> str:
        """The latest view in two or three words."""
        known = [level for level in (self.own, self.team, self.family) if level is not None]
        if not known:
            return "Not rated yet"
        if self.gap:
            return f"{'One rung' if self.gap == 1 else f'{self.gap} rungs'} apart"
        return HOPES[known[0]].capitalize()

    @property
    def sentence(self) -> str:
        """All views, for the person."""
        return self._said("You say", "Your family says")

    def told_of(self, name: str) -> str:
        """All views, for somebody who reads about the person."""
        return self._said(f"{name} says", "The family says")

    def _said(self, own: str, family: str) -> str:
        views = ((own, self.own), (family, self.family), ("The team says", self.team))
        said = [f"{who}: {HOPES[level]}." for who, level in views if level is not None]
        return " ".join(said) or "Nobody has said yet how this is going."

    def _last(self, *sides: Side) -> int | None:
        return next((m.level for m in reversed(self.marks) if m.side in sides), None)

    def verdict_of(self, *voices: Voice) -> Verdict | None:
        """The last word of a party on whether it is reached."""
        return next((v for v in reversed(self.verdicts) if v.voice in voices), None)


def ended_outcomes(versions: Iterable[tuple[int, PlanContent]], now: PlanContent) -> tuple[Outcome, ...]:
    """Outcomes of earlier versions that counted, given by number, which the plan holds no more, as they last stood."""
    last = {o.id: o for _, content in sorted(versions, key=lambda one: one[0]) for o in content.outcomes}
    held = {o.id for o in now.outcomes}
    return tuple(o for o in last.values() if o.id not in held)


def progress_of(
    content: PlanContent,
    ratings: Iterable[Rating],
    *,
    names: Mapping[UUID, str],
    person: str = "",
    barriers: Iterable[Barrier] = (),
    verdicts: Iterable[Verdict] = (),
) -> list[Progress]:
    """Each outcome of a version with what has been said of it, in the plan's order.

    `names` are those of accounts; what staff wrote down for the person is told under `person`'s own name.
    """
    known, ways, words = standing(ratings), list(barriers), list(verdicts)
    return [
        Progress(
            outcome=outcome,
            marks=tuple(_mark(r, names, person) for r in known if r.outcome_id == outcome.id),
            gap=gap_between_voices([r for r in known if r.outcome_id == outcome.id], outcome_id=outcome.id),
            barriers=tuple(b for b in ways if b.outcome_id == outcome.id and b.gone_at is None),
            verdicts=tuple(v for v in words if v.outcome_id == outcome.id),
            agreed=agreed_on(words, outcome_id=outcome.id),
        )
        for outcome in content.outcomes
    ]


def _mark(rating: Rating, names: Mapping[UUID, str], person: str) -> Mark:
    name = names.get(rating.rater_id, "Somebody")
    told = rating.voice is Voice.PERSON and person and name != person
    return Mark(
        id=rating.id,
        on=local_date(rating.at),
        level=int(rating.level),
        side=SIDES[rating.voice],
        who=f"{person}, as {name} wrote down" if told else name,
        said=rating.words or "",
        kind=KIND_WORDS[rating.kind],
    )
