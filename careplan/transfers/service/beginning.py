"""Beginning one person's transfer, and giving it up."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, invalid
from careplan.kernel.ids import new_id
from careplan.people import service as people
from careplan.plans import queries as plans
from careplan.plans.service import NothingToMove
from careplan.transfers import queries
from careplan.transfers.domain.transfer import Reason, Transfer, check_new
from careplan.transfers.models import TransferRow
from careplan.transfers.service.interim import bring_interim
from careplan.transfers.service.locking import locked_transfer
from careplan.transfers.service.telling import tell_begun, tell_withdrawn


class AlreadyMoving(Conflict):
    """The person's care is moving already."""

    code = "already_moving"


@dataclass(frozen=True, slots=True)
class NewTransfer:
    """To whom care goes, why and from when. With `told_on` an interim version can let the new provider begin."""

    to_provider_id: UUID
    reason: Reason
    changes_on: date
    why: str = ""
    told_on: date | None = None


def begin_transfer(*, person_id: UUID, said: NewTransfer, actor: Actor, now: datetime) -> Transfer:
    """Begins a transfer; nothing that was agreed changes by it. The person is to be asked next.

    With `told_on` an interim version is written and sent round as well. Raises NothingToMove, AlreadyMoving,
    WrongTransfer, NotReady.
    """
    people.hold_person(person_id=person_id)
    version = plans.find_in_force(person_id=person_id, at=now)
    provider = version.content.provider if version else None
    if version is None or provider is None:
        raise NothingToMove("No plan is in force, so there is no care to move.")
    check_new(
        from_provider=provider.organisation, to_provider=said.to_provider_id, reason=said.reason, why=said.why,
        changes_on=said.changes_on, told_on=said.told_on, today=local_date(now),
    )  # fmt: skip
    row = TransferRow(
        id=new_id(),
        person_id=person_id,
        plan_id=version.plan_id,
        act_id=None,
        from_provider_id=provider.organisation,
        to_provider_id=said.to_provider_id,
        reason=said.reason.value,
        why=said.why.strip(),
        changes_on=said.changes_on,
        told_on=said.told_on,
        base_number=version.number,
        started_at=now,
        started_by=actor.account_id,
        begun_at=now,
        released=[],
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError as refused:
        if "uq_transfer_one_at_a_time" not in str(refused.orig):
            raise
        raise AlreadyMoving("This person’s care is moving already. Finish that, or give it up.") from refused
    if row.told_on is not None:
        bring_interim(row, actor=actor, now=now)
    begun = queries.get_transfer(person_id=person_id, transfer_id=row.id)
    tell_begun(transfer=begun, actor=actor, now=now)
    return begun


def withdraw_transfer(*, person_id: UUID, transfer_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Gives a transfer up, with a reason; what was sent round is taken back on the plan's own page.

    Raises GivenUp, HandedOver, Invalid, NotFound.
    """
    row = locked_transfer(person_id=person_id, transfer_id=transfer_id)
    if row.handed_over_at is not None:
        raise AlreadyMoving("All have agreed to this change, so it cannot be given up. Begin another one.")
    if not reason.strip():
        raise invalid("reason", "Say why it is given up.")
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = now, actor.account_id, reason.strip()
    db.session.flush()
    tell_withdrawn(transfer=queries.get_transfer(person_id=person_id, transfer_id=transfer_id), actor=actor, now=now)
