"""Recording that care at home ends, and setting it right where that was a mistake. Nothing here commits."""

from careplan.endings.service.ending import record_ending
from careplan.endings.service.retracting import retract_ending

__all__ = ["record_ending", "retract_ending"]
