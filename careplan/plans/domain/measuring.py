"""By what an outcome is measured stays as it is once anybody has rated it: its levels, its weight and where it began.

Else the same dot would mean one thing before the change and another after it.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from careplan.kernel.errors import Conflict, Invalid, Problem
from careplan.plans.domain.content import Outcome, PlanContent

Scale = tuple[tuple[str, ...], int, int]
HOW = (
    "To measure it in another way, take this outcome out and add a new one: it begins afresh, and what was said of the"
    " old one stays in the record."
)
WHAT = {"levels": "its levels stay", "weight": "its weight stays", "baseline": "the level where it began stays"}


class LevelsLocked(Invalid):
    """Somebody has rated the outcome, so its levels, its weight and where it began stay as they are."""

    code = "levels_locked"


class RatedMeanwhile(Conflict):
    """An outcome that a version measures anew was rated after that version was sent round."""

    code = "rated_meanwhile"


def check_save(
    *, counting: Iterable[PlanContent], rated: Iterable[UUID], before: PlanContent, after: PlanContent
) -> None:
    """Raises LevelsLocked where a save changes how a rated outcome is measured.

    `counting` are the versions by which people rate now or will. What a draft held before is let be: a rating may have
    come after it was written, and it is refused when the draft is sent round.
    """
    kept = {o.id: _scale(o) for o in before.outcomes}
    problems = tuple(p for p in _problems(counting, rated, after) if not _is_kept(p.outcome, kept))
    if problems:
        raise LevelsLocked(problems[0].message, problems=tuple(p.problem for p in problems))


def check_sent(*, counting: Iterable[PlanContent], rated: Iterable[UUID], sent: PlanContent) -> None:
    """Raises LevelsLocked where a version to be sent round measures a rated outcome in another way."""
    problems = tuple(_problems(counting, rated, sent))
    if problems:
        raise LevelsLocked(problems[0].message, problems=tuple(p.problem for p in problems))


def check_agreed(*, counting: Iterable[PlanContent], rated: Iterable[UUID], signed: PlanContent) -> None:
    """Raises RatedMeanwhile: whoever is second, a signature or a first rating, finds what the first did."""
    changed = next(_problems(counting, rated, signed), None)
    if changed is not None:
        raise RatedMeanwhile(
            f"“{changed.outcome.words}” has been rated since this version was sent round, so nobody can agree to"
            f" another way of measuring it. Take the version back. {HOW}"
        )


class _Changed:
    """One part of how a rated outcome is measured that differs, with the problem to show."""

    def __init__(self, place: int, part: str, outcome: Outcome) -> None:
        self.outcome = outcome
        self.message = f"“{outcome.words}” has been rated, so {WHAT[part]} as agreed. {HOW}"
        self.problem = Problem(f"outcomes.{place}.{part}", self.message)


def _problems(counting: Iterable[PlanContent], rated: Iterable[UUID], after: PlanContent) -> Iterator[_Changed]:
    measured: dict[UUID, list[Scale]] = {}
    for content in counting:
        for outcome in content.outcomes:
            measured.setdefault(outcome.id, []).append(_scale(outcome))
    locked = measured.keys() & set(rated)
    for place, outcome in enumerate(after.outcomes):
        known = measured[outcome.id] if outcome.id in locked else []
        if known and _scale(outcome) not in known:
            first, now = known[0], _scale(outcome)
            yield from (_Changed(place, p, outcome) for p, was, new in zip(WHAT, first, now, strict=True) if was != new)


def _is_kept(outcome: Outcome, kept: dict[UUID, Scale]) -> bool:
    return kept.get(outcome.id) == _scale(outcome)


def _scale(outcome: Outcome) -> Scale:
    return outcome.levels, outcome.weight, outcome.baseline
