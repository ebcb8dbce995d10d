"""Who is told of an assessment, in which words, and where they read it."""

from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.assessments.domain.advocacy import AdvocacyFinding
from careplan.notices import service as notices
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.people import queries as people

OWN_PAGE = "/me/assessment"


def tell_finished(*, person_id: UUID, actor: Actor, now: datetime) -> None:
    """The person hears that there is something to read."""
    _tell_person(person_id, f"{actor.name} has finished the assessment. It is there to read.", actor, now)


def tell_determined(*, person_id: UUID, actor: Actor, now: datetime) -> None:
    """The person hears that something was decided, and that they can read why."""
    _tell_person(person_id, "The council has decided about care and support. Read what and why.", actor, now)


def tell_advocate_due(*, finding: AdvocacyFinding, actor: Actor, now: datetime) -> None:
    """The council hears that somebody cannot take part alone, until an advocate is named."""
    if finding.is_met:
        return
    name = people.get_person(person_id=finding.person_id).known_as
    notices.tell(
        person_id=finding.person_id,
        audience=(Audience.COUNCIL, Audience.TEAM_MANAGER),
        words=f"An independent advocate is due for {name}, and nobody is named yet.",
        address=f"/people/{finding.person_id}/assessment/advocacy",
        kind=NoticeKind.ASSESSMENT,
        actor=actor,
        now=now,
    )


def _tell_person(person_id: UUID, words: str, actor: Actor, now: datetime) -> None:
    notices.tell(
        person_id=person_id,
        audience=(Audience.PERSON,),
        words=words,
        address=OWN_PAGE,
        kind=NoticeKind.ASSESSMENT,
        actor=actor,
        now=now,
    )
