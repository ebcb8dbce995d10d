"""What can be done with a carer's record; nothing here commits."""

from careplan.carers.service.assessing import NoDraft, determine, finish_assessment, save_assessment
from careplan.carers.service.giving import record_given
from careplan.carers.service.planning import (
    NOTHING_YET,
    agree_as_carer,
    agree_as_council,
    record_carers_yes,
    save_plan,
)
from careplan.carers.service.recording import (
    RecordExists,
    begin_own_record,
    choose_sharing,
    link_own_record,
    open_record,
    save_caring,
    save_details,
    say_consent,
)

__all__ = [
    "NOTHING_YET",
    "NoDraft",
    "RecordExists",
    "agree_as_carer",
    "agree_as_council",
    "begin_own_record",
    "choose_sharing",
    "determine",
    "finish_assessment",
    "link_own_record",
    "open_record",
    "record_carers_yes",
    "record_given",
    "save_assessment",
    "save_caring",
    "save_details",
    "save_plan",
    "say_consent",
]
