"""What each word of ours is in code. A test holds that no member of an enum is left without one."""

from careplan.community.domain.referral import Event
from careplan.delegation.domain.delegation import State
from careplan.delegation.domain.occasion import OccasionResult
from careplan.equipment.domain.item import ItemKind, ItemState
from careplan.hours.domain.view import PeriodState
from careplan.medicines.domain.dose import DoseResult
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.organisations.domain.worker import Regulator
from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.rating import RatingKind, Voice
from careplan.people.domain.allergy import AllergyStatus
from careplan.people.domain.authority import AuthorityKind
from careplan.people.domain.contact import Relation
from careplan.people.domain.nhs_number import NhsNumberStatus
from careplan.people.domain.partnership import MemberKind
from careplan.people.domain.person import Gender
from careplan.people.domain.sharing import SharingDecision
from careplan.plans.domain.agreement import Capacity, Channel
from careplan.plans.domain.content import Aim, CareActOutcome, DoneBy, Funder, PlanKind, Wellbeing
from careplan.plans.domain.state import VersionState
from careplan.visits.domain.visit import CancelledBy, Result, Status
from fhir_mappings.building import LOINC, OURS, SNOMED, TERMINOLOGY, Json, coding, own_coding

ROLE_CODE = f"{TERMINOLOGY}/v3-RoleCode"
CONTACT_ROLE = f"{TERMINOLOGY}/v2-0131"
UK_RELATION = "https://fhir.hl7.org.uk/CodeSystem/UKCore-AdditionalPersonRelationshipRole"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
ODS_CODE = "https://fhir.nhs.uk/Id/ods-organization-code"
ACT_CODE = f"{TERMINOLOGY}/v3-ActCode"

GENDERS = {Gender.FEMALE: "female", Gender.MALE: "male", Gender.OTHER: "other", Gender.UNKNOWN: "unknown"}

# The NHS Data Dictionary's status; a number that is not there has no identifier to carry it.
_VERIFICATION = "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland"
NHS_NUMBER_STATUSES: dict[NhsNumberStatus, Json | None] = {
    NhsNumberStatus.VERIFIED: coding(_VERIFICATION, "01", "Number present and verified"),
    NhsNumberStatus.UNVERIFIED: coding(_VERIFICATION, "02", "Number present but not traced"),
    NhsNumberStatus.MISSING: None,
}

RELATIONS: dict[Relation, Json] = {
    Relation.WIFE: coding(ROLE_CODE, "WIFE", "wife"),
    Relation.HUSBAND: coding(ROLE_CODE, "HUSB", "husband"),
    Relation.PARTNER: coding(ROLE_CODE, "DOMPART", "domestic partner"),
    Relation.MOTHER: coding(ROLE_CODE, "MTH", "mother"),
    Relation.FATHER: coding(ROLE_CODE, "FTH", "father"),
    Relation.DAUGHTER: coding(ROLE_CODE, "DAUC", "daughter"),
    Relation.SON: coding(ROLE_CODE, "SONC", "son"),
    Relation.SISTER: coding(ROLE_CODE, "SIS", "sister"),
    Relation.BROTHER: coding(ROLE_CODE, "BRO", "brother"),
    Relation.GRANDDAUGHTER: coding(ROLE_CODE, "GRNDDAU", "granddaughter"),
    Relation.GRANDSON: coding(ROLE_CODE, "GRNDSON", "grandson"),
    Relation.AUNT: coding(ROLE_CODE, "AUNT", "aunt"),
    Relation.UNCLE: coding(ROLE_CODE, "UNCLE", "uncle"),
    Relation.NIECE: coding(ROLE_CODE, "NIECE", "niece"),
    Relation.NEPHEW: coding(ROLE_CODE, "NEPHEW", "nephew"),
    Relation.COUSIN: coding(ROLE_CODE, "COUSN", "cousin"),
    Relation.DAUGHTER_IN_LAW: coding(ROLE_CODE, "DAUINLAW", "daughter in-law"),
    Relation.SON_IN_LAW: coding(ROLE_CODE, "SONINLAW", "son in-law"),
    Relation.FAMILY: coding(ROLE_CODE, "FAMMEMB", "family member"),
    Relation.FRIEND: coding(ROLE_CODE, "FRND", "unrelated friend"),
    Relation.NEIGHBOUR: coding(ROLE_CODE, "NBOR", "neighbor"),
    Relation.OTHER: coding(UK_RELATION, "NotSpecified", "Not Specified"),
}
NEXT_OF_KIN = coding(CONTACT_ROLE, "N", "Next-of-Kin")
EMERGENCY_CONTACT = coding(CONTACT_ROLE, "C", "Emergency Contact")
CARER = coding(UK_RELATION, "Carer", "Carer")

