"""Transfers with how far each has come: a few statements however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from careplan.db import db
from careplan.db.together import together
from careplan.delegation import queries as delegation
from careplan.delegation.domain.delegation import Delegation, State, state_at
from careplan.kernel.errors import NotFound
from careplan.organisations import queries as organisations
from careplan.people import queries as people
from careplan.people.domain.person import Person
from careplan.plans.standing import list_ended, list_facts
from careplan.transfers import rows
from careplan.transfers.domain.act import Act
from careplan.transfers.domain.transfer import (
    Around,
    Consultation,
    HandoverNote,
    Progress,
    Transfer,
    in_the_way,
    progress_of,
)
from careplan.transfers.models import HandoverNoteRow, TransferActRow, TransferConsultationRow, TransferRow

ACCEPTED = (State.ACCEPTED, State.ACTIVE, State.SUSPENDED)
MOST = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """A transfer with the person, how far it has come, and what the person said."""

    transfer: Transfer
    person: Person
    progress: Progress
    consultation: Consultation | None


def get_transfer(*, person_id: UUID, transfer_id: UUID) -> Transfer:
    """One of a person's transfers.  Raises NotFound."""
    row = db.session.get(TransferRow, transfer_id)
    if row is None or row.person_id != person_id:
        raise NotFound("There is no such transfer.")
    return rows.transfer(row)


def find_transfer(*, person_id: UUID) -> Transfer | None:
    """A person's latest transfer."""
    row = db.session.scalar(
        select(TransferRow)
        .where(TransferRow.person_id == person_id)
        .order_by(TransferRow.started_at.desc(), TransferRow.id.desc())
        .limit(1)
    )
    return rows.transfer(row) if row else None


def find_standing(*, person_id: UUID, at: datetime) -> Standing | None:
    """A person's latest transfer with how far it has come."""
    found = find_transfer(person_id=person_id)
    return next(iter(list_standings(transfers=[found], at=at)), None) if found else None


def list_consultations(*, transfer_id: UUID) -> list[Consultation]:
    """What the person said of it, the latest first: it is the one that counts."""
    query = (
        select(TransferConsultationRow)
        .where(TransferConsultationRow.transfer_id == transfer_id)
        .order_by(TransferConsultationRow.recorded_at.desc(), TransferConsultationRow.id.desc())
    )
    return [rows.consultation(r) for r in db.session.scalars(query)]


def list_notes(*, transfer_id: UUID) -> list[HandoverNote]:
    """Notes of handover, oldest first."""
    query = select(HandoverNoteRow).where(HandoverNoteRow.transfer_id == transfer_id)
    return [rows.note(r) for r in db.session.scalars(query.order_by(HandoverNoteRow.at, HandoverNoteRow.id))]


def get_act(*, act_id: UUID) -> Act:
    """An act for many, as far as the transaction's actor may see.  Raises NotFound."""
    row = db.session.scalar(select(TransferActRow).where(TransferActRow.id == act_id))
    if row is None:
        raise NotFound("There is no such transfer.")
    return rows.act(row)


def list_acts(*, team_id: UUID) -> list[Act]:
    """A team's acts, the latest first."""
    query = select(TransferActRow).where(TransferActRow.team_id == team_id)
    return [rows.act(r) for r in db.session.scalars(query.order_by(TransferActRow.started_at.desc()).limit(MOST))]


def list_transfers_of_act(*, act_id: UUID, visible: Select[UUID]) -> list[Transfer]:
    """An act's people among those whom the policy shows."""
    query = select(TransferRow).where(TransferRow.act_id == act_id, TransferRow.person_id.in_(visible))
    return [rows.transfer(r) for r in db.session.scalars(query.order_by(TransferRow.id).limit(MOST))]


def list_to_settle(*, at: datetime, limit: int) -> list[Transfer]:
    """Transfers that are not handed over, or were and whose change still lies ahead, the oldest first."""
    still = or_(TransferRow.handed_over_at.is_(None), TransferRow.changed_at > at)
    query = select(TransferRow).where(and_(TransferRow.withdrawn_at.is_(None), still))
    return [rows.transfer(r) for r in db.session.scalars(query.order_by(TransferRow.started_at).limit(limit))]


def list_standings(*, transfers: Sequence[Transfer], at: datetime) -> list[Standing]:
    """Each with the person and how far it has come, by family name."""
    persons, firms, versions, said, given, ended = together(
        lambda: people.list_people_by_id(person_ids=[t.person_id for t in transfers]),
        lambda: organisations.list_organisations_by_id(organisation_ids={t.to_provider_id for t in transfers}),
        lambda: list_facts([t.plan_id for t in transfers]),
        lambda: _latest_consultations([t.id for t in transfers]),
        lambda: _delegations([t.id for t in transfers]),
        lambda: list_ended(plan_ids=[t.plan_id for t in transfers], at=at),
    )
    found = []
    for transfer in transfers:
        around = Around(
            person=persons[transfer.person_id].known_as,
            provider=firms[transfer.to_provider_id].name,
            versions=versions[transfer.plan_id],
            consultation=said.get(transfer.id),
            unaccepted=_unaccepted(transfer, given, at),
            in_the_way=in_the_way(transfer, versions[transfer.plan_id]),
            care_ended=transfer.plan_id in ended,
        )
        progress = progress_of(transfer, around, at=at)
        found.append(Standing(transfer, persons[transfer.person_id], progress, said.get(transfer.id)))
    return sorted(found, key=lambda s: people.page_key(person=s.person))


def _latest_consultations(transfer_ids: Sequence[UUID]) -> dict[UUID, Consultation]:
    c = TransferConsultationRow
    query = (
        select(c)
        .where(c.transfer_id.in_(transfer_ids))
        .ext(distinct_on(c.transfer_id))
        .order_by(c.transfer_id, c.recorded_at.desc(), c.id.desc())
    )
    return {row.transfer_id: rows.consultation(row) for row in db.session.scalars(query)}


def _delegations(transfer_ids: Sequence[UUID]) -> list[Delegation]:
    people_of = select(TransferRow.person_id).where(TransferRow.id.in_(transfer_ids))
    return delegation.list_delegations_of(visible=people_of) if transfer_ids else []


def _unaccepted(transfer: Transfer, delegations: Sequence[Delegation], at: datetime) -> tuple[str, ...]:
    """The activities that were put to the new provider and to which it has not said yes."""
    asked = (
        d
        for d in delegations
        if (d.person_id, d.provider_id) == (transfer.person_id, transfer.to_provider_id) and d.continues is not None
    )
    latest = {d.continues: d for d in sorted(asked, key=lambda d: d.proposed_at)}
    return tuple(sorted(d.activity for d in latest.values() if state_at(d, at) not in ACCEPTED))
