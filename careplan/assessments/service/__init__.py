"""What can be done with assessments; nothing here commits."""

from careplan.assessments.service.assessing import (
    CorrectedAlready,
    DraftExists,
    NoDraft,
    correct_assessment,
    finish_assessment,
    give_up_assessment,
    save_part,
    start_assessment,
    take_back_carers,
)
from careplan.assessments.service.deciding import EvidenceMissing, determine, record_advocacy
from careplan.assessments.service.giving import add_note, record_given, retract_given, retract_note

__all__ = [
    "CorrectedAlready",
    "DraftExists",
    "EvidenceMissing",
    "NoDraft",
    "add_note",
    "correct_assessment",
    "determine",
    "finish_assessment",
    "give_up_assessment",
    "record_advocacy",
    "record_given",
    "retract_given",
    "retract_note",
    "save_part",
    "start_assessment",
    "take_back_carers",
]
