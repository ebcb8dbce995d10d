"""Rows of plans as frozen values."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.plans.domain.agreement import (
    Advocate,
    Agreement,
    BestInterests,
    Capacity,
    CapacityToDecide,
    Channel,
    TakenBack,
)
from careplan.plans.domain.answers import Answers
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.not_agreed import Cause, NotAgreed, Step, WithoutYes
from careplan.plans.domain.parsing import content_from_json
from careplan.plans.domain.plan import Comment, PlanVersion, Suggestion
from careplan.plans.domain.stance import PARTY_OF_ROLE, Stance, StanceGiven
from careplan.plans.domain.state import Party, VersionFacts, VersionState
from careplan.plans.models import (
    BestInterestsRow,
    CapacityFindingRow,
    NotAgreedRow,
    PlanAgreementRow,
    PlanCommentRow,
    PlanStanceRow,
    PlanSuggestionRow,
    PlanVersionRow,
)


def facts_of(row: PlanVersionRow, answers: Answers) -> VersionFacts:
    """What a version's state is told from."""
    content = content_from_json(row.content)
    return VersionFacts(
        number=row.number,
        kind=PlanKind(row.kind),
        starts_on=content.starts_on,
        proposed_at=row.proposed_at,
        withdrawn_at=row.withdrawn_at,
        settled=answers.settled,
        lapsed=answers.lapsed,
        counts_from=row.counts_from,
        provider=content.provider.organisation if content.provider else None,
    )


def version(row: PlanVersionRow, *, state: VersionState, answers: Answers) -> PlanVersion:
    """A version in its state."""
    return PlanVersion(
        id=row.id,
        plan_id=row.plan_id,
        person_id=row.person_id,
        number=row.number,
        kind=PlanKind(row.kind),
        content=content_from_json(row.content),
        revision=row.revision,
        based_on=row.based_on,
        created_at=row.created_at,
        saved_at=row.saved_at,
        saved_by=row.saved_by,
        state=state,
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
        content_hash=row.content_hash,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
        counts_from=row.counts_from,
        agreements=answers.agreements,
        taken_back=answers.taken_back,
        best_interests=answers.best_interests,
        not_agreed=answers.not_agreed,
        rests_on=row.rests_on,
    )


def agreement(row: PlanAgreementRow) -> Agreement:
    """A signature."""
    return Agreement(
        id=row.id,
        version_id=row.version_id,
        content_hash=row.content_hash,
        party=Party(row.party),
        capacity=Capacity(row.capacity),
        signer_id=row.signer_id,
        signer_name=row.signer_name,
        statement=row.statement,
        channel=Channel(row.channel),
        recorded_by=row.recorded_by,
        agreed_on=row.agreed_on,
        at=row.at,
        witness_id=row.witness_id,
        witness_name=row.witness_name,
        authority_id=row.authority_id,
        finding_id=row.finding_id,
        advocate=_advocate(row),
        taken_back=_taken_back(row),
    )


def not_agreed(row: NotAgreedRow) -> NotAgreed:
    """Going on without the person's yes."""
    said = WithoutYes(
        cause=Cause(row.cause),
        steps=tuple(Step(date.fromisoformat(step["on"]), step["what"]) for step in row.steps),
        words=row.words,
        complaint_route=row.complaint_route,
        review_by=row.review_by,
        decided_on=row.decided_on,
    )
    return NotAgreed(
        id=row.id,
        version_id=row.version_id,
        content_hash=row.content_hash,
        said=said,
        decided_by=row.decided_by,
        decided_by_name=row.decided_by_name,
        at=row.at,
    )


def best_interests(row: BestInterestsRow) -> BestInterests:
    """A decision in the person's place."""
    return BestInterests(
        id=row.id,
        version_id=row.version_id,
        content_hash=row.content_hash,
        finding_id=row.finding_id,
        decision_maker_id=row.decision_maker_id,
        decision_maker_name=row.decision_maker_name,
        decision=row.decision,
        wishes=row.wishes,
        consulted=row.consulted,
        less_restrictive=row.less_restrictive,
        advocate=row.advocate,
        decided_on=row.decided_on,
        recorded_by=row.recorded_by,
        at=row.at,
    )


def finding(row: CapacityFindingRow) -> CapacityToDecide:
    """A finding about one version."""
    return CapacityToDecide(
        id=row.id,
        version_id=row.version_id,
        person_id=row.person_id,
        lacks_capacity=row.lacks_capacity,
        why_doubted=row.why_doubted,
        support_given=row.support_given,
        abilities=tuple(sorted(row.abilities.items())),
        impairment=row.impairment,
        causal_link=row.causal_link,
        decided_on=row.decided_on,
        assessor_id=row.assessor_id,
        assessor_name=row.assessor_name,
        at=row.at,
    )


def suggestion(
    row: PlanSuggestionRow, *, number: int, accounts: Mapping[UUID, Actor], stances: tuple[StanceGiven, ...]
) -> Suggestion:
    """A suggestion with the names of those concerned, and what the parties say to it."""
    author = accounts.get(row.by)
    decider = accounts.get(row.decided_by) if row.decided_by else None
    return Suggestion(
        id=row.id,
        plan_id=row.plan_id,
        version_id=row.version_id,
        version_number=number,
        item=row.item,
        field=row.field,
        was=row.was,
        value=row.value,
        why=row.why,
        by=row.by,
        by_name=author.name if author else "",
        at=row.at,
        by_party=PARTY_OF_ROLE.get(author.role) if author else None,
        answers_to=row.answers_to,
        stances=stances,
        decision=row.decision,
        decided_reason=row.decided_reason,
        decided_by_name=decider.name if decider else None,
        decided_at=row.decided_at,
        taken_into=row.taken_into,
    )


def stance(row: PlanStanceRow, *, by_name: str) -> StanceGiven:
    """A party's answer with the name of whoever gave it."""
    return StanceGiven(
        id=row.id,
        suggestion_id=row.suggestion_id,
        party=Party(row.party),
        stance=Stance(row.stance),
        reason=row.reason,
        by=row.by,
        by_name=by_name,
        at=row.at,
    )


def comment(row: PlanCommentRow, *, number: int, by_name: str) -> Comment:
    """A comment with its author's name."""
    return Comment(row.id, number, row.item, row.words, row.by, by_name, row.at, row.suggestion_id)


def _advocate(row: PlanAgreementRow) -> Advocate | None:
    if row.advocate_name is None or row.advocate_organisation is None:
        return None
    return Advocate(row.advocate_name, row.advocate_organisation)


def _taken_back(row: PlanAgreementRow) -> TakenBack | None:
    if row.withdrawn_at is None or row.withdrawn_by is None:
        return None
    return TakenBack(
        reason=row.withdrawn_reason or "",
        channel=Channel(row.withdrawn_channel or Channel.ONLINE),
        by=row.withdrawn_by,
        by_name=row.withdrawn_by_name or "",
        at=row.withdrawn_at,
    )