ALLERGIES: dict[AllergyStatus, Json | None] = {
    AllergyStatus.NOT_ASKED: coding(f"{TERMINOLOGY}/v3-NullFlavor", "NASK", "not asked"),
    AllergyStatus.NONE_KNOWN: coding(SNOMED, "716186003", "No known allergy"),
    AllergyStatus.PRESENT: None,
}

_ORGANISATION_TYPE = f"{TERMINOLOGY}/organization-type"
ORGANISATIONS: dict[OrganisationKind, Json] = {
    OrganisationKind.COUNCIL: coding(_ORGANISATION_TYPE, "govt", "Government"),
    OrganisationKind.PROVIDER: coding(_ORGANISATION_TYPE, "other", "Other"),
    OrganisationKind.NHS_TRUST: coding(_ORGANISATION_TYPE, "prov", "Healthcare Provider"),
    OrganisationKind.COMMUNITY: coding(_ORGANISATION_TYPE, "cg", "Community Group"),
    OrganisationKind.GP_PRACTICE: coding(_ORGANISATION_TYPE, "prov", "Healthcare Provider"),
    OrganisationKind.TEAM: coding(_ORGANISATION_TYPE, "team", "Organizational team"),
}
OWN_ORGANISATIONS: dict[OrganisationKind, Json] = {
    kind: own_coding("organisation-kind", kind.value, kind.value.replace("_", " ").capitalize())
    for kind in OrganisationKind
}
REGISTERS: dict[Regulator, str] = {
    Regulator.NMC: "https://fhir.hl7.org.uk/Id/nmc-number",
    Regulator.HCPC: "https://fhir.hl7.org.uk/Id/hcpc-number",
    Regulator.SWE: f"{OURS}/id/social-work-england-number",
}
REGULATORS: dict[Regulator, str] = {
    Regulator.NMC: "Nursing and Midwifery Council",
    Regulator.HCPC: "Health and Care Professions Council",
    Regulator.SWE: "Social Work England",
}

MEMBERS: dict[MemberKind, Json] = {k: own_coding("partnership-role", k.value, k.words) for k in MemberKind}
SHARING: dict[SharingDecision, str] = {SharingDecision.SHARES: "permit", SharingDecision.OBJECTS: "deny"}
AUTHORITIES: dict[AuthorityKind, Json] = {k: own_coding("authority-kind", k.value, k.words) for k in AuthorityKind}

