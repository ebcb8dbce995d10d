"""A notice: one sentence for one reader about one person, and the page where they act on it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from careplan.access.domain.actor import Role
from careplan.access.domain.policy import RULES, Kind, Section
from careplan.kernel.errors import invalid

LONGEST = 1_000


class Audience(StrEnum):
    """Whom an act concerns: a party, or an office that must know."""

    COUNCIL = "council"
    TEAM_MANAGER = "team_manager"
    PROVIDER = "provider"
    PERSON = "person"
    CARER = "carer"
    NURSE = "nurse"
    OCCUPATIONAL_THERAPIST = "occupational_therapist"
    SAFEGUARDING_LEAD = "safeguarding_lead"


# Who stands for an audience by a relationship with the person. A representative's authority must reach care besides.
TIES: dict[Audience, frozenset[tuple[Role, Kind]]] = {
    Audience.COUNCIL: frozenset({(Role.SOCIAL_WORKER, Kind.CASELOAD)}),
    Audience.TEAM_MANAGER: frozenset({(Role.TEAM_MANAGER, Kind.TEAM)}),
    Audience.PROVIDER: frozenset({(Role.PROVIDER_COORDINATOR, Kind.PACKAGE)}),
    Audience.PERSON: frozenset({(Role.CITIZEN, Kind.SELF), (Role.REPRESENTATIVE, Kind.AUTHORITY)}),
    Audience.CARER: frozenset({(Role.UNPAID_CARER, Kind.CARER)}),
    Audience.NURSE: frozenset({(Role.NURSE, Kind.DELEGATION)}),
    Audience.OCCUPATIONAL_THERAPIST: frozenset({(Role.OCCUPATIONAL_THERAPIST, Kind.REFERRAL)}),
}
# Who stands for an audience by their office alone, related to the person or not.
OFFICES: dict[Audience, Role] = {Audience.SAFEGUARDING_LEAD: Role.SAFEGUARDING_LEAD}


# They read their own pages, under /me, where everyone else reads those of people and plans.
HAVE_OWN_PAGES = frozenset({Role.CITIZEN, Role.REPRESENTATIVE, Role.UNPAID_CARER})
# Those to whom a message about somebody who has died would come as a blow.
ON_THE_PERSONS_SIDE = frozenset({Audience.PERSON, Audience.CARER})


class NoticeKind(StrEnum):
    """What a notice is about."""

    SUGGESTION = "suggestion"
    ANSWER = "answer"
    COMMENT = "comment"
    SENT_ROUND = "sent_round"
    AGREEMENT = "agreement"
    WITHDRAWAL = "withdrawal"
    IN_FORCE = "in_force"
    REVIEW = "review"
    PARTNERSHIP = "partnership"
    ENDING = "ending"
    ABOUT_ME = "about_me"
    DOCUMENT = "document"
    HOURS = "hours"
    VISIT = "visit"
    DELEGATION = "delegation"
    CONCERN = "concern"
    COMPLAINT = "complaint"
    ASSESSMENT = "assessment"
    CARER = "carer"
    DOOR = "door"
    COMMUNITY = "community"


# The part of the record that a notice speaks of: whom that part is closed to is shown no such notice.
SECTIONS: dict[NoticeKind, Section] = {
    **dict.fromkeys(NoticeKind, Section.PLAN),
    NoticeKind.PARTNERSHIP: Section.PERSON,
    NoticeKind.ENDING: Section.PERSON,
    NoticeKind.COMPLAINT: Section.COMPLAINT,
    NoticeKind.ABOUT_ME: Section.ABOUT,
    NoticeKind.HOURS: Section.HOURS,
    NoticeKind.VISIT: Section.VISITS,
    NoticeKind.DELEGATION: Section.DELEGATION,
    NoticeKind.CONCERN: Section.CONCERN,
    NoticeKind.ASSESSMENT: Section.ASSESSMENT,
    NoticeKind.DOOR: Section.DOOR,
    NoticeKind.COMMUNITY: Section.COMMUNITY,
    # Both the council's team and the carer have this part; only the one to whom it is addressed is shown it.
    NoticeKind.CARER: Section.PERSON,
}


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody was told, when, and when they opened it; `address` is a path of this product."""

    id: UUID
    recipient_id: UUID
    person_id: UUID
    kind: NoticeKind
    words: str
    address: str
    told_at: datetime
    read_at: datetime | None = None


def ties_of(audience: Collection[Audience]) -> frozenset[tuple[Role, Kind]]:
    """The roles, each with the relationship, by which one stands for any of these."""
    return frozenset(tie for one in audience for tie in TIES.get(one, ()))


def offices_of(audience: Collection[Audience]) -> frozenset[Role]:
    """The roles that stand for any of these without a relationship."""
    return frozenset(OFFICES[one] for one in audience if one in OFFICES)


def kinds_open_to(role: Role) -> dict[Kind, frozenset[NoticeKind]]:
    """By relationship, the kinds of notice whose part of the record it opens to this role at all."""
    opened: dict[Kind, frozenset[NoticeKind]] = {}
    for kind in {r.kind for r in RULES if r.role is role and r.kind is not None}:
        sections = {r.section for r in RULES if (r.role, r.kind) == (role, kind)}
        opened[kind] = frozenset(k for k in NoticeKind if SECTIONS[k] in sections)
    return opened


def check_words(*, words: str, address: str) -> str:
    """The sentence without the space around it.  Raises Invalid for none, one too long, or another site's address."""
    tidy = words.strip()
    if not tidy or len(tidy) > LONGEST:
        raise invalid("words", f"A notice says something, in at most {LONGEST:,} characters.")
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        raise invalid("address", "A notice leads to a page of this product.")
    return tidy
