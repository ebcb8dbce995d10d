"""The one policy: a table of who may do what to which part of the record of a person they are related to, and how.

Allowed is what a row allows; everything else is denied. The SQL that filters lists is made from the same rows
(`access.queries.select_visible`), and the decision about one person is that query with an id.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from careplan.access.domain.actor import Role


class Kind(StrEnum):
    """How an account, a team or an organisation is related to a person."""

    SELF = "self"
    AUTHORITY = "authority"
    CARER = "carer"
    CASELOAD = "caseload"
    TEAM = "team"
    PACKAGE = "package"
    ROUND = "round"
    DELEGATION = "delegation"
    REFERRAL = "referral"
    SAFEGUARDING = "safeguarding"
    SHARING = "sharing"


class Section(StrEnum):
    """A part of the record, or of the product, that access is granted to as a whole."""

    PERSON = "person"
    DOOR = "door"
    ABOUT = "about"
    PLAN = "plan"
    EASY_READ = "easy_read"
    AGREEMENT = "agreement"
    REVIEW = "review"
    ASSESSMENT = "assessment"
    DETERMINATION = "determination"
    THIRD_PARTY = "third_party"
    GIVEN = "given"
    # A carer's own record: as the council keeps it, as the carer has it, and the plan as far as the carer shows it.
    CARER = "carer"
    CARING = "caring"
    CARER_SHARED = "carer_shared"
    HOURS = "hours"
    CONTINGENCY = "contingency"
    VISITS = "visits"
    OUTCOMES = "outcomes"
    DELEGATION = "delegation"
    EQUIPMENT = "equipment"
    COMMUNITY = "community"
    CONCERN = "concern"
    COMPLAINT = "complaint"
    ACCESS_LOG = "access_log"
    RECORD = "record"
    ORGANISATIONS = "organisations"
    PROVIDER_DAY = "provider_day"
    ENDING = "ending"
    TRANSFER = "transfer"
    COMMISSIONING = "commissioning"
    PAYMENTS = "payments"
    PROVIDER_PAY = "provider_pay"
    CHARGES = "charges"
    FHIR_CLIENTS = "fhir_clients"
    ADMIN = "admin"
    NEWS = "news"
    AUDIT = "audit"


class Action(StrEnum):
    """What is done to a section."""

    READ = "read"
    WRITE = "write"
    CREATE = "create"
    PROPOSE = "propose"
    COMMENT = "comment"
    AGREE = "agree"
    APPROVE = "approve"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Rule:
    """A role may do this to a section of the record of people related in this way; no kind: it needs no person."""

    role: Role
    kind: Kind | None
    section: Section
    action: Action


_EVERYONE_AROUND = {
    "person": "read", "door": "read", "about": "read", "plan": "read comment", "outcomes": "read", "concern": "record",
    "easy_read": "read",
}  # fmt: skip

_TABLE: tuple[tuple[Role, Kind | None, dict[str, str]], ...] = (
    (Role.CITIZEN, Kind.SELF, {
        "person": "read", "about": "read write", "plan": "read comment", "agreement": "agree",
        "hours": "read agree", "contingency": "read", "visits": "read", "outcomes": "read record",
        "delegation": "read", "concern": "record", "access_log": "read", "record": "read write", "door": "read",
        "assessment": "read", "given": "read", "easy_read": "read agree",
        "complaint": "read record",
        "review": "read", "charges": "read", "carer_shared": "read", "equipment": "read", "community": "read",
    }),
    (Role.REPRESENTATIVE, Kind.AUTHORITY, {
        "person": "read", "about": "read", "plan": "read comment", "agreement": "agree",
        "hours": "read agree",
        "contingency": "read", "visits": "read", "outcomes": "read record", "delegation": "read", "concern": "record",
        "access_log": "read", "record": "read", "door": "read",
        "assessment": "read", "given": "read", "easy_read": "read",
        "complaint": "read record",
        "review": "read", "charges": "read", "carer_shared": "read", "equipment": "read", "community": "read",
    }),
    # Whoever is close to a person may care for one, and has a record of their own: it needs no tie to that person.
    *((role, None, {"caring": "read write"}) for role in (Role.CITIZEN, Role.REPRESENTATIVE, Role.UNPAID_CARER)),
    (Role.UNPAID_CARER, Kind.CARER, {
        **_EVERYONE_AROUND, "outcomes": "read record", "visits": "read", "record": "read",
    }),
    (Role.SOCIAL_WORKER, Kind.CASELOAD, {
        "person": "read write", "about": "read write", "plan": "read write comment propose",
        "agreement": "agree record",
        "hours": "read write", "contingency": "read record approve", "visits": "read", "outcomes": "read record",
        "delegation": "read", "concern": "read record write", "access_log": "read", "record": "read",
        "door": "read write", "ending": "record", "transfer": "read write comment",
        "assessment": "read write", "third_party": "read record", "given": "read record",
        "easy_read": "read write record",
        "complaint": "read approve",
        "review": "read record",
        "carer": "read write", "equipment": "read propose", "community": "read record",
    }),
    (Role.SOCIAL_WORKER, None, {
        "person": "read create", "organisations": "read", "contingency": "read approve", "concern": "read",
        "complaint": "read",
        "review": "read", "equipment": "read",
    }),
    (Role.TEAM_MANAGER, Kind.TEAM, {
        "person": "read", "about": "read", "plan": "read comment", "agreement": "agree approve", "hours": "read write",
        "contingency": "read record approve", "visits": "read", "outcomes": "read", "delegation": "read",
        "concern": "read record", "access_log": "read", "record": "read", "door": "read", "ending": "record",
        "transfer": "read write comment",
        "assessment": "read write", "third_party": "read record", "given": "read record", "easy_read": "read",
        "complaint": "read approve",
        "review": "read",
        "carer": "read", "equipment": "read", "community": "read",
    }),
    (Role.TEAM_MANAGER, None, {
        "person": "read", "organisations": "read", "contingency": "read approve", "concern": "read",
        "agreement": "read", "complaint": "read", "transfer": "read create",
        "review": "read",
    }),
    (Role.PROVIDER_COORDINATOR, Kind.PACKAGE, {
        **_EVERYONE_AROUND, "agreement": "agree", "hours": "read", "contingency": "read record approve",
        "visits": "read write record", "outcomes": "read record", "delegation": "read write", "record": "read",
        "door": "read write", "concern": "read record",
        "determination": "read", "given": "read", "transfer": "read comment",
        "complaint": "read approve",
        "review": "read", "carer_shared": "read", "equipment": "read write propose",
        "community": "read record",
    }),
    (Role.PROVIDER_COORDINATOR, None, {
        "person": "read", "provider_day": "read write", "delegation": "read write", "organisations": "read",
        "contingency": "read", "concern": "read", "complaint": "read", "provider_pay": "read", "equipment": "read",
    }),
    (Role.TRUSTED_ASSESSOR, Kind.PACKAGE, {
        **_EVERYONE_AROUND, "hours": "read write", "contingency": "read record", "visits": "read",
        "outcomes": "read record", "delegation": "read", "record": "read", "door": "read write",
        "determination": "read", "review": "read",
    }),
    (Role.TRUSTED_ASSESSOR, None, {
        "person": "read", "provider_day": "read", "organisations": "read", "contingency": "read",
    }),
    (Role.CARE_WORKER, Kind.ROUND, {
        **_EVERYONE_AROUND, "visits": "read record", "outcomes": "read record", "delegation": "read record",
        "equipment": "read", "door": "read record",
    }),
    (Role.CARE_WORKER, None, {"visits": "read record", "delegation": "read agree", "organisations": "read"}),
    (Role.NURSE, Kind.DELEGATION, {
        **_EVERYONE_AROUND, "visits": "read", "outcomes": "read record", "delegation": "read write", "record": "read",
        "door": "read write", "review": "read", "equipment": "read",
    }),
    (Role.NURSE, None, {"person": "read", "delegation": "read write propose", "organisations": "read"}),
    (Role.OCCUPATIONAL_THERAPIST, Kind.REFERRAL, {
        **_EVERYONE_AROUND, "visits": "read", "outcomes": "read record", "record": "read", "door": "read write",
        "review": "read", "equipment": "read write",
    }),
    (Role.OCCUPATIONAL_THERAPIST, None, {"person": "read", "organisations": "read", "equipment": "read"}),
    (Role.NHS_SYSTEM, Kind.SHARING, {"record": "read"}),
    (Role.SAFEGUARDING_LEAD, Kind.SAFEGUARDING, {
        "person": "read", "door": "read", "concern": "read record write approve",
    }),
    (Role.SAFEGUARDING_LEAD, None, {"organisations": "read", "concern": "read"}),
    (Role.COMMISSIONER, None, {"organisations": "read", "commissioning": "read", "payments": "read"}),
    (Role.BROKER, None, {"organisations": "read", "commissioning": "read"}),
    (Role.FINANCE_OFFICER, None, {"organisations": "read", "payments": "read write", "charges": "read write"}),
    (Role.AUDITOR, None, {"audit": "read"}),
    (Role.PRIVACY_OFFICER, None, {"audit": "read"}),
    (Role.ADMIN, None, {"admin": "read write", "fhir_clients": "read write", "organisations": "read write"}),
)  # fmt: skip


# Systems are told nothing in words. What a notice speaks of is opened by relationships, one by one.
_READ_NEWS = frozenset(Role) - {Role.NHS_SYSTEM, Role.SYSTEM}


def _rules() -> Iterator[Rule]:
    for role in _READ_NEWS:
        yield Rule(role, None, Section.NEWS, Action.READ)
    for role, kind, sections in _TABLE:
        for section, actions in sections.items():
            for action in actions.split():
                yield Rule(role, kind, Section(section), Action(action))


RULES: frozenset[Rule] = frozenset(_rules())


def kinds_that_allow(*, role: Role, section: Section, action: Action) -> frozenset[Kind]:
    """The relationships that open this section to this role for this action; none: it is denied."""
    return frozenset(
        r.kind for r in RULES if r.kind is not None and (r.role, r.section, r.action) == (role, section, action)
    )


def role_alone_allows(*, role: Role, section: Section, action: Action) -> bool:
    """Whether the role may do this where no single person's record is concerned."""
    return Rule(role, None, section, action) in RULES