CARE_ACT_WORDS: dict[CareActOutcome, str] = {
    CareActOutcome.NUTRITION: "Managing and maintaining nutrition",
    CareActOutcome.PERSONAL_HYGIENE: "Maintaining personal hygiene",
    CareActOutcome.TOILET_NEEDS: "Managing toilet needs",
    CareActOutcome.APPROPRIATELY_CLOTHED: "Being appropriately clothed",
    CareActOutcome.HOME_USED_SAFELY: "Being able to make use of the home safely",
    CareActOutcome.HABITABLE_HOME: "Maintaining a habitable home environment",
    CareActOutcome.RELATIONSHIPS: "Developing and maintaining family or other personal relationships",
    CareActOutcome.WORK_AND_EDUCATION: "Work, training, education or volunteering",
    CareActOutcome.COMMUNITY_FACILITIES: "Making use of facilities or services in the local community",
    CareActOutcome.CARING_FOR_A_CHILD: "Carrying out caring responsibilities for a child",
}
CARE_ACT: dict[CareActOutcome, Json] = {
    o: own_coding("care-act-outcome", o.value, words) for o, words in CARE_ACT_WORDS.items()
}
WELLBEING_WORDS: dict[Wellbeing, str] = {
    Wellbeing.QUALITY_OF_LIFE: "Quality of life",
    Wellbeing.PHYSICAL_AND_MENTAL: "Physical and mental wellbeing",
    Wellbeing.FEELING_SAFE: "Feeling safe",
    Wellbeing.DAY_TO_DAY_LIVING: "Day-to-day living",
    Wellbeing.PART_OF_THE_COMMUNITY: "Part of the community",
    Wellbeing.INDEPENDENCE: "Independence and meaningful activities",
    Wellbeing.CONTROL: "Control and being listened to",
}
WELLBEING: dict[Wellbeing, Json] = {
    w: own_coding("wellbeing-area", w.value, words) for w, words in WELLBEING_WORDS.items()
}
AIMS: dict[Aim, Json] = {a: own_coding("outcome-aim", a.value, a.value.capitalize()) for a in Aim}
DOERS: dict[DoneBy, Json] = {d: own_coding("done-by", d.value, d.value.replace("_", " ").capitalize()) for d in DoneBy}
FUNDER_WORDS: dict[Funder, str] = {
    Funder.COUNCIL: "Council",
    Funder.NHS_DELEGATED: "NHS, for delegated health activities",
    Funder.NHS_CONTINUING_HEALTHCARE: "NHS continuing healthcare",
    Funder.JOINT: "Council and NHS jointly",
    Funder.SECTION_117: "Aftercare under section 117",
    Funder.PERSON: "The person",
}
FUNDERS: dict[Funder, Json] = {f: own_coding("funder", f.value, words) for f, words in FUNDER_WORDS.items()}
PLAN_KINDS: dict[PlanKind, Json] = {
    PlanKind.FULL: own_coding("plan-kind", "full", "Care and support plan"),
    PlanKind.INTERIM: own_coding("plan-kind", "interim", "Interim plan"),
}
# States that never leave have no status to leave with.
PLAN_STATUSES: dict[VersionState, str | None] = {
    VersionState.DRAFT: None,
    VersionState.PROPOSED: None,
    VersionState.AGREED: None,
    VersionState.WITHDRAWN: None,
    VersionState.NEVER_BEGAN: None,
    VersionState.IN_FORCE: "active",
    VersionState.SUPERSEDED: "revoked",
    VersionState.ENDED: "completed",
}
CAPACITIES: dict[Capacity, Json] = {
    Capacity.SOCIAL_WORKER: own_coding("signing-capacity", "social_worker", "For the council"),
    Capacity.TEAM_MANAGER: own_coding("signing-capacity", "team_manager", "For the council, above the first limit"),
    Capacity.PROVIDER: own_coding("signing-capacity", "provider", "For the provider"),
    Capacity.SELF: own_coding("signing-capacity", "self", "For themselves"),
    Capacity.REPRESENTATIVE: own_coding("signing-capacity", "representative", "As their representative"),
}
BEST_INTERESTS = own_coding("signing-capacity", "best_interests", "Decided in their best interests")
NOT_AGREED = own_coding("signing-capacity", "not_agreed", "Not agreed by the person")
CHANNELS: dict[Channel, Json] = {
    Channel.ONLINE: own_coding("agreement-channel", "online", "Online"),
    Channel.PAPER: own_coding("agreement-channel", "paper", "On paper"),
    Channel.TELEPHONE: own_coding("agreement-channel", "telephone", "By telephone"),
}

# Where a referral to a community organisation stands: of the request, and of what they do about it.
REFERRAL_STATUSES: dict[Event | None, tuple[str, str]] = {
    None: ("active", "requested"),
    Event.WAITING: ("active", "on-hold"),
    Event.ACCEPTED: ("active", "accepted"),
    Event.DECLINED: ("revoked", "rejected"),
    Event.STARTED: ("active", "in-progress"),
    Event.ATTENDED: ("active", "in-progress"),
    Event.ENDED: ("completed", "completed"),
    Event.WITHDRAWN: ("revoked", "cancelled"),
}
LEVELS: dict[Level, Json] = {
    Level.MUCH_MORE: coding(LOINC, "LA34479-8", "Much better than expected"),
    Level.MORE: coding(LOINC, "LA34480-6", "Better than expected"),
    Level.HOPED_FOR: coding(LOINC, "LA34481-4", "Expected outcome"),
    Level.LESS: coding(LOINC, "LA34483-0", "Less than expected"),
    Level.MUCH_LESS: coding(LOINC, "LA34484-8", "Much less than expected"),
}
GOAL_ATTAINMENT = coding(LOINC, "107332-9", "Goal attainment scale - Reported")
BASELINE = coding(LOINC, "112296-9", "Baseline goal attainment scaling score")
_BY_PRACTITIONER = coding(LOINC, "107333-7", "Practitioner follow-up goal attainment scaling score")
_BY_CAREGIVER = coding(LOINC, "107331-1", "Caregiver follow-up goal attainment scaling score")
VOICES: dict[Voice, Json] = {
    Voice.PERSON: coding(LOINC, "107334-5", "Patient follow-up goal attainment scaling score"),
    Voice.REPRESENTATIVE: _BY_CAREGIVER,
    Voice.UNPAID_CARER: _BY_CAREGIVER,
    Voice.WORKER: _BY_PRACTITIONER,
    Voice.PROFESSIONAL: _BY_PRACTITIONER,
}
RATING_KINDS: dict[RatingKind, Json] = {
    RatingKind.BASELINE: own_coding("rating-kind", "baseline", "Baseline"),
    RatingKind.REVIEW: own_coding("rating-kind", "review", "Rating at a review"),
    RatingKind.NOTE: own_coding("rating-kind", "note", "Note of progress"),
}

