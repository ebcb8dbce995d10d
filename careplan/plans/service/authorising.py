"""Sending a version above the social worker's limit to a team manager, who signs it or sends it back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from careplan.access.domain.actor import Actor, Role
from careplan.db import db
from careplan.kernel.errors import invalid
from careplan.kernel.ids import new_id
from careplan.plans import authorisations
from careplan.plans.authorisations import beyond_limit
from careplan.plans.domain.agreement import check_open
from careplan.plans.domain.answers import check_party_free
from careplan.plans.domain.authority import (
    Answer,
    AnsweredAlready,
    AskedAlready,
    Authorisation,
    WithinLimit,
    as_json,
)
from careplan.plans.domain.state import Party, VersionState
from careplan.plans.models import AuthorisationRow
from careplan.plans.service.locking import locked_plan
from careplan.plans.service.signing import check_allocated
from careplan.plans.service.telling import tell_asked_manager, tell_sent_back


def ask_manager(*, plan_id: UUID, number: int, actor: Actor, now: datetime) -> Authorisation:
    """Sends a version to the team manager, because it goes beyond what the social worker may sign.

    Raises NotAParty, NotOpenToAgreement, AlreadyAgreed, WithinLimit, AskedAlready.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    version = locked.version(number)
    check_allocated(version, actor, locked.now, "Only the person's own social worker sends the plan to a manager.")
    check_open(state=version.state, number=number)
    check_party_free(party=Party.COUNCIL, answers=version.answers)
    found = beyond_limit(version, Role.SOCIAL_WORKER, actor=actor, at=locked.now)
    if not found:
        raise WithinLimit("You may sign this yourself: it is within your limit.")
    before = authorisations.find_latest(version_id=version.id)
    if before is not None and before.is_open:
        raise AskedAlready("This version waits for the team manager already.")
    row = AuthorisationRow(
        id=new_id(),
        plan_id=plan_id,
        person_id=version.person_id,
        version_id=version.id,
        content_hash=version.content_hash or "",
        beyond=as_json(found),
        asked_by=actor.account_id,
        asked_at=locked.now,
    )
    db.session.add(row)
    db.session.flush()
    asked = authorisations.get_authorisation(request_id=row.id)
    tell_asked_manager(version=version, asked=asked, actor=actor, now=locked.now)
    return asked


def send_back(*, request_id: UUID, reason: str, actor: Actor, now: datetime) -> Authorisation:
    """The manager does not sign, and says why.  Raises Invalid, AnsweredAlready, NotFound."""
    if not reason.strip():
        raise invalid("reason", "Say why you send it back: the social worker will read it.")
    asked = authorisations.get_authorisation(request_id=request_id)
    locked = locked_plan(plan_id=asked.plan_id, now=now)
    version = locked.version(asked.number)
    row = db.session.get_one(AuthorisationRow, request_id, populate_existing=True)
    if row.answer is not None or version.state is not VersionState.PROPOSED:
        raise AnsweredAlready("This waits for nobody any more. Look at the plan.")
    _answer(row, Answer.SENT_BACK, reason=reason.strip(), actor=actor, now=locked.now)
    answered = authorisations.get_authorisation(request_id=request_id)
    tell_sent_back(version=version, answered=answered, actor=actor, now=locked.now)
    return answered


def note_agreed(*, version_id: UUID, actor: Actor, now: datetime) -> None:
    """A request about a version that the council has now signed is answered with it."""
    row = db.session.scalar(
        select(AuthorisationRow).where(AuthorisationRow.version_id == version_id, AuthorisationRow.answer.is_(None))
    )
    if row is not None:
        _answer(row, Answer.AGREED, reason=None, actor=actor, now=now)


def _answer(row: AuthorisationRow, answer: Answer, *, reason: str | None, actor: Actor, now: datetime) -> None:
    row.answer, row.reason, row.answered_by, row.answered_at = answer.value, reason, actor.account_id, now
    db.session.flush()
