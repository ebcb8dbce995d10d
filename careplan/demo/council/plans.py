"""The characters' plans, each brought as far as its stage says by the people who would do it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from careplan.access.domain.actor import Actor, Role
from careplan.delegation.domain.delegation import Delegation
from careplan.demo.council import contents
from careplan.demo.council.cast import Cast
from careplan.demo.council.residents import social_worker_of
from careplan.demo.story.characters import Character, Stage
from careplan.kernel.clock import local_date
from careplan.kernel.ids import new_id
from careplan.people.domain.authority import AuthorityKind
from careplan.people.domain.contact import Relation
from careplan.people.service.circle import add_contact, record_authority
from careplan.plans import service
from careplan.plans.authorisations import beyond_limit
from careplan.plans.domain.agreement import Capacity, Channel
from careplan.plans.domain.content import InterimReason, PlanKind, Provider
from careplan.plans.domain.not_agreed import REVIEW_WITHIN, Cause, Step, WithoutYes
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.state import Party

DAY = timedelta(days=1)
PROVIDERS = {
    "harbour": ("harbour_care", "Harbour Care", "provider-coordinator"),
    "meadow": ("meadow_support", "Meadow Home Support", "other-provider-coordinator"),
    "willow": ("willow_home", "Willow Home Help", "willow-coordinator"),
}
WITNESS = "Dora Price, duty officer"
STATEMENT = "I have read this plan and I agree with it."
PAPER_STATEMENT = "I have read this plan, or had it read to me, and I agree with it."
HAVE_ALL = (Stage.IN_FORCE, Stage.BANK_RUN_OUT, Stage.STARTS_NEXT_WEEK)


def provider_of(character: Character, cast: Cast) -> Provider:
    """The provider of a character's part of the town."""
    house, name, _ = PROVIDERS[character.provider]
    return Provider(cast.houses[house], name)


def coordinator_of(character: Character, cast: Cast) -> Actor:
    """Who signs for that provider."""
    return cast[PROVIDERS[character.provider][2]]


def write_plan(
    character: Character,
    *,
    person_id: UUID,
    cast: Cast,
    written_at: datetime,
    starts_on: date,
    delegations: Sequence[Delegation] = (),
) -> UUID | None:
    """A character's plan as far as it has come; None for whoever has none."""
    if character.stage is Stage.NO_PLAN:
        return None
    worker = social_worker_of(character, cast)
    interim = character.stage in (Stage.INTERIM, Stage.INTERIM_OVERDUE)
    kind = PlanKind.INTERIM if interim else PlanKind.FULL
    draft = service.create_plan(person_id=person_id, kind=kind, actor=worker, now=written_at)
    provider = provider_of(character, cast)
    if interim:
        content = contents.interim_plan(
            character,
            draft=draft.content,
            provider=provider,
            starts_on=starts_on,
            told_on=local_date(written_at),
            reason=InterimReason.HOSPITAL_DISCHARGE,
        )
    else:
        content = contents.full_plan(
            character, draft=draft.content, provider=provider, starts_on=starts_on, delegations=delegations
        )
    saved = service.save_draft(
        plan_id=draft.plan_id,
        changes=contents.sections(content),
        revision=draft.revision,
        actor=worker,
        now=written_at,
    )
    if character.stage is Stage.DRAFT:
        _leave_the_budget(saved, worker=worker, now=written_at + timedelta(hours=1))
        return draft.plan_id
    proposed = service.propose_plan(plan_id=draft.plan_id, actor=worker, now=written_at)
    _sign(character, proposed, cast=cast, now=written_at)
    return draft.plan_id


def agree(
    version: PlanVersion,
    *,
    party: Party,
    capacity: Capacity,
    actor: Actor,
    now: datetime,
    authority_id: UUID | None = None,
) -> None:
    """One party's yes, online, by their own account."""
    signature = service.Signature(
        id=new_id(),
        party=party,
        capacity=capacity,
        content_hash=version.content_hash or "",
        statement=STATEMENT,
    )
    service.agree_plan(plan_id=version.plan_id, number=version.number, signature=signature, actor=actor, now=now)


def _leave_the_budget(draft: PlanVersion, *, worker: Actor, now: datetime) -> None:
    """The telephone rang: what was typed on the budget's page is not saved yet."""
    typed = (("revision", str(draft.revision)), ("council", "98.00"), ("person", "24.50"), ("frequency", "four_weekly"))
    service.keep_unfinished(plan_id=draft.plan_id, page="budget", fields=typed, actor=worker, now=now)


