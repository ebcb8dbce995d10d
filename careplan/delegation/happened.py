"""What happened to health activities handed over, for the timeline of a person's record."""

from uuid import UUID

from careplan.db.moments import Moments, moments
from careplan.delegation.models import DelegationRow, StepRow


def select_moments(*, person_id: UUID) -> dict[str, Moments]:
    """Delegations proposed, and each step since, each by its name."""
    d, s = DelegationRow, StepRow
    return {
        "delegation_proposed": moments(
            at=d.proposed_at, key=d.id, by=d.delegator_id, facts={"activity": d.activity}
        ).where(d.person_id == person_id),
        "delegation_moved": moments(at=s.at, key=s.id, by=s.by, facts={"activity": d.activity, "event": s.event})
        .join(d, d.id == s.delegation_id)
        .where(s.person_id == person_id),
    }
