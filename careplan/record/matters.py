"""A person's plan and hours with all that may wait for somebody: one look and one's own home both begin here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Section
from careplan.db.together import together
from careplan.hours import queries as hours
from careplan.hours.domain.view import BankView
from careplan.kernel.clock import local_date
from careplan.people.domain.person import Person
from careplan.plans import queries as plans
from careplan.plans.authorisations import council_signer
from careplan.plans.domain.plan import Suggestion, SupportPlan
from careplan.record.domain.waiting import Around, AskedDraw, Waiting, waiting_for
from careplan.reviews import queries as reviews
from careplan.reviews.domain.due import Due

Permissions = frozenset[tuple[Section, Action]]


def reads(allowed: Permissions, section: Section) -> bool:
    """Whether a reader may see a section of a record."""
    return (section, Action.READ) in allowed


@dataclass(frozen=True, slots=True)
class Matters:
    """A person's plan and hours, and what may wait for somebody: requests, suggestions, a signature, a review."""

    plan: SupportPlan | None
    bank: BankView | None
    draws: Sequence[AskedDraw]
    suggestions: Sequence[Suggestion]
    signer: Role
    review: Due | None


def find_matters(*, person_id: UUID, actor: Actor, allowed: Permissions, now: datetime) -> Matters:
    """The plan with everything that may wait for somebody, as far as this reader may see."""
    plan, draws = together(
        lambda: plans.find_plan(person_id=person_id, at=now) if reads(allowed, Section.PLAN) else None,
        lambda: _asked(person_id) if reads(allowed, Section.CONTINGENCY) else [],
    )
    bank, suggestions, signer, review = together(
        lambda: _bank(plan, allowed, local_date(now)),
        lambda: plans.list_suggestions(plan_id=plan.id) if plan else [],
        lambda: council_signer(plan, actor=actor, at=now),
        lambda: reviews.find_due(plan=plan, at=now) if plan and reads(allowed, Section.REVIEW) else None,
    )
    return Matters(plan, bank, draws, suggestions, signer, review)


def _asked(person_id: UUID) -> list[AskedDraw]:
    undecided = [d for d in hours.list_contingency_draws(person_id=person_id) if d.decision is None]
    askers = access.list_account_names(account_ids=[d.requested_by for d in undecided])
    return [AskedDraw(d.minutes, d.circumstance.words, askers.get(d.requested_by, "the provider")) for d in undecided]


def waits_of(*, person: Person, matters: Matters, actor: Actor, now: datetime) -> list[Waiting]:
    """What waits, in the reader's words."""
    plan = matters.plan
    provider = plan.latest.content.provider.name if plan and plan.latest.content.provider else "the provider"
    return waiting_for(
        role=actor.role,
        plan=plan,
        suggestions=matters.suggestions,
        draws=matters.draws,
        unfunded=matters.bank.unfunded if matters.bank else 0,
        around=Around(person.known_as, person.id, provider, matters.signer),
        review=matters.review,
        now=now,
    )


def _bank(plan: SupportPlan | None, allowed: Permissions, today: date) -> BankView | None:
    if plan is None or not reads(allowed, Section.HOURS):
        return None
    last = local_date(plan.ended_at) if plan.ended_at else today
    return hours.find_bank_view(today=min(today, last), plan_id=plan.id)
