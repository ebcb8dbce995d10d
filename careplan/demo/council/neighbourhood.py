"""Community organisations that were asked in the demo: one comes, one has a waiting list, one said no."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.community import service
from careplan.community.domain.referral import Event
from careplan.demo.council.cast import Cast
from careplan.kernel.clock import local_date
from careplan.kernel.ids import new_id
from careplan.plans import queries as plans
from careplan.plans.domain.content import DoneBy

Ago = Callable[..., datetime]
# By a neighbour's key: whom we asked where we know them, how the person said yes, and what they answered.
ASKED: dict[str, tuple[str | None, str, Event, str]] = {
    "doreen": ("choir", "Tell them I still know all the descants.", Event.WAITING, "A seat comes free in May."),
    "george": (None, "Tell Bernard it is me.", Event.DECLINED, "They cannot keep a chair on a Friday."),
}


def ask_the_visiting_circle(person_id: UUID, *, cast: Cast, ago: Ago, now: datetime) -> None:
    """Margaret said yes; they came twice, and the coordinator heard of the second time."""
    worker, coordinator = cast["social-worker"], cast["provider-coordinator"]
    asked = _ask(person_id, cast.houses["circle"], "As long as they like seed cake.", actor=worker, at=ago(28), now=now)
    for event, days, actor, words in (
        (Event.ACCEPTED, 25, worker, "Mrs Hollis will come."),
        (Event.STARTED, 19, worker, ""),
        (Event.ATTENDED, 5, coordinator, "They stayed until six and washed up."),
    ):
        _happened(person_id, asked, event, actor=actor, at=ago(days), words=words)


def ask_in_the_neighbourhood(
    key: str, person_id: UUID, *, cast: Cast, worker: Actor, ago: Ago, now: datetime
) -> None:
    """One neighbour's referral and its answer."""
    house, yes, answer, words = ASKED[key]
    asked = _ask(person_id, cast.houses[house] if house else None, yes, actor=worker, at=ago(14), now=now)
    _happened(person_id, asked, answer, actor=worker, at=ago(9), words=words)


def _ask(person_id: UUID, organisation_id: UUID | None, yes: str, *, actor: Actor, at: datetime, now: datetime) -> UUID:
    version = plans.find_in_force(person_id=person_id, at=now)
    actions = version.content.actions if version else ()
    action = next(a for a in actions if a.by is DoneBy.COMMUNITY)
    referral = service.refer(
        referral_id=new_id(),
        person_id=person_id,
        action_id=action.id,
        organisation_id=organisation_id,
        organisation=action.who,
        yes_words=yes,
        made_on=local_date(at),
        actor=actor,
        now=at,
    )
    return referral.id


def _happened(person_id: UUID, referral_id: UUID, event: Event, *, actor: Actor, at: datetime, words: str) -> None:
    service.record_step(
        person_id=person_id, referral_id=referral_id, event=event, on=local_date(at), words=words, actor=actor, now=at
    )
