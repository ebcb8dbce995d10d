"""What happened to a person's plan, for the timeline of their record."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_

from careplan.db.moments import Moments, moments
from careplan.plans.in_force import select_counting
from careplan.plans.models import (
    BestInterestsRow,
    NotAgreedRow,
    PlanAgreementRow,
    PlanCommentRow,
    PlanStanceRow,
    PlanSuggestionRow,
    PlanVersionRow,
    SupportPlanRow,
)

V, SIGNED, SUGGESTED = PlanVersionRow, PlanAgreementRow, PlanSuggestionRow
NUMBER = {"number": V.number}


def select_moments(*, person_id: UUID, now: datetime) -> dict[str, Moments]:
    """What happened to versions, signatures, suggestions and comments, each by its name."""
    return {
        **_versions(person_id, now),
        **_signatures(person_id),
        **_talk(person_id),
    }


def _versions(person_id: UUID, now: datetime) -> dict[str, Moments]:
    counting = select_counting(at=now).subquery()
    sent = {"number": V.number, "kind": V.kind}
    back = {"number": V.number, "why": V.withdrawn_reason}
    return {
        "version_sent": moments(at=V.proposed_at, key=V.id, by=V.proposed_by, facts=sent).where(
            V.person_id == person_id, V.proposed_at.is_not(None)
        ),
        "version_withdrawn": moments(at=V.withdrawn_at, key=V.id, by=V.withdrawn_by, facts=back).where(
            V.person_id == person_id, V.proposed_at.is_not(None), V.withdrawn_at.is_not(None)
        ),
        "version_in_force": moments(at=counting.c.since, key=counting.c.version_id, facts={"number": counting.c.number})
        .join(SupportPlanRow, SupportPlanRow.id == counting.c.plan_id)
        .where(
            counting.c.person_id == person_id,
            or_(SupportPlanRow.ended_at.is_(None), SupportPlanRow.ended_at > counting.c.since),
        ),
    }


def _signatures(person_id: UUID) -> dict[str, Moments]:
    said = {"number": V.number, "who": SIGNED.signer_name}
    unsaid = {"number": V.number, "who": SIGNED.withdrawn_by_name, "why": SIGNED.withdrawn_reason}
    of_version = V.id == SIGNED.version_id
    return {
        "version_agreed": moments(at=SIGNED.at, key=SIGNED.id, by=SIGNED.signer_id, party=SIGNED.party, facts=said)
        .join(V, of_version)
        .where(SIGNED.person_id == person_id),
        "agreement_taken_back": moments(
            at=SIGNED.withdrawn_at, key=SIGNED.id, by=SIGNED.withdrawn_by, party=SIGNED.party, facts=unsaid
        )
        .join(V, of_version)
        .where(SIGNED.person_id == person_id, SIGNED.withdrawn_at.is_not(None)),
        "version_not_agreed": moments(at=NotAgreedRow.at, key=NotAgreedRow.id, by=NotAgreedRow.decided_by, facts=NUMBER)
        .join(V, V.id == NotAgreedRow.version_id)
        .where(NotAgreedRow.person_id == person_id),
        "best_interests": moments(
            at=BestInterestsRow.at, key=BestInterestsRow.id, by=BestInterestsRow.decision_maker_id, facts=NUMBER
        )
        .join(V, V.id == BestInterestsRow.version_id)
        .where(BestInterestsRow.person_id == person_id),
    }


def _talk(person_id: UUID) -> dict[str, Moments]:
    c, stood = PlanCommentRow, PlanStanceRow
    decided = {"number": V.number, "decision": SUGGESTED.decision, "why": SUGGESTED.decided_reason}
    of_version = V.id == SUGGESTED.version_id
    return {
        "suggestion_made": moments(
            at=SUGGESTED.at, key=SUGGESTED.id, by=SUGGESTED.by, facts={"number": V.number, "why": SUGGESTED.why}
        )
        .join(V, of_version)
        .where(SUGGESTED.person_id == person_id),
        "suggestion_decided": moments(at=SUGGESTED.decided_at, key=SUGGESTED.id, by=SUGGESTED.decided_by, facts=decided)
        .join(V, of_version)
        .where(SUGGESTED.person_id == person_id, SUGGESTED.decided_at.is_not(None)),
        "stance_given": moments(
            at=stood.at,
            key=stood.id,
            by=stood.by,
            party=stood.party,
            facts={"number": V.number, "stance": stood.stance, "why": stood.reason},
        )
        .join(SUGGESTED, SUGGESTED.id == stood.suggestion_id)
        .join(V, of_version)
        .where(stood.person_id == person_id),
        "comment_made": moments(at=c.at, key=c.id, by=c.by, facts={"number": V.number, "words": c.words})
        .join(V, V.id == c.version_id)
        .where(c.person_id == person_id),
    }
