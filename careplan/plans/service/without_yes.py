"""Going on without the yes of a person who can decide, once everything that this takes is written down."""

from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import DomainError
from careplan.kernel.ids import new_id
from careplan.plans import queries
from careplan.plans.domain.agreement import check_hash, check_open, check_own_decision
from careplan.plans.domain.answers import check_party_free
from careplan.plans.domain.not_agreed import WithoutYes, check_without_yes
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.state import NEEDED, Party
from careplan.plans.models import NotAgreedRow
from careplan.plans.service.agreeing import settle
from careplan.plans.service.locking import locked_plan
from careplan.plans.service.signing import check_allocated


class YesNotNeeded(DomainError):
    """This kind of plan does not wait for the person's yes."""

    code = "yes_not_needed"


def go_without_yes(
    *, plan_id: UUID, number: int, content_hash: str, said: WithoutYes, actor: Actor, now: datetime
) -> PlanVersion:
    """Puts "not agreed by the person" in the place of their yes; the other two parties still have to agree.

    Somebody who cannot decide is decided for in their best interests instead. Raises NotAParty, NotOpenToAgreement,
    StaleHash, AlreadyAgreed, CannotDecide, YesNotNeeded, NotAgreedIncomplete.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    version = locked.version(number)
    check_allocated(version, actor, locked.now, "Only the person's own social worker goes on without their yes.")
    if Party.PERSON not in NEEDED[version.kind]:
        raise YesNotNeeded("An interim plan does not wait for the person’s yes. They are told.")
    check_open(state=version.state, number=number)
    check_hash(given=content_hash, current=version.content_hash or "")
    check_party_free(party=Party.PERSON, answers=version.answers)
    check_own_decision(finding=queries.find_finding(version_id=version.id))
    check_without_yes(said, today=local_date(locked.now))
    db.session.add(_row(version, said, actor, locked.now))
    db.session.flush()
    return settle(locked, number, party=Party.PERSON, actor=actor)


def _row(version: PlanVersion, said: WithoutYes, actor: Actor, now: datetime) -> NotAgreedRow:
    return NotAgreedRow(
        id=new_id(),
        plan_id=version.plan_id,
        person_id=version.person_id,
        version_id=version.id,
        content_hash=version.content_hash or "",
        cause=said.cause.value,
        steps=[{"on": step.on.isoformat(), "what": step.what.strip()} for step in said.steps],
        words=said.words.strip(),
        complaint_route=said.complaint_route.strip(),
        review_by=said.review_by,
        decided_on=said.decided_on,
        decided_by=actor.account_id,
        decided_by_name=actor.name,
        at=now,
    )
