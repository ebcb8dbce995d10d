"""Tables of the hours slice."""

from careplan.hours.models.changes import (
    HourAdjustment,
    HourAlarm,
    HourDecision,
    HourDispute,
    HourEarmark,
    HourPause,
    HourStatement,
)
from careplan.hours.models.ledger import (
    FLOW_CHECK,
    ContingencyDraw,
    HourBalance,
    HourBank,
    HourDelivery,
    HourEntry,
    HourReservation,
    HourServiceEnd,
    HourTerms,
    ReductionNotTaken,
)

__all__ = [
    "FLOW_CHECK",
    "ContingencyDraw",
    "HourAdjustment",
    "HourAlarm",
    "HourBalance",
    "HourBank",
    "HourDecision",
    "HourDelivery",
    "HourDispute",
    "HourEarmark",
    "HourEntry",
    "HourPause",
    "HourReservation",
    "HourServiceEnd",
    "HourStatement",
    "HourTerms",
    "ReductionNotTaken",
]
