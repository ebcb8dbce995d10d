"""Writing a carer's plan, and agreeing to it: the carer and the council, each to exactly these words."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from careplan.access.domain.actor import Actor
from careplan.assessments.domain.storing import as_json
from careplan.carers import queries
from careplan.carers.domain.plan import (
    CarerPlan,
    CarerPlanContent,
    Party,
    check_ground,
    check_signing,
    check_witness,
)
from careplan.carers.models import CarerPlanAgreementRow, CarerPlanRow, CarerRow
from careplan.carers.service.locking import open_carer
from careplan.carers.service.telling import tell_carer, tell_council, tell_readers
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.collect import Problems
from careplan.kernel.errors import NotFound, Stale, invalid
from careplan.kernel.ids import new_id

NOTHING_YET = CarerPlanContent()


def save_plan(*, carer_id: UUID, content: CarerPlanContent, tag: str, actor: Actor, now: datetime) -> CarerPlan:
    """Keeps the plan as it is written; once anybody has agreed, the words go into a new version.

    `tag` is the hash of the words that the writer read.  Raises Closed, NotFound, NoGround, Stale with both texts.
    """
    carer = open_carer(carer_id=carer_id)
    check_ground(queries.find_determination(carer_id=carer_id))
    latest = queries.find_plan(carer_id=carer_id)
    stands = latest.content if latest else NOTHING_YET
    if latest is not None and content == stands:
        return latest
    if stands.hash != tag:
        raise Stale(
            "Somebody saved this since you opened it. Both texts are here, and nothing that you typed is lost.",
            tag=stands.hash,
            current=as_json(stands),
            yours=as_json(content),
        )
    _write(carer, latest, content, actor, now)
    return _latest(carer_id)


def agree_as_council(*, carer_id: UUID, shown_hash: str, actor: Actor, now: datetime) -> CarerPlan:
    """The council says yes.  Raises Closed, NotFound, PlanNotWhole, OtherWords, AgreedAlready."""
    carer = open_carer(carer_id=carer_id)
    _sign(carer, Party.COUNCIL, shown_hash, signed_on=local_date(now), actor=actor, now=now)
    tell_carer(carer, "Your plan as a carer is ready to read. Do you agree?", actor=actor, now=now)
    return _latest(carer_id)


def agree_as_carer(*, carer_id: UUID, shown_hash: str, actor: Actor, now: datetime) -> CarerPlan:
    """The carer says yes, signed in; the council is told.

    Raises Closed, NotFound (also for anybody else's record), PlanNotWhole, OtherWords, AgreedAlready.
    """
    carer = open_carer(carer_id=carer_id)
    if carer.account_id != actor.account_id:
        raise NotFound("There is no such carer.")
    _sign(carer, Party.CARER, shown_hash, signed_on=local_date(now), actor=actor, now=now)
    tell_council(carer, f"{carer.name} has agreed to their plan as a carer.", actor=actor, now=now)
    return _latest(carer_id)


def record_carers_yes(
    *,
    carer_id: UUID,
    shown_hash: str,
    how: str,
    witness: str,
    signed_on: date,
    actor: Actor,
    now: datetime,
) -> CarerPlan:
    """Writes down the yes that the carer gave on paper or by telephone, with who was witness to it.

    Raises Closed, NotFound, PlanNotWhole, OtherWords, AgreedAlready, WitnessUnfit, Invalid.
    """
    carer = open_carer(carer_id=carer_id)
    problems = Problems()
    problems.of(lambda: check_witness(witness=witness, carer_name=carer.name, recorder_name=actor.name))
    problems.of(lambda: _check_told(how, signed_on, local_date(now)))
    problems.settle()
    _sign(
        carer,
        Party.CARER,
        shown_hash,
        signed_on=signed_on,
        how=how.strip(),
        witness=witness.strip(),
        actor=actor,
        now=now,
    )
    return _latest(carer_id)


def _check_told(how: str, signed_on: date, today: date) -> None:
    if not how.strip():
        raise invalid("how", "Say how they agreed.")
    if signed_on > today:
        raise invalid("signed_on", "This day has not come yet.")


def _write(
    carer: CarerRow, latest: CarerPlan | None, content: CarerPlanContent, actor: Actor, now: datetime
) -> None:
    if latest is None or latest.agreements:
        db.session.add(
            CarerPlanRow(
                id=new_id(),
                carer_id=carer.id,
                person_id=carer.person_id,
                number=latest.number + 1 if latest else 1,
                content=as_json(content),
                saved_at=now,
                saved_by=actor.account_id,
            )
        )
    else:
        row = db.session.scalars(select(CarerPlanRow).where(CarerPlanRow.id == latest.id)).one()
        row.content, row.saved_at, row.saved_by = as_json(content), now, actor.account_id
    db.session.flush()


def _sign(
    carer: CarerRow,
    party: Party,
    shown_hash: str,
    *,
    signed_on: date,
    actor: Actor,
    now: datetime,
    how: str = "",
    witness: str = "",
) -> None:
    plan = _latest(carer.id)
    check_signing(plan, party=party, shown_hash=shown_hash, today=local_date(now))
    db.session.add(
        CarerPlanAgreementRow(
            id=new_id(),
            carer_id=carer.id,
            person_id=carer.person_id,
            plan_id=plan.id,
            party=party.value,
            content_hash=plan.content.hash,
            signed_on=signed_on,
            how=how,
            witness=witness,
            at=now,
            by=actor.account_id,
        )
    )
    db.session.flush()
    if _latest(carer.id).is_agreed:
        tell_readers(carer, queries.get_standing(carer_id=carer.id).shared, actor=actor, now=now)


def _latest(carer_id: UUID) -> CarerPlan:
    plan = queries.find_plan(carer_id=carer_id)
    if plan is None:
        raise NotFound("There is no plan for this carer yet.")
    return plan
