"""Referrals and equipment as frozen values."""

from uuid import UUID

from sqlalchemy import Select, select

from careplan.db import db
from careplan.equipment.domain.item import IN_THE_HOME, Item, ItemEvent, ItemKind, ItemStep, NewItem
from careplan.equipment.domain.referral import Referral, ReferralEvent, ReferralStep, Urgency
from careplan.equipment.models import EquipmentRow, EquipmentStepRow, ReferralRow, ReferralStepRow
from careplan.kernel.errors import NotFound
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence


def find_person_of_referral(*, referral_id: UUID, **_: object) -> UUID | None:
    """Who was referred, as far as the transaction's actor may see."""
    return db.session.scalar(select(ReferralRow.person_id).where(ReferralRow.id == referral_id))


def find_person_of_item(*, equipment_id: UUID, **_: object) -> UUID | None:
    """For whom a thing was prescribed, as far as the transaction's actor may see."""
    return db.session.scalar(select(EquipmentRow.person_id).where(EquipmentRow.id == equipment_id))


def get_referral(*, referral_id: UUID) -> Referral:
    """One referral with its steps.  Raises NotFound."""
    found = _referrals(select(ReferralRow).where(ReferralRow.id == referral_id))
    if not found:
        raise NotFound("There is no such referral.")
    return found[0]


def list_referrals(*, visible: Select[UUID] | None = None, person_id: UUID | None = None) -> list[Referral]:
    """Those of the people whom the policy shows, or of one person, latest first."""
    query = select(ReferralRow).order_by(ReferralRow.sent_at.desc(), ReferralRow.id.desc())
    if visible is not None:
        query = query.where(ReferralRow.person_id.in_(visible))
    if person_id is not None:
        query = query.where(ReferralRow.person_id == person_id)
    return _referrals(query)


def get_item(*, equipment_id: UUID) -> Item:
    """One thing with what happened to it.  Raises NotFound."""
    found = _items(select(EquipmentRow).where(EquipmentRow.id == equipment_id))
    if not found:
        raise NotFound("There is no such thing on this record.")
    return found[0]


def list_items(*, person_id: UUID) -> list[Item]:
    """Everything that was ever prescribed for a person, latest first."""
    query = select(EquipmentRow).where(EquipmentRow.person_id == person_id)
    return _items(query.order_by(EquipmentRow.ordered_at.desc(), EquipmentRow.id.desc()))


def list_in_the_home(*, person_id: UUID) -> list[Item]:
    """What stands in a person's home and is to be collected when their care ends."""
    return [i for i in list_items(person_id=person_id) if i.state in IN_THE_HOME]


def _referrals(query: Select[ReferralRow]) -> list[Referral]:
    rows = db.session.scalars(query).all()
    steps: dict[UUID, list[ReferralStep]] = {r.id: [] for r in rows}
    if rows:
        found = db.session.scalars(
            select(ReferralStepRow)
            .where(ReferralStepRow.referral_id.in_(list(steps)))
            .order_by(ReferralStepRow.at, ReferralStepRow.id)
        )
        for s in found:
            steps[s.referral_id].append(ReferralStep(ReferralEvent(s.event), s.at, s.by, s.words, s.visit_on))
    return [
        Referral(
            id=r.id,
            person_id=r.person_id,
            therapist_id=r.therapist_id,
            reason=r.reason,
            urgency=Urgency(r.urgency),
            agreed=r.agreed,
            sent_at=r.sent_at,
            sent_by=r.sent_by,
            steps=tuple(steps[r.id]),
        )
        for r in rows
    ]


def _items(query: Select[EquipmentRow]) -> list[Item]:
    rows = db.session.scalars(query).all()
    steps: dict[UUID, list[ItemStep]] = {r.id: [] for r in rows}
    if rows:
        found = db.session.scalars(
            select(EquipmentStepRow)
            .where(EquipmentStepRow.equipment_id.in_(list(steps)))
            .order_by(EquipmentStepRow.at, EquipmentStepRow.id)
        )
        for s in found:
            steps[s.equipment_id].append(ItemStep(ItemEvent(s.event), s.on, s.at, s.by, s.words))
    return [Item(r.id, r.person_id, _said(r), r.ordered_at, r.ordered_by, tuple(steps[r.id])) for r in rows]


def _said(row: EquipmentRow) -> NewItem:
    return NewItem(
        kind=ItemKind(row.kind),
        name=row.name,
        why=row.why,
        cost=Pence(row.cost) if row.cost is not None else None,
        supplier=row.supplier,
        before=Minutes(row.minutes_before) if row.minutes_before is not None else None,
        after=Minutes(row.minutes_after) if row.minutes_after is not None else None,
        referral_id=row.referral_id,
    )
