"""Writing down that a wish of the person's is not met: why, and that they said yes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.db import db
from careplan.kernel.ids import new_id
from careplan.visits.domain.fitting import Caution, Heeded
from careplan.visits.models import VisitOverrideRow


@dataclass(frozen=True, slots=True)
class OfWhat:
    """The pattern or the one visit that it is about."""

    pattern_id: UUID | None = None
    visit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class By:
    """Who writes it down, and when."""

    account_id: UUID
    now: datetime


def note_override(
    person_id: UUID, of: OfWhat, cautions: Iterable[Caution], heeded: Heeded | None, by: By
) -> None:
    """Keeps what was overridden; where no wish was, nothing."""
    wishes = [c.words for c in cautions if c.is_wish]
    if heeded is None or not wishes:
        return
    db.session.add(
        VisitOverrideRow(
            id=new_id(),
            person_id=person_id,
            pattern_id=of.pattern_id,
            visit_id=of.visit_id,
            cautions=wishes,
            reason=heeded.reason.strip(),
            person_agreed=heeded.person_agreed,
            recorded_by=by.account_id,
            recorded_at=by.now,
        )
    )
    db.session.flush()
