"""Who is told that care ends, and that it goes on after all. Of a death nobody on the person's side is told by us."""

from datetime import datetime

from careplan.access.domain.actor import Actor
from careplan.endings.domain.ending import Ending, EndingKind
from careplan.kernel.words import short_day
from careplan.notices import service as notices
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.people import queries as people

GAVE_CARE = (Audience.PROVIDER, Audience.NURSE, Audience.OCCUPATIONAL_THERAPIST)
COUNCIL = (Audience.COUNCIL, Audience.TEAM_MANAGER)
HAPPENED = {
    EndingKind.DIED: "{name} died on {day}. The plan has ended, and visits after it are called off.",
    EndingKind.CARE_HOME: "{name} moves into a care home on {day}. The plan ends then; visits after it are called off.",
    EndingKind.MOVED_AWAY: "{name} moves away on {day}. The plan ends then, and visits after it are called off.",
    EndingKind.WITHDRAWN: "{name} wants no more care from {day} on. The plan ends then; later visits are called off.",
}


def tell_ended(*, ending: Ending, actor: Actor, now: datetime) -> None:
    """Whoever gave care, the council, and, unless they died, the person and those who stand for them."""
    name, day = people.get_person(person_id=ending.person_id).name, short_day(ending.ends_at)
    words = HAPPENED[ending.kind].format(name=name, day=day)
    _tell(
        ending, words=words, own_words=f"Your care at home ends on {day}. No visits come after that.", by=actor, now=now
    )


def tell_retracted(*, ending: Ending, actor: Actor, now: datetime) -> None:
    """The same people hear that it was a mistake."""
    name = people.get_person(person_id=ending.person_id).name
    words = f"It was a mistake that {name}’s care ends. The plan goes on. Look at which visits are planned again."
    own_words = "It was a mistake that your care ends. Your plan goes on as before."
    _tell(ending, words=words, own_words=own_words, by=actor, now=now)


def _tell(ending: Ending, *, words: str, own_words: str, by: Actor, now: datetime) -> None:
    page = f"/people/{ending.person_id}"
    told = [(GAVE_CARE, words, page), (COUNCIL, words, f"{page}/ending")]
    if not ending.died:
        told.append(((Audience.PERSON,), own_words, "/me"))
    for audience, said, address in told:
        notices.tell(
            person_id=ending.person_id,
            audience=audience,
            words=said,
            address=address,
            actor=by,
            now=now,
            kind=NoticeKind.ENDING,
        )
