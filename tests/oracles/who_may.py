"""Who may do what, drawn by hand from what the service promises, and never read from the policy.

The policy is a list by role; this is a grid by section, so that neither can be made from the other by copying. A change
of the policy that nobody meant shows here as a cell that differs; one that was meant is drawn here too.
"""

from collections.abc import Iterator

from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Kind, Section

Cell = tuple[Role, Kind | None, Section, Action]

LETTERS = {
    "r": Action.READ, "w": Action.WRITE, "n": Action.CREATE, "p": Action.PROPOSE, "c": Action.COMMENT,
    "a": Action.AGREE, "o": Action.APPROVE, "d": Action.RECORD,
}  # fmt: skip

# Each column: who, by which relationship.
AROUND = {
    "citizen": (Role.CITIZEN, Kind.SELF),
    "attorney": (Role.REPRESENTATIVE, Kind.AUTHORITY),
    "carer": (Role.UNPAID_CARER, Kind.CARER),
    "social": (Role.SOCIAL_WORKER, Kind.CASELOAD),
    "manager": (Role.TEAM_MANAGER, Kind.TEAM),
    "coord": (Role.PROVIDER_COORDINATOR, Kind.PACKAGE),
    "assessor": (Role.TRUSTED_ASSESSOR, Kind.PACKAGE),
    "worker": (Role.CARE_WORKER, Kind.ROUND),
    "nurse": (Role.NURSE, Kind.DELEGATION),
    "therapist": (Role.OCCUPATIONAL_THERAPIST, Kind.REFERRAL),
    "system": (Role.NHS_SYSTEM, Kind.SHARING),
    "lead": (Role.SAFEGUARDING_LEAD, Kind.SAFEGUARDING),
}

# A person's record: r read, w write, p propose, c comment, a agree, o approve, d record; a dot: nothing.
WITH_A_PERSON = """
section      citizen attorney carer social manager coord assessor worker nurse therapist system lead
person       r       r        r     rw     r       r     r        r      r     r         .      r
door         r       r        r     rw     r       rw    rw       rd     rw    rw        .      r
about        rw      r        r     rw     r       r     r        r      r     r         .      .
plan         rc      rc       rc    rwcp   rc      rc    rc       rc     rc    rc        .      .
easy_read    ra      r        r     rwd    r       r     r        r      r     r         .      .
agreement    a       a        .     ad     ao      a     .        .      .     .         .      .
review       r       r        .     rd     r       r     r        .      r     r         .      .
hours        ra      ra       .     rw     rw      r     rw       .      .     .         .      .
contingency  r       r        .     rdo    rdo     rdo   rd       .      .     .         .      .
visits       r       r        r     r      r       rwd   r        rd     r     r         .      .
outcomes     rd      rd       rd    rd     r       rd    rd       rd     rd    rd        .      .
delegation   r       r        .     r      r       rw    r        rd     rw    .         .      .
equipment    r       r        .     rp     r       rwp   .        r      r     rw        .      .
concern      d       d        d     rdw    rd      rd    d        d      d     d         .      rdwo
complaint    rd      rd       .     ro     ro      ro    .        .      .     .         .      .
access_log   r       r        .     r      r       .     .        .      .     .         .      .
assessment   r       r        .     rw     rw      .     .        .      .     .         .      .
determination .      .        .     .      .       r     r        .      .     .         .      .
third_party  .       .        .     rd     rd      .     .        .      .     .         .      .
carer        .       .        .     rw     r       .     .        .      .     .         .      .
carer_shared r       r        .     .      .       r     .        .      .     .         .      .
community    r        r        .     rd     r       rd    .        .      .     .         .      .
given        r       r        .     rd     rd      r     .        .      .     .         .      .
record       rw      r        r     r      r       r     r        .      r     r         r      .
ending       .       .        .     d      d       .     .        .      .     .         .      .
transfer     .       .        .     rwc    rwc     rc    .        .      .     .         .      .
charges      r       r        .     .      .       .     .        .      .     .         .      .
"""

# What a role does where no single person's record is concerned. n: enters somebody new.
WITHOUT_A_PERSON = {
    Role.CITIZEN: "caring:rw",
    Role.REPRESENTATIVE: "caring:rw",
    Role.UNPAID_CARER: "caring:rw",
    Role.SOCIAL_WORKER: "person:rn organisations:r contingency:ro concern:r complaint:r review:r equipment:r",
    Role.TEAM_MANAGER: (
        "person:r organisations:r contingency:ro concern:r complaint:r agreement:r review:r transfer:rn"
    ),
    Role.PROVIDER_COORDINATOR: (
        "person:r organisations:r provider_day:rw delegation:rw contingency:r concern:r complaint:r "
        "provider_pay:r equipment:r"
    ),
    Role.TRUSTED_ASSESSOR: "person:r organisations:r provider_day:r contingency:r",
    Role.CARE_WORKER: "visits:rd delegation:ra organisations:r",
    Role.NURSE: "person:r organisations:r delegation:rwp",
    Role.OCCUPATIONAL_THERAPIST: "person:r organisations:r equipment:r",
    Role.SAFEGUARDING_LEAD: "organisations:r concern:r",
    Role.FINANCE_OFFICER: "organisations:r payments:rw charges:rw",
    Role.COMMISSIONER: "organisations:r commissioning:r payments:r",
    Role.BROKER: "organisations:r commissioning:r",
    Role.AUDITOR: "audit:r",
    Role.PRIVACY_OFFICER: "audit:r",
    Role.ADMIN: "admin:rw fhir_clients:rw organisations:rw",
}


# Whoever signs in has news of their own.
READ_NEWS = [role for role in Role if role not in (Role.NHS_SYSTEM, Role.SYSTEM)]


def _with_a_person() -> Iterator[Cell]:
    heads, *rows = (line.split() for line in WITH_A_PERSON.strip().splitlines())
    for section, *cells in rows:
        for column, letters in zip(heads[1:], cells, strict=True):
            role, kind = AROUND[column]
            yield from ((role, kind, Section(section), LETTERS[c]) for c in letters if c != ".")


def _without_a_person() -> Iterator[Cell]:
    for role, said in WITHOUT_A_PERSON.items():
        for entry in said.split():
            section, letters = entry.split(":")
            yield from ((role, None, Section(section), LETTERS[c]) for c in letters)


def _of_news() -> Iterator[Cell]:
    yield from ((role, None, Section.NEWS, Action.READ) for role in READ_NEWS)


ALLOWED: frozenset[Cell] = frozenset([*_with_a_person(), *_without_a_person(), *_of_news()])
EVERY_CELL: tuple[Cell, ...] = tuple(
    (role, kind, section, action) for role in Role for kind in (None, *Kind) for section in Section for action in Action
)
