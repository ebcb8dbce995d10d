"""What may be done about a worry: raising it, taking it up, deciding, acting, suspending, withholding, closing."""

from careplan.concerns.service.following import (
    acknowledge_concern,
    add_note,
    close_concern,
    decide_enquiry,
    finish_action,
    name_alleged,
    plan_action,
)
from careplan.concerns.service.raising import raise_concern
from careplan.concerns.service.reminding import remind
from careplan.concerns.service.suspending import lift_suspension, show_lines, suspend_contact, withhold_lines

__all__ = [
    "acknowledge_concern",
    "add_note",
    "close_concern",
    "decide_enquiry",
    "finish_action",
    "lift_suspension",
    "name_alleged",
    "plan_action",
    "raise_concern",
    "remind",
    "show_lines",
    "suspend_contact",
    "withhold_lines",
]
