"""Community organisations that were asked to help, for the timeline of a person's record."""

from uuid import UUID

from careplan.community.models import CommunityReferralRow, CommunityStepRow
from careplan.db.moments import Moments, moments


def select_moments(*, person_id: UUID) -> dict[str, Moments]:
    """Referrals made, and each step since, each by its name. They stand where they were written down."""
    r, s = CommunityReferralRow, CommunityStepRow
    asked = {"asked": r.organisation, "why": r.action_words}
    moved = {"asked": r.organisation, "event": s.event, "on": s.on, "why": s.words}
    return {
        "community_asked": moments(at=r.at, key=r.id, by=r.made_by, facts=asked).where(r.person_id == person_id),
        "community_moved": moments(at=s.at, key=s.id, by=s.recorded_by, facts=moved)
        .join(r, r.id == s.referral_id)
        .where(s.person_id == person_id),
    }
