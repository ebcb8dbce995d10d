"""Asking the person, then the provider, then everybody's agreement."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Kind
from careplan.db import db
from careplan.delegation import queries as delegations
from careplan.delegation import service as delegation
from careplan.delegation.domain.delegation import State, stands_for, state_at
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict
from careplan.kernel.ids import new_id
from careplan.organisations import queries as organisations
from careplan.people import service as people
from careplan.people.domain.partnership import MemberKind
from careplan.plans import service as plan_service
from careplan.plans.domain.content import Provider
from careplan.plans.domain.plan import PlanVersion
from careplan.transfers import queries, rows
from careplan.transfers.domain.transfer import Consultation, check_consultation
from careplan.transfers.models import TransferConsultationRow, TransferRow
from careplan.transfers.service.locking import locked_transfer
from careplan.transfers.service.telling import tell_put_anew

OVER = (State.WITHDRAWN, State.EXPIRED)


class AskThePersonFirst(Conflict):
    """Nobody has asked the person what they think of the change."""

    code = "ask_the_person_first"


@dataclass(frozen=True, slots=True)
class Said:
    """What the person said of the change, or whoever stands for them, and what was done about an objection."""

    asked_on: date
    how: str
    words: str
    objects: bool
    done_about: str = ""


def record_consultation(*, person_id: UUID, transfer_id: UUID, said: Said, actor: Actor, now: datetime) -> Consultation:
    """Writes down what the person said; asked again, the last word counts and the earlier ones stay.

    Raises WrongConsultation, GivenUp, NotFound.
    """
    row = locked_transfer(person_id=person_id, transfer_id=transfer_id)
    check_consultation(
        asked_on=said.asked_on, how=said.how, said=said.words, objects=said.objects, done_about=said.done_about,
        today=local_date(now),
    )  # fmt: skip
    db.session.add(
        TransferConsultationRow(
            id=new_id(),
            transfer_id=row.id,
            person_id=person_id,
            asked_on=said.asked_on,
            how=said.how.strip(),
            said=said.words.strip(),
            objects=said.objects,
            done_about=said.done_about.strip() or None,
            recorded_at=now,
            recorded_by=actor.account_id,
        )
    )
    db.session.flush()
    return queries.list_consultations(transfer_id=transfer_id)[0]


def ask_provider(*, person_id: UUID, transfer_id: UUID, actor: Actor, now: datetime) -> PlanVersion:
    """Writes the same plan for the new provider, lets it read the record, and puts the delegated activities to it.

    Where there are none, the version is sent round at once. Raises AskThePersonFirst, NothingToMove, VersionInTheWay,
    NotReady, GivenUp, NotFound.
    """
    row = locked_transfer(person_id=person_id, transfer_id=transfer_id)
    if not queries.list_consultations(transfer_id=transfer_id):
        raise AskThePersonFirst("Ask the person first what they think of it.")
    draft = plan_service.write_for_provider(
        plan_id=row.plan_id, provider=_provider(row), counts_from=row.changes_on, actor=actor, now=now
    )
    row.asked_at, row.asked_by = now, actor.account_id
    db.session.flush()
    let_read(row, actor=actor, now=now)
    if _put_activities(row, draft, actor=actor, now=now):
        return draft
    return plan_service.propose_plan(plan_id=row.plan_id, actor=actor, now=now)


def send_round(*, person_id: UUID, transfer_id: UUID, actor: Actor, now: datetime) -> PlanVersion:
    """Sends the version round once the provider has accepted the activities.  Raises NotReady, NoDraft, GivenUp."""
    row = locked_transfer(person_id=person_id, transfer_id=transfer_id)
    return plan_service.propose_plan(plan_id=row.plan_id, actor=actor, now=now)


def let_read(row: TransferRow, *, actor: Actor, now: datetime) -> None:
    """The new provider joins the partnership, unless it belongs to it already."""
    provider_id = row.to_provider_id
    if access.is_related(person_id=row.person_id, kind=Kind.PACKAGE, at=now, organisation_id=provider_id):
        return
    people.join_partnership(
        person_id=row.person_id, kind=MemberKind.PROVIDER, organisation_id=provider_id, actor=actor, now=now
    )


def _provider(row: TransferRow) -> Provider:
    return Provider(row.to_provider_id, organisations.get_organisation(organisation_id=row.to_provider_id).name)


def _put_activities(row: TransferRow, draft: PlanVersion, *, actor: Actor, now: datetime) -> bool:
    """Proposes anew what the plan delegates; says whether there was anything to propose."""
    known = delegations.list_delegations(person_id=row.person_id)
    proposed = []
    for planned in draft.content.delegations:
        own = stands_for(known, planned.delegation, provider_id=row.to_provider_id)
        if own is not None and state_at(own, now) not in OVER:
            continue
        old = stands_for(known, planned.delegation, provider_id=row.from_provider_id)
        if old is not None and state_at(old, now) not in OVER:
            delegation.propose_anew(delegation_id=old.id, provider_id=row.to_provider_id, actor=actor, now=now)
            proposed.append(old.activity)
    if proposed:
        tell_put_anew(transfer=rows.transfer(row), activities=proposed, actor=actor, now=now)
    return bool(proposed)
