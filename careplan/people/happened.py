"""Who joined and left, what the person said, and medicines and papers, for the timeline of a person's record; and
what has changed lately for everybody of what a worker must know before they give or hand anything."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, literal, select, union_all

from careplan.db import db
from careplan.db.moments import Moments, moments
from careplan.people.domain.partnership import MemberKind
from careplan.people.models import (
    AboutMeRow,
    AdvanceDecisionRow,
    AllergyRow,
    ContactRow,
    MedicineRow,
    PartnershipMemberRow,
)

SIDES = {
    MemberKind.SOCIAL_WORKER: "council",
    MemberKind.PROVIDER: "provider",
    MemberKind.NURSE: "nhs",
    MemberKind.OCCUPATIONAL_THERAPIST: "nhs",
    MemberKind.REPRESENTATIVE: "person",
    MemberKind.UNPAID_CARER: "person",
}


@dataclass(frozen=True, slots=True)
class HealthChange:
    """A medicine or an allergy that was written down, corrected or marked as a mistake; `name` may be unknown."""

    key: UUID
    person_id: UUID
    what: str
    name: str | None
    by: UUID
    at: datetime


def list_health_changes(*, since: datetime) -> list[HealthChange]:
    """Changes of medicines and allergies of everybody from an instant on, the earliest first."""
    m, a = MedicineRow, AllergyRow
    recorded = case((m.corrects.is_not(None), "medicine_corrected"), else_="medicine_recorded")
    changes = union_all(
        _change(m, recorded, m.name, m.recorded_by, m.recorded_at, since),
        _change(m, literal("medicine_retracted"), m.name, m.retracted_by, m.retracted_at, since),
        _change(a, literal("allergy_recorded"), a.substance, a.recorded_by, a.recorded_at, since),
        _change(a, literal("allergy_retracted"), a.substance, a.retracted_by, a.retracted_at, since),
    ).subquery()
    rows = db.session.execute(select(changes).order_by(changes.c.at, changes.c.key))
    return [HealthChange(*row) for row in rows]


def _change(table: Any, what: Any, name: Any, by: Any, at: Any, since: datetime) -> Select[Any]:
    return select(
        table.id.label("key"), table.person_id, what.label("what"), name.label("name"), by.label("by"), at.label("at")
    ).where(at >= since)


def select_moments(*, person_id: UUID) -> dict[str, Moments]:
    """Members, words about oneself, medicines and papers about treatment, each by its name."""
    return {**_members(person_id), **_health(person_id), **_words(person_id)}


def _members(person_id: UUID) -> dict[str, Moments]:
    m = PartnershipMemberRow
    side = case(*((m.kind == kind.value, party) for kind, party in SIDES.items()))
    facts = {"kind": m.kind, "who": ContactRow.name, "organisation": m.organisation_id}
    return {
        what: moments(at=at, key=m.id, by=m.account_id, party=side, facts=facts)
        .outerjoin(ContactRow, ContactRow.id == m.contact_id)
        .where(m.person_id == person_id, at.is_not(None))
        for what, at in (("member_joined", m.since), ("member_left", m.until))
    }


def _health(person_id: UUID) -> dict[str, Moments]:
    m, d = MedicineRow, AdvanceDecisionRow
    medicine: dict[str, Any] = {"name": m.name, "corrects": m.corrects.is_not(None)}
    paper: dict[str, Any] = {"kind": d.kind, "corrects": d.corrects.is_not(None)}
    return {
        "medicine_recorded": moments(at=m.recorded_at, key=m.id, by=m.recorded_by, facts=medicine).where(
            m.person_id == person_id
        ),
        "medicine_checked": moments(at=m.checked_at, key=m.id, by=m.checked_by, facts=medicine).where(
            m.person_id == person_id, m.checked_at.is_not(None)
        ),
        "medicine_retracted": moments(at=m.retracted_at, key=m.id, by=m.retracted_by, facts=medicine).where(
            m.person_id == person_id, m.retracted_at.is_not(None)
        ),
        "decision_recorded": moments(at=d.recorded_at, key=d.id, by=d.recorded_by, facts=paper).where(
            d.person_id == person_id
        ),
        "decision_retracted": moments(at=d.retracted_at, key=d.id, by=d.retracted_by, facts=paper).where(
            d.person_id == person_id, d.retracted_at.is_not(None)
        ),
    }


def _words(person_id: UUID) -> dict[str, Moments]:
    a = AboutMeRow
    return {"about_written": moments(at=a.recorded_at, key=a.id, by=a.recorded_by).where(a.person_id == person_id)}
