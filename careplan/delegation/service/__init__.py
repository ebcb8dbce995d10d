"""What nurses, providers and workers do with a delegation, and what is recorded under it."""

from careplan.delegation.service.closing import Closed, close_delegations, open_closed_at, open_delegations
from careplan.delegation.service.continuing import NothingToContinue, propose_anew
from careplan.delegation.service.escalating import answer_escalation, carry_escalations_on
from careplan.delegation.service.following import follow_incident, review_delegation
from careplan.delegation.service.occasions import Recorded, acknowledge_alert, record_occasion
from careplan.delegation.service.proposing import (
    NewInstruction,
    Proposal,
    accept_delegation,
    decline_delegation,
    propose_delegation,
    resume_delegation,
    suspend_delegation,
    withdraw_delegation,
    write_instruction,
)
from careplan.delegation.service.workers import (
    NotYours,
    accept_competence,
    assess_competence,
    decline_competence,
    suspend_competences,
)

__all__ = [
    "Closed",
    "NewInstruction",
    "NotYours",
    "NothingToContinue",
    "Proposal",
    "Recorded",
    "accept_competence",
    "accept_delegation",
    "acknowledge_alert",
    "answer_escalation",
    "assess_competence",
    "carry_escalations_on",
    "close_delegations",
    "decline_competence",
    "decline_delegation",
    "follow_incident",
    "open_closed_at",
    "open_delegations",
    "propose_anew",
    "propose_delegation",
    "record_occasion",
    "resume_delegation",
    "review_delegation",
    "suspend_competences",
    "suspend_delegation",
    "withdraw_delegation",
    "write_instruction",
]
