"""Medicines as they were given, and what the provider was told of them, for the timeline of a person's record."""

from uuid import UUID

from sqlalchemy import Date, DateTime, cast, exists, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from careplan.db.moments import Moments, moments
from careplan.medicines.models import DoseRow, MedicineAlertRow


def select_moments(*, person_id: UUID) -> dict[str, Moments]:
    """The London days with doses, alerts, and what was said to them, each by its name."""
    a = MedicineAlertRow
    return {
        "doses": _days(person_id),
        "medicine_alert": moments(at=a.raised_at, key=a.id, party="provider", facts={"words": a.words}).where(
            a.person_id == person_id
        ),
        "medicine_alert_answered": moments(
            at=a.acknowledged_at, key=a.id, by=a.acknowledged_by, facts={"words": a.acknowledged_words}
        ).where(a.person_id == person_id, a.acknowledged_at.is_not(None)),
    }


def _days(person_id: UUID) -> Moments:
    """Each day stands at its beginning, is its own key, and holds the doses that no later record corrects."""
    later = aliased(DoseRow)
    said = func.jsonb_build_object(
        literal("medicine"), DoseRow.medicine_id, literal("at"), DoseRow.effective_at,
        literal("result"), DoseRow.result, literal("reason"), DoseRow.reason,
    )  # fmt: skip
    day = cast(func.timezone("Europe/London", DoseRow.effective_at), Date)
    days = (
        select(day.label("day"), func.jsonb_agg(aggregate_order_by(said, DoseRow.effective_at)).label("doses"))
        .where(DoseRow.person_id == person_id, ~exists().where(later.corrects == DoseRow.id))
        .group_by("day")
        .subquery()
    )
    begins = func.timezone("Europe/London", cast(days.c.day, DateTime()))
    return moments(at=begins, key=days.c.day, party="provider", facts={"doses": days.c.doses})
