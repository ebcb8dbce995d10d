"""Who has looked at a record, said so that anyone understands it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Protocol
from uuid import UUID

from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Section
from careplan.kernel.clock import local_date

PARTS = {
    Section.PERSON: "your details",
    Section.DOOR: "what helpers need to know at your door",
    Section.ABOUT: "what you said about yourself",
    Section.PLAN: "your plan",
    Section.EASY_READ: "your plan in Easy Read",
    Section.AGREEMENT: "who agreed your plan",
    Section.REVIEW: "reviews of your plan",
    Section.ASSESSMENT: "your assessment",
    # That there are notes about others is not told either.
    Section.THIRD_PARTY: "your assessment",
    Section.DETERMINATION: "what was decided about your care",
    Section.GIVEN: "what we gave you",
    Section.COMMUNITY: "who in your neighbourhood was asked to help",
    Section.HOURS: "your hours",
    Section.CONTINGENCY: "your hours kept aside",
    Section.VISITS: "your visits",
    Section.OUTCOMES: "how you are getting on",
    Section.DELEGATION: "health care that a nurse has handed over",
    Section.EQUIPMENT: "equipment and who was asked about it",
    Section.CONCERN: "a worry that somebody raised",
    Section.COMPLAINT: "something that you told us was wrong",
    Section.ACCESS_LOG: "who has looked at your record",
    Section.RECORD: "your whole record",
    # Neither shows in anybody's list but that of who did it.
    Section.CARER: "a carer’s own record",
    Section.CARING: "a carer’s own record",
    Section.CARER_SHARED: "what a carer lets others read",
    Section.CHARGES: "what your care costs you",
    Section.ENDING: "how your care ends",
    Section.TRANSFER: "your move to another provider",
    Section.NEWS: "news about you",
}
DONE = {
    "read": "looked at",
    "write": "changed",
    "create": "added",
    "propose": "put forward",
    "comment": "wrote a comment on",
    "agree": "answered about",
    "approve": "decided about",
    "record": "wrote in",
    "refused": "was not let in to",
}
ROLES = {
    Role.SOCIAL_WORKER: "social worker",
    Role.TEAM_MANAGER: "manager of the social workers",
    Role.PROVIDER_COORDINATOR: "plans the visits",
    Role.TRUSTED_ASSESSOR: "may change hours a little",
    Role.CARE_WORKER: "care worker",
    Role.NURSE: "nurse",
    Role.OCCUPATIONAL_THERAPIST: "occupational therapist",
    Role.CITIZEN: "you",
    Role.REPRESENTATIVE: "acts for you",
    Role.UNPAID_CARER: "looks after you",
    Role.NHS_SYSTEM: "NHS computer system",
    Role.SYSTEM: "this service",
}


class Looked(Protocol):
    """As much of an audit line as is said here."""

    @property
    def at(self) -> datetime: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def organisation_id(self) -> UUID | None: ...
    @property
    def section(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def reason(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class LookLine:
    """One line: when, who, from where, what they did with which part, and why where they said it."""

    at: datetime
    name: str
    role: str
    organisation: str | None
    did: str
    part: str
    reason: str | None
    refused: bool


@dataclass(frozen=True, slots=True)
class LookDay:
    """The lines of one London day, the latest first."""

    day: date
    lines: tuple[LookLine, ...]


def by_day(looks: Sequence[Looked], *, organisations: Mapping[UUID, str]) -> list[LookDay]:
    """The looks, which come latest first, by day."""
    return [
        LookDay(day, tuple(_line(look, organisations) for look in same_day))
        for day, same_day in groupby(looks, key=lambda look: local_date(look.at))
    ]


def _line(look: Looked, organisations: Mapping[UUID, str]) -> LookLine:
    role = Role(look.role)
    return LookLine(
        at=look.at,
        name="You" if role is Role.CITIZEN else look.name,
        role="" if role is Role.CITIZEN else ROLES.get(role, role.value.replace("_", " ")),
        organisation=organisations.get(look.organisation_id) if look.organisation_id else None,
        did=DONE.get(look.action, look.action),
        part=PARTS.get(Section(look.section), look.section),
        reason=look.reason,
        refused=look.action == "refused",
    )
