"""Endings for tests."""

from datetime import datetime, timedelta
from typing import Any

from careplan.endings import service
from careplan.endings.domain.ending import Ending, EndingKind, NewEnding
from tests.factories.visits import Care


def end_care(care: Care, *, kind: EndingKind = EndingKind.DIED, now: datetime, **said: Any) -> Ending:
    """The person's social worker records that care ended an hour ago, or when and how the test says."""
    usual: dict[str, Any] = {
        "kind": kind,
        "ends_at": now - timedelta(hours=1),
        "told_by": "Helen Ellis-Ward, her daughter",
        "moved_to": "The Limes, Northbridge" if kind in (EndingKind.CARE_HOME, EndingKind.MOVED_AWAY) else "",
        "capacity": "She told me what she wants instead." if kind is EndingKind.WITHDRAWN else "",
        "equipment": ("A hospital bed", "A key safe"),
    }
    new = NewEnding(**{**usual, **said})
    return service.record_ending(person_id=care.person_id, said=new, actor=care.around.social_worker, now=now)


def take_back(care: Care, ending: Ending, *, now: datetime) -> None:
    """It was a mistake."""
    service.retract_ending(
        person_id=care.person_id, ending_id=ending.id, reason="The wrong person.", actor=care.around.social_worker,
        now=now,
    )  # fmt: skip