def _sign(character: Character, version: PlanVersion, *, cast: Cast, now: datetime) -> None:
    """The signatures that a stage has: the council's, the provider's a day later, the person's two days later."""
    worker = social_worker_of(character, cast)
    above = beyond_limit(version, Role.SOCIAL_WORKER, actor=worker, at=now)
    if above:
        service.ask_manager(plan_id=version.plan_id, number=version.number, actor=worker, now=now)
    if character.stage is Stage.PROPOSED:
        return
    soon = timedelta(hours=2) if version.kind is PlanKind.INTERIM else DAY
    if above:
        manager, signed = cast["team-manager"], now + timedelta(hours=3)
        agree(version, party=Party.COUNCIL, capacity=Capacity.TEAM_MANAGER, actor=manager, now=signed)
    else:
        agree(version, party=Party.COUNCIL, capacity=Capacity.SOCIAL_WORKER, actor=worker, now=now)
    coordinator = coordinator_of(character, cast)
    agree(version, party=Party.PROVIDER, capacity=Capacity.PROVIDER, actor=coordinator, now=now + soon)
    later = now + 2 * DAY
    if character.stage in HAVE_ALL:
        _agree_on_paper(version, cast=cast, worker=worker, now=later)
    if character.stage is Stage.BEST_INTERESTS:
        _decide_in_best_interests(version, worker=worker, now=later)
    if character.stage is Stage.BY_ATTORNEY:
        _agree_by_attorney(version, cast=cast, worker=worker, now=later)
    if character.stage is Stage.NOT_AGREED:
        _go_on_without_a_yes(version, worker=worker, now=later)


def _go_on_without_a_yes(version: PlanVersion, *, worker: Actor, now: datetime) -> None:
    """George wants his Saturdays too; care begins all the same, and the plan is looked at again soon."""
    today = local_date(now)
    service.go_without_yes(
        plan_id=version.plan_id,
        number=version.number,
        content_hash=version.content_hash or "",
        said=WithoutYes(
            cause=Cause.DISAGREES,
            steps=(
                Step(today - 2 * DAY, "Read the plan to him at his kitchen table, with his nephew on the telephone."),
                Step(today - DAY, "Asked the provider for Saturdays: nobody is free before spring."),
            ),
            words="Friday is no use without Saturday. I will not put my name to half a weekend.",
            complaint_route="He has the leaflet, and his nephew has the number of the complaints team.",
            review_by=today + REVIEW_WITHIN,
            decided_on=today,
        ),
        actor=worker,
        now=now,
    )


def _agree_on_paper(version: PlanVersion, *, cast: Cast, worker: Actor, now: datetime) -> None:
    """Most people sign on paper at their own table, with somebody from the team beside them."""
    sign_on_paper(version, capacity=Capacity.SELF, authority_id=None, cast=cast, worker=worker, now=now)


def sign_on_paper(
    version: PlanVersion, *, capacity: Capacity, authority_id: UUID | None, cast: Cast, worker: Actor, now: datetime
) -> None:
    signature = service.Signature(
        id=new_id(),
        party=Party.PERSON,
        capacity=capacity,
        content_hash=version.content_hash or "",
        statement=PAPER_STATEMENT,
        channel=Channel.PAPER,
        agreed_on=local_date(now),
        witness_name=WITNESS,
        authority_id=authority_id,
    )
    service.agree_plan(plan_id=version.plan_id, number=version.number, signature=signature, actor=worker, now=now)


def _find_incapacity(version: PlanVersion, *, worker: Actor, now: datetime) -> None:
    service.record_finding(
        plan_id=version.plan_id,
        number=version.number,
        finding=service.Finding(
            lacks_capacity=True,
            why_doubted="They could not say afterwards what we had talked about.",
            support_given="We met twice, in the morning, with pictures and with somebody they trust.",
            abilities={"retaining": "They kept no part of it for longer than a minute or two."},
            impairment="Alzheimer's disease, diagnosed three years ago",
            causal_link="Because of the dementia nothing new stays long enough to be weighed.",
            decided_on=local_date(now),
        ),
        actor=worker,
        now=now,
    )


def _decide_in_best_interests(version: PlanVersion, *, worker: Actor, now: datetime) -> None:
    _find_incapacity(version, worker=worker, now=now)
    service.record_best_interests(
        plan_id=version.plan_id,
        number=version.number,
        content_hash=version.content_hash or "",
        decision=service.Decision(
            decision="Care at home by the same few people, as this plan says.",
            wishes="He has always said that he wants to die in his own bed.",
            consulted="His wife, the neighbour who sits with him, and his GP.",
            less_restrictive="Day care was tried for a month; he would not leave the house.",
            advocate="Not needed: his wife supports him and he wants her to.",
            decided_on=local_date(now),
        ),
        actor=worker,
        now=now,
    )


def _agree_by_attorney(version: PlanVersion, *, cast: Cast, worker: Actor, now: datetime) -> None:
    """Joan's daughter holds a lasting power of attorney; she has no account and signs on paper."""
    _find_incapacity(version, worker=worker, now=now)
    person_id, today = version.person_id, local_date(now)
    daughter = add_contact(
        person_id=person_id,
        name="Blessing Okonkwo",
        relation=Relation.DAUGHTER,
        phone="01632 960611",
        is_next_of_kin=True,
        actor=worker,
        now=now,
    )
    authority = record_authority(
        person_id=person_id,
        contact_id=daughter,
        kind=AuthorityKind.HEALTH_WELFARE_ATTORNEY,
        starts_on=today,
        registration_seen_on=today,
        actor=worker,
        now=now,
    )
    sign_on_paper(version, capacity=Capacity.REPRESENTATIVE, authority_id=authority, cast=cast, worker=worker, now=now)
