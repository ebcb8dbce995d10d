"""The tables of visits."""

from careplan.visits.models.planned import (
    VisitActivityRow,
    VisitOverrideRow,
    VisitPatternRow,
    VisitWishRow,
    WorkerTraitRow,
)
from careplan.visits.models.recorded import (
    DeviceRow,
    DiscardRow,
    DowntimeRow,
    HeldRecordRow,
    SyncReceiptRow,
    VisitDisputeRow,
    VisitFlagRow,
    VisitRecordRow,
    VisitRow,
    VisitWorkerRow,
)

__all__ = [
    "DeviceRow",
    "DiscardRow",
    "DowntimeRow",
    "HeldRecordRow",
    "SyncReceiptRow",
    "VisitActivityRow",
    "VisitDisputeRow",
    "VisitFlagRow",
    "VisitOverrideRow",
    "VisitPatternRow",
    "VisitRecordRow",
    "VisitRow",
    "VisitWishRow",
    "VisitWorkerRow",
    "WorkerTraitRow",
]
