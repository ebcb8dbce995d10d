"""Putting an activity to another provider, when the care that it belongs to moves there."""

from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Kind
from careplan.access.service import relate
from careplan.db import db
from careplan.delegation.domain.delegation import Delegation, Instruction, State, state_at
from careplan.delegation.models import DelegationRow, InstructionRow
from careplan.delegation.queries import get_delegation
from careplan.delegation.service.proposing import add_ladder
from careplan.kernel.clock import end_of_day
from careplan.kernel.errors import Conflict
from careplan.kernel.ids import new_id

# What is told of the old one alone: how far it has come, and what its own provider answered.
OWN = ("id", "provider_id", "proposed_at", "closed_at", "closed_because", "continues")
OVER = (State.WITHDRAWN, State.EXPIRED)


class NothingToContinue(Conflict):
    """The delegation is over, or has no instruction."""

    code = "nothing_to_continue"


def propose_anew(*, delegation_id: UUID, provider_id: UUID, actor: Actor, now: datetime) -> Delegation:
    """Puts the same activity to another provider, by the instruction that counts and under its number.

    It stays the professional's who delegated it. No worker may do it before the new provider has accepted, a
    professional has found that worker able, and the worker has said yes.  Raises NothingToContinue, NotFound.
    """
    old = get_delegation(delegation_id=delegation_id)
    instruction = old.instruction_at(now)
    if state_at(old, now) in OVER or instruction is None:
        raise NothingToContinue(f"“{old.activity}” is over, so there is nothing to put to another provider.")
    row = _copied(old.id)
    row.id, row.provider_id, row.proposed_at, row.continues = new_id(), provider_id, now, old.id
    relate(
        person_id=old.person_id,
        kind=Kind.DELEGATION,
        account_id=old.delegator_id,
        since=now,
        until=end_of_day(old.ends_on) if old.ends_on else None,
        source_type="delegation",
        source_id=row.id,
    )
    db.session.add(row)
    db.session.flush()
    _copy_instruction(old.id, instruction, row, now)
    add_ladder(row.id, row.person_id, old.ladder)
    return get_delegation(delegation_id=row.id)


def _copied(delegation_id: UUID) -> DelegationRow:
    old = db.session.get_one(DelegationRow, delegation_id)
    columns = [c.key for c in DelegationRow.__table__.columns if c.key not in OWN]
    return DelegationRow(**{key: getattr(old, key) for key in columns})


def _copy_instruction(delegation_id: UUID, instruction: Instruction, row: DelegationRow, now: datetime) -> None:
    old = db.session.query(InstructionRow).filter_by(delegation_id=delegation_id, number=instruction.number).one()
    db.session.add(
        InstructionRow(
            id=new_id(),
            delegation_id=row.id,
            person_id=row.person_id,
            number=old.number,
            steps=list(old.steps),
            normal_range=list(old.normal_range),
            record_what=old.record_what,
            written_by=old.written_by,
            written_at=now,
            needs_reconfirmation=True,
            change_reason=None,
            equipment=instruction.equipment,
        )
    )
    db.session.flush()
