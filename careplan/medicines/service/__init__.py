"""What is done with medicines: recorded, corrected, watched over, answered, linked with a delegation."""

from careplan.medicines.service.answering import acknowledge_alert
from careplan.medicines.service.correcting import correct_dose
from careplan.medicines.service.linking import link_delegation
from careplan.medicines.service.recording import Judged, record_dose
from careplan.medicines.service.watching import watch_over_silence

__all__ = ["Judged", "acknowledge_alert", "correct_dose", "link_delegation", "record_dose", "watch_over_silence"]
