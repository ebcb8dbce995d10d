"""Shutting the record to somebody who is named in a concern, and withholding lines of the access log.

Each takes a reason, and has a day on which it is looked at again.
"""

from datetime import date, datetime
from uuid import UUID

from careplan.access import pausing
from careplan.access.domain.actor import Actor
from careplan.concerns.domain.concern import Alleged, AllegedKind
from careplan.concerns.domain.step import StepKind
from careplan.concerns.service.following import name_alleged
from careplan.concerns.service.stepping import day_to_come, end_step, locked, open_concern, said, write_step
from careplan.kernel.errors import Conflict, NotFound
from careplan.people import queries as people

SOURCE = "concern_step"


class AlreadySuspended(Conflict):
    """They are suspended by this concern already."""

    code = "already_suspended"


class AlreadyWithheld(Conflict):
    """The lines about this concern are withheld already."""

    code = "already_withheld"


def suspend_contact(
    *, concern_id: UUID, contact_id: UUID, reason: str, due_on: date | None, actor: Actor, now: datetime
) -> UUID:
    """A representative or carer sees nothing of the record from the next request on. The concern names them from then
    on, if it did not before.

    Raises Invalid, AlreadySuspended, ConcernClosed, NotFound.
    """
    concern = open_concern(concern_id)
    contact = people.find_contact(person_id=concern.person_id, contact_id=contact_id)
    if contact is None:
        raise NotFound("This person has no such contact.")
    if contact_id in [s.contact_id for s in concern.open_steps(StepKind.SUSPENDED)]:
        raise AlreadySuspended(f"{contact.name} is suspended already.")
    reason, review = said(reason, "Say why.", field="reason"), day_to_come(due_on, now=now)
    name_alleged(concern_id=concern.id, alleged=Alleged(AllegedKind.CONTACT, contact_id), actor=actor, now=now)
    step_id = write_step(
        concern, StepKind.SUSPENDED, words=reason, due_on=review, contact_id=contact_id, actor=actor, now=now
    )
    if contact.account_id is not None:
        pausing.pause_account(
            person_id=concern.person_id, account_id=contact.account_id, now=now, source_type=SOURCE, source_id=step_id
        )
    return step_id


def lift_suspension(*, concern_id: UUID, step_id: UUID, words: str, actor: Actor, now: datetime) -> None:
    """Gives back what the suspension took, as far as it would still stand.  Raises Invalid, NotFound."""
    end_step(locked(concern_id), step_id, StepKind.LIFTED, words=words, actor=actor, now=now)
    pausing.lift_pause(source_id=step_id, now=now)


def withhold_lines(*, concern_id: UUID, ground: str, due_on: date | None, actor: Actor, now: datetime) -> UUID:
    """Takes what was done about this concern out of the person's page of who has looked at their record.

    Raises Invalid, AlreadyWithheld, NotFound.
    """
    concern = locked(concern_id)
    if concern.open_steps(StepKind.WITHHELD):
        raise AlreadyWithheld("The lines about this concern are withheld already.")
    ground, review = said(ground, "Say on what ground.", field="ground"), day_to_come(due_on, now=now)
    return write_step(concern, StepKind.WITHHELD, words=ground, due_on=review, actor=actor, now=now)


def show_lines(*, concern_id: UUID, step_id: UUID, words: str, actor: Actor, now: datetime) -> None:
    """Shows them again.  Raises Invalid, NotFound."""
    end_step(locked(concern_id), step_id, StepKind.SHOWN, words=words, actor=actor, now=now)
