"""Referrals to occupational therapists and things for the home, for the timeline of a person's record."""

from uuid import UUID

from careplan.db.moments import Moments, moments
from careplan.equipment.models import EquipmentRow, EquipmentStepRow, ReferralRow, ReferralStepRow


def select_moments(*, person_id: UUID) -> dict[str, Moments]:
    """Referrals and things ordered, and each step since, each by its name."""
    r, m, e, s = ReferralRow, ReferralStepRow, EquipmentRow, EquipmentStepRow
    moved = {"event": m.event, "why": m.words, "visit_on": m.visit_on}
    went = {"event": s.event, "on": s.on, "why": s.words, "name": e.name}
    return {
        "therapist_asked": moments(at=r.sent_at, key=r.id, by=r.sent_by, facts={"why": r.reason}).where(
            r.person_id == person_id
        ),
        "therapist_moved": moments(at=m.at, key=m.id, by=m.by, facts=moved).where(m.person_id == person_id),
        "equipment_ordered": moments(
            at=e.ordered_at, key=e.id, by=e.ordered_by, facts={"name": e.name, "why": e.why}
        ).where(e.person_id == person_id),
        "equipment_moved": moments(at=s.at, key=s.id, by=s.by, facts=went)
        .join(e, e.id == s.equipment_id)
        .where(s.person_id == person_id),
    }
