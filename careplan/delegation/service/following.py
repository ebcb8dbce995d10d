"""Following an incident up, and reviewing a delegation."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.delegation import queries
from careplan.delegation.domain.incident import Incident, IncidentEvent, check_step
from careplan.delegation.domain.review import Decision, check_review
from careplan.delegation.models import DelegationReviewRow, DelegationRow, IncidentStepRow
from careplan.delegation.service.proposing import NotYourDelegation, withdraw_delegation
from careplan.kernel.clock import local_date
from careplan.kernel.errors import NotFound, invalid

LONGEST = 4000


def follow_incident(
    *,
    incident_id: UUID,
    event: IncidentEvent,
    words: str,
    actor: Actor,
    now: datetime,
    stays_suspended: bool | None = None,
) -> Incident:
    """Writes down one thing that was done about an incident.

    Raises NotFound, NotNow, NotDoneYet, NotYourDelegation (closing for the other side), Invalid.
    """
    # The rows stay as they came, so nobody may lock them: whoever writes beside them takes turns by the id.
    db.session.execute(select(func.pg_advisory_xact_lock(incident_id.int % 2**63)))
    incident = queries.find_incident(incident_id=incident_id)
    if incident is None:
        raise NotFound("There is no such incident.")
    _check_side(incident, event, actor)
    check_step(incident, event)
    said = words.strip()
    if not said or len(said) > LONGEST:
        raise invalid("words", "Write down what was done or found, in a sentence or two.")
    if (event is IncidentEvent.DECIDE) != (stays_suspended is not None):
        raise invalid("stays_suspended", "Say whether the worker stays suspended.")
    db.session.add(
        IncidentStepRow(
            incident_id=incident.id, person_id=incident.person_id, event=event.value, at=now, by=actor.account_id,
            words=said, stays_suspended=stays_suspended,
        )
    )  # fmt: skip
    db.session.flush()
    found = queries.find_incident(incident_id=incident_id)
    assert found is not None  # noqa: S101  it was found above
    return found


def review_delegation(
    *,
    delegation_id: UUID,
    held_on: date,
    findings: str,
    decision: Decision,
    next_on: date | None,
    next_occasion: str,
    actor: Actor,
    now: datetime,
) -> UUID:
    """The professional looks at it again; where it stops, it is withdrawn at once, and who does it next is said.

    Raises NotYourDelegation, NotNow, Invalid.
    """
    found = queries.get_delegation(delegation_id=delegation_id)
    if actor.account_id != found.delegator_id:
        raise NotYourDelegation("Only the professional who delegated the activity can do this.")
    check_review(held_on=held_on, findings=findings, decision=decision, next_on=next_on, today=local_date(now))
    row = DelegationReviewRow(
        delegation_id=delegation_id, person_id=found.person_id, held_on=held_on, findings=findings.strip(),
        decision=decision.value, next_on=next_on, by=actor.account_id, at=now,
    )  # fmt: skip
    db.session.add(row)
    if next_on is not None:
        db.session.get_one(DelegationRow, delegation_id).review_on = next_on
    db.session.flush()
    row_id = row.id
    if decision is Decision.STOP:
        # Last, for whoever withdraws it sees nothing of it any more.
        withdraw_delegation(
            delegation_id=delegation_id, reason=findings, next_occasion=next_occasion, actor=actor, now=now
        )
    return row_id


def _check_side(incident: Incident, event: IncidentEvent, actor: Actor) -> None:
    """The provider closes for the provider; whoever delegated, or their team, for the delegator."""
    given = queries.find_delegation(delegation_id=incident.delegation_id)
    theirs = given.organisation_id if given else None
    if event is IncidentEvent.PROVIDER_CLOSES and actor.organisation_id != incident.provider_id:
        raise NotYourDelegation("Only the provider whose worker did it can close it for the provider.")
    if event is IncidentEvent.DELEGATOR_CLOSES and actor.organisation_id != theirs:
        raise NotYourDelegation("Only the team that delegated the activity can close it for the delegator.")
