"""The tables of visits."""

from careplan.visits.models.confirmed import ShiftRow, VisitConfirmationRow
from careplan.visits.models.imported import VisitImportRow
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
from careplan.visits.models.watched import VisitAlertRow, VisitRuleRow

__all__ = [
    "DeviceRow",
    "DiscardRow",
    "DowntimeRow",
    "HeldRecordRow",
    "ShiftRow",
    "SyncReceiptRow",
    "VisitActivityRow",
    "VisitAlertRow",
    "VisitConfirmationRow",
    "VisitDisputeRow",
    "VisitFlagRow",
    "VisitImportRow",
    "VisitOverrideRow",
    "VisitPatternRow",
    "VisitRecordRow",
    "VisitRow",
    "VisitRuleRow",
    "VisitWishRow",
    "VisitWorkerRow",
    "WorkerTraitRow",
]
