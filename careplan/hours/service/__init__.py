"""What can be done with hours: open a bank, plan, deliver, take back, draw contingency. Nothing here commits."""

from careplan.hours.service.checking import Fault, check_ledger
from careplan.hours.service.contingency import (
    Answer,
    DecidedBefore,
    IdUsedBefore,
    approve_contingency,
    draw_contingency,
    refuse_contingency,
)
from careplan.hours.service.delivering import Drawn, draw_for_record, drawn_by, reverse_record
from careplan.hours.service.ending import end_service, resume_service
from careplan.hours.service.opening import ensure_period, open_bank, open_due_periods
from careplan.hours.service.planning import Reserved, release_visit, release_visits, reserve_visit
from careplan.hours.service.withdrawing import withdraw_terms

__all__ = [
    "Answer",
    "DecidedBefore",
    "Drawn",
    "Fault",
    "IdUsedBefore",
    "Reserved",
    "approve_contingency",
    "check_ledger",
    "draw_contingency",
    "draw_for_record",
    "drawn_by",
    "end_service",
    "ensure_period",
    "open_bank",
    "open_due_periods",
    "refuse_contingency",
    "release_visit",
    "release_visits",
    "reserve_visit",
    "resume_service",
    "reverse_record",
    "withdraw_terms",
]
