"""Referrals as frozen values, and what of a plan the community and the family do."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from careplan.carers import queries as carers
from careplan.community.domain.referral import Event, Referral, Step
from careplan.community.models import CommunityReferralRow, CommunityStepRow
from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.people import queries as people
from careplan.people.domain.person import Person
from careplan.plans import queries as plans
from careplan.plans.domain.content import Action, DoneBy


@dataclass(frozen=True, slots=True)
class Done:
    """An action of the plan that counts, the outcome that it serves, and the referrals that were made for it."""

    action: Action
    outcome: str
    referrals: tuple[Referral, ...]

    @property
    def is_open(self) -> bool:
        """Whether a referral for it goes on."""
        return any(not r.is_over for r in self.referrals)


@dataclass(frozen=True, slots=True)
class Rest:
    """A break that a carer's own agreed plan gives them, as far as they let this reader see."""

    carer_id: UUID
    name: str
    what: str
    how_often: str
    who: str


@dataclass(frozen=True, slots=True)
class Around:
    """What the community and the family do by the plan that counts.

    `earlier` are referrals for actions that the plan no longer holds.
    """

    person: Person
    community: Sequence[Done]
    family: Sequence[Done]
    earlier: Sequence[Referral]
    breaks: Sequence[Rest]


def get_around(*, person_id: UUID, now: datetime) -> Around:
    """What the community and the family do for a person.  Raises NotFound."""
    version = plans.find_in_force(person_id=person_id, at=now)
    content = version.content if version else None
    wanted = {o.id: o.words for o in content.outcomes} if content else {}
    by_action: dict[UUID, list[Referral]] = defaultdict(list)
    for referral in list_referrals(person_id=person_id):
        by_action[referral.action_id].append(referral)
    actions = content.actions if content else ()

    def done(by: DoneBy) -> list[Done]:
        return [
            Done(a, wanted.get(a.outcome, "") if a.outcome else "", tuple(by_action.get(a.id, ())))
            for a in actions
            if a.by is by
        ]

    held = {a.id for a in actions}
    return Around(
        person=people.get_person(person_id=person_id),
        community=done(DoneBy.COMMUNITY),
        family=done(DoneBy.UNPAID_CARER),
        earlier=[r for action, found in by_action.items() if action not in held for r in found],
        breaks=_breaks(person_id),
    )


def find_action(*, person_id: UUID, action_id: UUID, now: datetime) -> Action:
    """An action of the plan that counts which a community organisation does.  Raises NotFound."""
    version = plans.find_in_force(person_id=person_id, at=now)
    found = [a for a in version.content.actions if a.id == action_id] if version else []
    if not found or found[0].by is not DoneBy.COMMUNITY:
        raise NotFound("No such action of a community organisation is in the plan that counts.")
    return found[0]


def list_referrals(*, person_id: UUID) -> list[Referral]:
    """Every referral of a person, the latest made first."""
    r, s = CommunityReferralRow, CommunityStepRow
    steps: dict[UUID, list[Step]] = defaultdict(list)
    for row in db.session.scalars(select(s).where(s.person_id == person_id).order_by(s.on, s.at, s.id)):
        steps[row.referral_id].append(
            Step(row.id, Event(row.event), row.on, row.words, row.recorded_by_name, row.at)
        )
    found = db.session.scalars(select(r).where(r.person_id == person_id).order_by(r.made_on.desc(), r.id.desc()))
    return [_referral(row, tuple(steps[row.id])) for row in found]


def find_referral(*, person_id: UUID, referral_id: UUID) -> Referral | None:
    """One of a person's referrals."""
    return next((r for r in list_referrals(person_id=person_id) if r.id == referral_id), None)


def get_referral(*, person_id: UUID, referral_id: UUID) -> Referral:
    """One of a person's referrals.  Raises NotFound."""
    found = find_referral(person_id=person_id, referral_id=referral_id)
    if found is None:
        raise NotFound("There is no such referral.")
    return found


def _breaks(person_id: UUID) -> list[Rest]:
    """The breaks of each agreed plan that the database shows to whoever asks: it asks the carers' answers itself."""
    shown = [(c, carers.find_agreed_plan(carer_id=c.id)) for c in carers.list_carers(person_id=person_id)]
    return [Rest(c.id, c.name, b.what, b.how_often, b.who) for c, plan in shown if plan for b in plan.content.breaks]


def _referral(row: CommunityReferralRow, steps: tuple[Step, ...]) -> Referral:
    return Referral(
        id=row.id,
        person_id=row.person_id,
        plan_id=row.plan_id,
        action_id=row.action_id,
        action_words=row.action_words,
        organisation_id=row.organisation_id,
        organisation=row.organisation,
        yes_words=row.yes_words,
        made_on=row.made_on,
        made_by=row.made_by,
        made_by_name=row.made_by_name,
        at=row.at,
        steps=steps,
    )
