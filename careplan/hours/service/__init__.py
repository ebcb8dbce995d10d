"""What can be done with hours: open, plan, deliver, take back, draw contingency, pause, close. Nothing here commits."""

from careplan.hours.service.adjusting import (
    adjust_hours,
    agree_to_decrease,
    approve_adjustment,
    decline_decrease,
    note_capacity,
    refuse_adjustment,
    take_decrease_back,
)
from careplan.hours.service.alarming import announce_endings, watch_weeks
from careplan.hours.service.checking import Fault, check_ledger
from careplan.hours.service.closing import close_due_periods
from careplan.hours.service.contingency import (
    COUNCIL_ROLES,
    Answer,
    DecidedBefore,
    IdUsedBefore,
    approve_contingency,
    draw_contingency,
    refuse_contingency,
)
from careplan.hours.service.deciding import NothingToTopUp, absorb, earmark, end_earmark, top_up
from careplan.hours.service.delivering import Drawn, draw_for_record, drawn_by, reverse_record
from careplan.hours.service.disputing import decide_dispute, dispute_unfunded
from careplan.hours.service.ending import end_service, resume_service
from careplan.hours.service.opening import ensure_period, open_bank, open_due_periods
from careplan.hours.service.pausing import NoHours, end_pause, pause_care
from careplan.hours.service.planning import Reserved, release_visit, release_visits, reserve_visit
from careplan.hours.service.withdrawing import withdraw_terms

__all__ = [
    "COUNCIL_ROLES",
    "Answer",
    "DecidedBefore",
    "Drawn",
    "Fault",
    "IdUsedBefore",
    "NoHours",
    "NothingToTopUp",
    "Reserved",
    "absorb",
    "adjust_hours",
    "agree_to_decrease",
    "announce_endings",
    "approve_adjustment",
    "approve_contingency",
    "check_ledger",
    "close_due_periods",
    "decide_dispute",
    "decline_decrease",
    "dispute_unfunded",
    "draw_contingency",
    "draw_for_record",
    "drawn_by",
    "earmark",
    "end_earmark",
    "end_pause",
    "end_service",
    "ensure_period",
    "note_capacity",
    "open_bank",
    "open_due_periods",
    "pause_care",
    "refuse_adjustment",
    "refuse_contingency",
    "release_visit",
    "release_visits",
    "reserve_visit",
    "resume_service",
    "reverse_record",
    "take_decrease_back",
    "top_up",
    "watch_weeks",
    "withdraw_terms",
]
