"""What can be done with assessments; nothing here commits."""

from careplan.assessments.service.assessing import (
    CorrectedAlready,
    DraftExists,
    NoDraft,
    correct_assessment,
    finish_assessment,
    save_part,
    start_assessment,
)
from careplan.assessments.service.deciding import EvidenceMissing, determine, record_advocacy
from careplan.assessments.service.giving import add_note, record_given

__all__ = [
    "CorrectedAlready",
    "DraftExists",
    "EvidenceMissing",
    "NoDraft",
    "add_note",
    "correct_assessment",
    "determine",
    "finish_assessment",
    "record_advocacy",
    "record_given",
    "save_part",
    "start_assessment",
]
