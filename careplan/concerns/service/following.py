"""What is done about a concern once it is raised."""

from datetime import date, datetime, timedelta
from uuid import UUID

from careplan.access import service as access_service
from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Kind
from careplan.concerns.domain.concern import Alleged
from careplan.concerns.domain.step import Enquiry, Outcome, StepKind
from careplan.concerns.service.raising import check_party, write_alleged
from careplan.concerns.service.stepping import day_to_come, end_step, locked, open_concern, said, write_step
from careplan.kernel.errors import Conflict

# The safeguarding lead can look back at a closed concern for so long.
LOOKS_BACK = timedelta(days=28)


class NotFinished(Conflict):
    """A concern is closed only when it is decided and nothing hangs on it any more."""

    code = "not_finished"


def acknowledge_concern(*, concern_id: UUID, actor: Actor, now: datetime) -> None:
    """The safeguarding lead has taken it up; reminders end. A second time changes nothing.

    Raises ConcernClosed, NotFound.
    """
    concern = open_concern(concern_id)
    if concern.acknowledged is None:
        write_step(concern, StepKind.ACKNOWLEDGED, actor=actor, now=now)


def add_note(*, concern_id: UUID, words: str, actor: Actor, now: datetime) -> None:
    """Keeps what somebody found out.  Raises Invalid, ConcernClosed, NotFound."""
    concern = open_concern(concern_id)
    write_step(concern, StepKind.NOTE, words=said(words, "Write what you found out."), actor=actor, now=now)


def name_alleged(*, concern_id: UUID, alleged: Alleged, actor: Actor, now: datetime) -> None:
    """Says who is alleged, from when on the concern is hidden from them. Twice the same changes nothing.

    Raises NotAPartyHere, ConcernClosed, NotFound.
    """
    concern = open_concern(concern_id)
    check_party(concern.person_id, alleged)
    if alleged not in concern.alleged:
        write_alleged(concern.id, concern.person_id, alleged, actor=actor, now=now)


def decide_enquiry(*, concern_id: UUID, enquiry: Enquiry, reasons: str, actor: Actor, now: datetime) -> None:
    """Decides whether the council makes an enquiry, with the reasons; a later decision counts in its place.

    Whoever decides has taken it up.  Raises Invalid, ConcernClosed, NotFound.
    """
    concern = open_concern(concern_id)
    reasons = said(reasons, "Give the reasons for this decision.", field="reasons")
    if concern.acknowledged is None:
        write_step(concern, StepKind.ACKNOWLEDGED, actor=actor, now=now)
    write_step(concern, StepKind.DECIDED, words=reasons, enquiry=enquiry is Enquiry.YES, actor=actor, now=now)


def plan_action(*, concern_id: UUID, words: str, who: str, due_on: date | None, actor: Actor, now: datetime) -> UUID:
    """Says what is to be done, by whom and by which day.  Raises Invalid, ConcernClosed, NotFound."""
    concern = open_concern(concern_id)
    return write_step(
        concern,
        StepKind.ACTION,
        words=said(words, "Say what is to be done."),
        who=said(who, "Say who does it.", field="who"),
        due_on=day_to_come(due_on, now=now),
        actor=actor,
        now=now,
    )


def finish_action(*, concern_id: UUID, step_id: UUID, words: str, actor: Actor, now: datetime) -> None:
    """Says what came of an action.  Raises Invalid, ConcernClosed, NotFound."""
    end_step(open_concern(concern_id), step_id, StepKind.DONE, words=words, actor=actor, now=now)


def close_concern(*, concern_id: UUID, outcome: Outcome, words: str, actor: Actor, now: datetime) -> None:
    """Closes it with its outcome; the safeguarding leads can look back at it for four weeks. Closing it again changes
    nothing.  Raises NotFinished, Invalid, NotFound.
    """
    concern = locked(concern_id)
    if concern.closing is not None:
        return
    if concern.decision is None:
        raise NotFinished("Decide first whether there is to be an enquiry.")
    if concern.open_steps(StepKind.ACTION):
        raise NotFinished("There is still something to be done. Say what came of it first.")
    if concern.open_steps(StepKind.SUSPENDED):
        raise NotFinished("Somebody is still suspended. Lift that first, or end their part in the person’s details.")
    words = said(words, "Say how it ended.")
    write_step(concern, StepKind.CLOSED, words=words, outcome=outcome.value, actor=actor, now=now)
    access_service.end_relationships(
        person_id=concern.person_id, kind=Kind.SAFEGUARDING, source_id=concern.id, now=now + LOOKS_BACK
    )