ORDER_STATUSES: dict[State, str] = {
    State.PROPOSED: "active",
    State.ACCEPTED: "active",
    State.ACTIVE: "active",
    State.SUSPENDED: "on-hold",
    State.WITHDRAWN: "revoked",
    State.EXPIRED: "completed",
}
TASK_STATUSES: dict[State, str] = {
    State.PROPOSED: "requested",
    State.ACCEPTED: "accepted",
    State.ACTIVE: "in-progress",
    State.SUSPENDED: "on-hold",
    State.WITHDRAWN: "cancelled",
    State.EXPIRED: "completed",
}
OCCASIONS: dict[OccasionResult, Json] = {
    OccasionResult.DONE: own_coding("occasion-result", "done", "Done"),
    OccasionResult.DECLINED: own_coding("occasion-result", "declined", "Declined by the person"),
    OccasionResult.NOT_DONE: own_coding("occasion-result", "not_done", "Not done"),
}
DOSES: dict[DoseResult, Json] = {r: own_coding("dose-result", r.value, r.words.capitalize()) for r in DoseResult}
ITEM_KINDS: dict[ItemKind, Json] = {
    k: own_coding("equipment-kind", k.value, k.words.capitalize()) for k in ItemKind
}
ITEM_STATUSES: dict[ItemState, str] = {
    ItemState.ORDERED: "active",
    ItemState.CANCELLED: "revoked",
    ItemState.DELIVERED: "completed",
    ItemState.IN_USE: "completed",
    ItemState.NOT_USED: "completed",
    ItemState.RETURNED: "completed",
}
BANK_STATUSES: dict[PeriodState, str] = {
    PeriodState.UPCOMING: "registered",
    PeriodState.CURRENT: "preliminary",
    PeriodState.ENDED: "preliminary",
    PeriodState.CLOSED: "final",
}

VISIT_STATUSES: dict[Status, str] = {
    Status.PLANNED: "planned",
    Status.COMPLETED: "finished",
    Status.NO_REPLY: "cancelled",
    Status.REFUSED: "cancelled",
    Status.IN_HOSPITAL: "cancelled",
    Status.CANCELLED: "cancelled",
    Status.MISSED: "cancelled",
}
RESULTS: dict[Result, Json] = {
    Result.COMPLETED: own_coding("visit-result", "completed", "Completed"),
    Result.NO_REPLY: own_coding("visit-result", "no_reply", "No reply"),
    Result.REFUSED: own_coding("visit-result", "refused", "Refused"),
    Result.IN_HOSPITAL: own_coding("visit-result", "in_hospital", "In hospital"),
}
MISSED = own_coding("visit-result", "missed", "Missed")
CANCELLED_BY: dict[CancelledBy, Json] = {
    CancelledBy.PERSON: own_coding("visit-result", "cancelled_by_person", "Cancelled by the person"),
    CancelledBy.PROVIDER: own_coding("visit-result", "cancelled_by_provider", "Cancelled by the provider"),
    CancelledBy.COUNCIL: own_coding("visit-result", "cancelled_by_council", "Cancelled by the council"),
    CancelledBy.HOSPITAL: own_coding("visit-result", "in_hospital", "In hospital"),
}
