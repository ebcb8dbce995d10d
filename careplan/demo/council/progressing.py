"""How outcomes go, as the people of the demo and those around them say: levels, words, barriers, results."""

from collections.abc import Callable
from datetime import datetime, time
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.demo.council.cast import Cast
from careplan.kernel.ids import new_id
from careplan.outcomes import service
from careplan.outcomes.domain.barrier import BarrierKind
from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.rating import RatingKind, Voice
from careplan.outcomes.domain.result import Result
from careplan.plans import queries as plans

Ago = Callable[..., datetime]
BASELINE, REVIEW, NOTE = RatingKind.BASELINE, RatingKind.REVIEW, RatingKind.NOTE

# What neighbours told their social worker at the first look back: the person's level, their words, the worker's level.
TOLD = (
    (0, "It is what I asked for, near enough.", 0),
    (1, "Better than I dared to think.", 0),
    (-1, "No different yet, but they are kind.", 0),
    (0, "I am getting there. Do not rush me.", 1),
    (1, "I did it by myself on Sunday.", 1),
    (-1, "Some days yes, some days no.", -1),
    (2, "I had forgotten what it was like to manage.", 1),
)


def rate_with_margaret(person_id: UUID, plan_id: UUID, *, cast: Cast, ago: Ago, now: datetime) -> None:
    """Margaret, her daughter, her sister and the team; on breathing she and the team lie far apart."""
    walk, tea, breathe, meals, wash = _outcomes(plan_id, now)
    said = (
        (43, "citizen", BASELINE, {walk: -1, tea: -1, breathe: -1, meals: -1, wash: 0}),
        (42, "social-worker", BASELINE, {walk: -1, tea: -1, breathe: -1, meals: -1, wash: 0}),
        (21, "citizen", REVIEW, {walk: 0, tea: 0, breathe: -2, meals: 0}),
        (20, "representative", REVIEW, {tea: 0, meals: 1}),
        (12, "unpaid-carer", NOTE, {tea: 1, walk: 0}),
        (6, "occupational-therapist", REVIEW, {walk: 0, wash: 0}),
        (4, "citizen", REVIEW, {walk: 1, tea: 0, breathe: -2, meals: 0, wash: 0}),
        (3, "social-worker", REVIEW, {walk: 0, tea: 0, breathe: 0, meals: 0}),
    )
    for days, slug, kind, levels in said:
        for outcome_id, level in levels.items():
            _say(person_id, outcome_id, level, kind=kind, actor=cast[slug], now=ago(days, time(14)))
    slip = _say(person_id, meals, -2, kind=REVIEW, actor=cast["representative"], now=ago(19, time(9)))
    service.take_back(rating_id=slip, actor=cast["representative"], now=ago(19, time(9, 1)))
    _tell_what_is_in_the_way(person_id, walk, breathe, cast=cast, ago=ago)
    _say_what_is_reached(person_id, tea, wash, cast=cast, ago=ago)


def rate_with_a_neighbour(
    person_id: UUID, plan_id: UUID, *, first: int, worker: Actor, ago: Ago, now: datetime
) -> None:
    """At a first look back the social worker wrote down what the person said, and what they saw themselves.

    `first` says where in what is told a neighbour begins, so that each says something else.
    """
    outcomes = _outcomes(plan_id, now)
    for turn, outcome_id in enumerate(outcomes, start=first):
        own, words, seen = TOLD[turn % len(TOLD)]
        _say(
            person_id, outcome_id, own, kind=REVIEW, actor=worker, now=ago(5, time(11)), words=words, voice=Voice.PERSON
        )
        _say(person_id, outcome_id, seen, kind=REVIEW, actor=worker, now=ago(5, time(11, 20)))


def _tell_what_is_in_the_way(person_id: UUID, walk: UUID, breathe: UUID, *, cast: Cast, ago: Ago) -> None:
    for outcome_id, slug, kinds, words, days in (
        (breathe, "citizen", (BarrierKind.BREATH, BarrierKind.AFRAID), "It is worst when the nights are damp.", 4),
        (walk, "occupational-therapist", (BarrierKind.EQUIPMENT,), "The second rail is not fitted yet.", 6),
        (walk, "unpaid-carer", (), "She will not ask anybody to go with her.", 12),
    ):
        service.say_barriers(
            person_id=person_id, outcome_id=outcome_id, kinds=kinds, words=words, actor=cast[slug], now=ago(days),
        )  # fmt: skip


def _say_what_is_reached(person_id: UUID, tea: UUID, wash: UUID, *, cast: Cast, ago: Ago) -> None:
    """Washing is kept as it was, as both say; that tea has come about waits for Margaret to say so too."""
    for outcome_id, slug, result, words, days in (
        (wash, "social-worker", Result.MAINTAINED, "She washes as she did when the plan began.", 3),
        (wash, "citizen", Result.MAINTAINED, "", 2),
        (tea, "social-worker", Result.ACHIEVED, "Jean has come three times now.", 3),
    ):
        service.give_verdict(
            person_id=person_id, outcome_id=outcome_id, result=result, words=words, actor=cast[slug], now=ago(days),
        )  # fmt: skip


def _say(
    person_id: UUID,
    outcome_id: UUID,
    level: int,
    *,
    kind: RatingKind,
    actor: Actor,
    now: datetime,
    words: str = "",
    voice: Voice | None = None,
) -> UUID:
    rating = service.rate(
        rating_id=new_id(),
        person_id=person_id,
        outcome_id=outcome_id,
        kind=kind,
        level=Level(level),
        words=words,
        voice=voice,
        actor=actor,
        now=now,
    )
    return rating.id


def _outcomes(plan_id: UUID, now: datetime) -> list[UUID]:
    version = plans.find_in_force(plan_id=plan_id, at=now)
    return [o.id for o in version.content.outcomes] if version else []
