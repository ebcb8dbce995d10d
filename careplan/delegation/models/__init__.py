"""The tables of the delegation slice."""

from careplan.delegation.models.competence import CompetenceRow
from careplan.delegation.models.following import (
    DelegationReviewRow,
    EscalationRow,
    EscalationToldRow,
    IncidentStepRow,
)
from careplan.delegation.models.given import DelegationRow, EscalationStepRow, InstructionRow, StepRow
from careplan.delegation.models.occasion import AlertRow, IncidentRow, OccasionRow, ReadingRow

__all__ = [
    "AlertRow",
    "CompetenceRow",
    "DelegationReviewRow",
    "DelegationRow",
    "EscalationRow",
    "EscalationStepRow",
    "EscalationToldRow",
    "IncidentRow",
    "IncidentStepRow",
    "InstructionRow",
    "OccasionRow",
    "ReadingRow",
    "StepRow",
]
