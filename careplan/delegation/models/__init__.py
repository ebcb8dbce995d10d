"""The tables of the delegation slice."""

from careplan.delegation.models.competence import CompetenceRow, CompetenceWarningRow, PreparationRow
from careplan.delegation.models.following import (
    DelegationReviewRow,
    EscalationRow,
    EscalationToldRow,
    IncidentStepRow,
)
from careplan.delegation.models.given import DelegationRow, EscalationStepRow, InstructionRow, StepRow
from careplan.delegation.models.occasion import AlertRow, IncidentRow, OccasionRow, ReadingRow
from careplan.delegation.models.stopping import StopAcknowledgementRow, StopRow

__all__ = [
    "AlertRow",
    "CompetenceRow",
    "CompetenceWarningRow",
    "DelegationReviewRow",
    "DelegationRow",
    "EscalationRow",
    "EscalationStepRow",
    "EscalationToldRow",
    "IncidentRow",
    "IncidentStepRow",
    "InstructionRow",
    "OccasionRow",
    "PreparationRow",
    "ReadingRow",
    "StepRow",
    "StopAcknowledgementRow",
    "StopRow",
]
