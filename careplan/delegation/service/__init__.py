"""What nurses, providers and workers do with a delegation, and what is recorded under it."""

from careplan.delegation.service.closing import Closed, close_delegations, open_closed_at, open_delegations
from careplan.delegation.service.continuing import NothingToContinue, propose_anew
from careplan.delegation.service.escalating import answer_escalation, carry_escalations_on
from careplan.delegation.service.following import follow_incident, review_delegation
from careplan.delegation.service.occasions import Recorded, acknowledge_alert, record_occasion
from careplan.delegation.service.preparing import (
    NotReady,
    Prepared,
    assess_worker,
    reconfirm_competence,
    record_preparation,
)
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
from careplan.delegation.service.stopping import acknowledge_stop
from careplan.delegation.service.watching import notice_endings, warn_of_endings
from careplan.delegation.service.workers import (
    NotRegistered,
    NotYours,
    accept_competence,
    assess_competence,
    decline_competence,
    suspend_competences,
    suspend_worker,
)

__all__ = [
    "Closed",
    "NewInstruction",
    "NotReady",
    "NotRegistered",
    "NotYours",
    "NothingToContinue",
    "Prepared",
    "Proposal",
    "Recorded",
    "accept_competence",
    "accept_delegation",
    "acknowledge_alert",
    "acknowledge_stop",
    "answer_escalation",
    "assess_competence",
    "assess_worker",
    "carry_escalations_on",
    "close_delegations",
    "decline_competence",
    "decline_delegation",
    "follow_incident",
    "notice_endings",
    "open_closed_at",
    "open_delegations",
    "propose_anew",
    "propose_delegation",
    "reconfirm_competence",
    "record_occasion",
    "record_preparation",
    "resume_delegation",
    "review_delegation",
    "suspend_competences",
    "suspend_delegation",
    "suspend_worker",
    "warn_of_endings",
    "withdraw_delegation",
    "write_instruction",
]
