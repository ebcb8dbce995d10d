"""Prescribing equipment, and following it until it is collected."""

from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.equipment import queries
from careplan.equipment.domain.item import (
    Item,
    ItemEvent,
    NewItem,
    check_item,
    check_item_step,
    effect_words,
)
from careplan.equipment.models import EquipmentRow, EquipmentStepRow
from careplan.kernel.clock import local_date
from careplan.kernel.errors import invalid
from careplan.kernel.ids import new_id
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.notices.service.telling import tell


def prescribe(*, person_id: UUID, said: NewItem, actor: Actor, now: datetime, equipment_id: UUID | None = None) -> UUID:
    """Orders a thing. Where it changes hours, the social worker is told, and decides at a review.  Raises Invalid."""
    check_item(said)
    if said.referral_id is not None:
        _check_referral(person_id, said.referral_id)
    row_id = equipment_id or new_id()
    db.session.add(
        EquipmentRow(
            id=row_id, person_id=person_id, referral_id=said.referral_id, kind=said.kind.value,
            name=said.name.strip(), why=said.why.strip(), supplier=said.supplier.strip(), cost=said.cost,
            minutes_before=said.before, minutes_after=said.after, ordered_at=now, ordered_by=actor.account_id,
        )
    )  # fmt: skip
    db.session.flush()
    effect = effect_words(said)
    if effect is not None:
        tell(
            person_id=person_id, audience=(Audience.COUNCIL,), kind=NoticeKind.REVIEW, actor=actor, now=now,
            address=f"/people/{person_id}/equipment",
            words=f"{effect} No hours have changed: look at it at a review.",
        )  # fmt: skip
    return row_id


def move_item_on(*, equipment_id: UUID, event: ItemEvent, on: date, words: str, actor: Actor, now: datetime) -> Item:
    """Writes down what happened to a thing, on which day.  Raises NotFound, NotNow, Invalid."""
    found = queries.get_item(equipment_id=equipment_id)
    check_item_step(found, event, on=on, words=words, today=local_date(now))
    db.session.add(
        EquipmentStepRow(
            equipment_id=found.id, person_id=found.person_id, event=event.value, on=on, at=now, by=actor.account_id,
            words=words.strip(),
        )
    )  # fmt: skip
    db.session.flush()
    return queries.get_item(equipment_id=equipment_id)


def _check_referral(person_id: UUID, referral_id: UUID) -> None:
    if queries.find_person_of_referral(referral_id=referral_id) != person_id:
        raise invalid("referral", "Choose a referral of this person, or none.")
