"""The one who acts: an account with its role, or a part of the product itself."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What an account is for. An account has one role; what it may see depends on its relationships too."""

    SOCIAL_WORKER = "social_worker"
    TEAM_MANAGER = "team_manager"
    PROVIDER_COORDINATOR = "provider_coordinator"
    TRUSTED_ASSESSOR = "trusted_assessor"
    CARE_WORKER = "care_worker"
    NURSE = "nurse"
    OCCUPATIONAL_THERAPIST = "occupational_therapist"
    CITIZEN = "citizen"
    REPRESENTATIVE = "representative"
    UNPAID_CARER = "unpaid_carer"
    COMMISSIONER = "commissioner"
    BROKER = "broker"
    FINANCE_OFFICER = "finance_officer"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    AUDITOR = "auditor"
    PRIVACY_OFFICER = "privacy_officer"
    ADMIN = "admin"
    NHS_SYSTEM = "nhs_system"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in what role, for which organisation and team."""

    account_id: UUID
    name: str
    role: Role
    organisation_id: UUID | None = None
    team_id: UUID | None = None


SYSTEM = Actor(UUID(int=0), "careplan", Role.SYSTEM)
