"""Forms of delegation."""

from careplan.delegation.forms.instruction import NewVersionForm, instruction_of, typed_of
from careplan.delegation.forms.proposing import ProposeForm, proposal_of
from careplan.delegation.forms.workers import (
    AssessForm,
    PreparationForm,
    ReconfirmForm,
    StopForm,
    prepared_of,
)

__all__ = [
    "AssessForm",
    "NewVersionForm",
    "PreparationForm",
    "ProposeForm",
    "ReconfirmForm",
    "StopForm",
    "instruction_of",
    "prepared_of",
    "proposal_of",
    "typed_of",
]
