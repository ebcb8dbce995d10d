"""What waits for somebody: said in a sentence, with the page where they can act."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Role
from careplan.kernel.clock import local_date
from careplan.kernel.words import duration, listed, short_day
from careplan.plans.domain.plan import Suggestion, SupportPlan
from careplan.plans.domain.state import Party
from careplan.reviews.domain.due import Due, Why

PARTY_OF_ROLE = {
    Role.SOCIAL_WORKER: Party.COUNCIL,
    Role.TEAM_MANAGER: Party.COUNCIL,
    Role.PROVIDER_COORDINATOR: Party.PROVIDER,
    Role.CITIZEN: Party.PERSON,
    Role.REPRESENTATIVE: Party.PERSON,
}
COUNCIL_WORDS = {Role.SOCIAL_WORKER: "the council", Role.TEAM_MANAGER: "the team manager"}
WRITERS = (Role.SOCIAL_WORKER, Role.TEAM_MANAGER)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: the sentence, where to act, and the words of that link."""

    words: str
    address: str
    link: str


@dataclass(frozen=True, slots=True)
class AskedDraw:
    """Contingency that somebody asked for and nobody has decided yet."""

    minutes: int
    circumstance: str
    asked_by: str


@dataclass(frozen=True, slots=True)
class Around:
    """Who is called what in these sentences, and who signs for the council the version that waits."""

    person: str
    person_id: UUID
    provider: str
    council_signs: Role = Role.SOCIAL_WORKER


def waiting_for(
    *,
    role: Role,
    plan: SupportPlan | None,
    suggestions: Sequence[Suggestion],
    draws: Sequence[AskedDraw],
    unfunded: int,
    around: Around,
    review: Due | None,
    now: datetime,
) -> list[Waiting]:
    """What waits around one person for a reader in this role, the most pressing first."""
    if plan is None:
        return _no_plan(role, around)
    if plan.ended_at is not None and plan.ended_at <= now:
        return []
    today = local_date(now)
    found = [*_agreements(role, plan, around), *_suggestions(role, plan, suggestions), *_draws(role, draws)]
    if role in WRITERS:
        found += [*_interim(plan, today), *_review(plan, review, today)]
    if unfunded and role in (*WRITERS, Role.PROVIDER_COORDINATOR):
        found.append(
            Waiting(
                f"{duration(unfunded)} of care came with no hours left to pay for it",
                f"/people/{around.person_id}/hours",
                "See the hours",
            )
        )
    return found


def _no_plan(role: Role, around: Around) -> list[Waiting]:
    if role is not Role.SOCIAL_WORKER:
        return []
    return [Waiting(f"{around.person} has no plan yet", f"/people/{around.person_id}/plans/new", "Start a plan")]


def _agreements(role: Role, plan: SupportPlan, around: Around) -> Iterator[Waiting]:
    version = plan.proposed
    if version is None or version.proposed_at is None:
        return
    since = f"since {short_day(version.proposed_at)}"
    party = PARTY_OF_ROLE.get(role)
    if party in version.outstanding and (party is not Party.COUNCIL or role is around.council_signs):
        yield Waiting(
            f"Version {version.number} waits for you to agree, {since}", _agreeing(plan, role), "Read and answer"
        )
        return
    if role not in (*WRITERS, Role.PROVIDER_COORDINATOR):
        return
    council = COUNCIL_WORDS[around.council_signs]
    names = {Party.PERSON: around.person, Party.PROVIDER: around.provider, Party.COUNCIL: council}
    who = listed([names[party] for party in version.outstanding])
    yield Waiting(f"Version {version.number} waits for {who} to agree, {since}", _agreeing(plan, role), "Open")


def _agreeing(plan: SupportPlan, role: Role) -> str:
    return "/me/plan/agree" if role in (Role.CITIZEN, Role.REPRESENTATIVE) else f"/plans/{plan.id}/agreements"


def _suggestions(role: Role, plan: SupportPlan, suggestions: Sequence[Suggestion]) -> Iterator[Waiting]:
    undecided = [s for s in suggestions if s.decision is None]
    if role is Role.SOCIAL_WORKER and undecided:
        names = listed(sorted({s.by_name for s in undecided}))
        changes = "a change" if len(undecided) == 1 else f"{len(undecided)} changes"
        yield Waiting(f"{names} suggested {changes} to the plan", f"/plans/{plan.id}", "Decide")


def _draws(role: Role, draws: Sequence[AskedDraw]) -> Iterator[Waiting]:
    if role not in WRITERS:
        return
    for draw in draws:
        words = f"{duration(draw.minutes)} of contingency asked for by {draw.asked_by}: {draw.circumstance}"
        yield Waiting(words, "/requests", "Decide")


def _interim(plan: SupportPlan, today: date) -> Iterator[Waiting]:
    due = plan.in_force.replace_by if plan.in_force else None
    if due is None:
        return
    words = "was due" if due < today else "is due"
    yield Waiting(f"A full plan {words} by {short_day(due)}: this one is interim", f"/plans/{plan.id}", "Write it")


def _review(plan: SupportPlan, review: Due | None, today: date) -> Iterator[Waiting]:
    if review is None or not review.shows(today):
        return
    if plan.in_force is not None and plan.in_force.replace_by == review.on:
        return
    words = "was due" if review.is_over(today) else "is due"
    why = "" if review.why is Why.PLANNED else f": {review.why.words[0].lower()}{review.why.words[1:]}"
    yield Waiting(f"A review {words} by {short_day(review.on)}{why}", f"/plans/{plan.id}/reviews", "See the reviews")
