"""How care ended, for the timeline of a person's record."""

from uuid import UUID

from careplan.db.moments import Moments, moments
from careplan.endings.models import EndingRow


def select_moments(*, person_id: UUID) -> dict[str, Moments]:
    """Endings recorded, and those taken back as a mistake."""
    e = EndingRow
    return {
        "ending_recorded": moments(at=e.recorded_at, key=e.id, by=e.recorded_by, facts={"kind": e.kind}).where(
            e.person_id == person_id
        ),
        "ending_taken_back": moments(at=e.retracted_at, key=e.id, by=e.retracted_by, facts={"kind": e.kind}).where(
            e.person_id == person_id, e.retracted_at.is_not(None)
        ),
    }
