"""Telling the provider of what has changed in what its workers must know before they give anything.

Medicines and allergies are written in the slice below, which knows of no notices: what changed there is asked for.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from careplan.access import queries as access
from careplan.access.domain.actor import SYSTEM
from careplan.db import db
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.notices.models import NoticeRow
from careplan.notices.service.telling import tell
from careplan.people import queries as people
from careplan.people.happened import HealthChange, list_health_changes

# However long the work was held up within it, nothing is left out; nothing older is told as if it were new.
LOOK_BACK = timedelta(days=1)
WORDS = {
    "medicine_recorded": "{who} wrote down the medicine {name} for {person}.",
    "medicine_corrected": "{who} corrected the medicine {name} of {person}.",
    "medicine_retracted": "{who} marked the medicine {name} of {person} as entered in error.",
    "allergy_recorded": "{who} wrote down that {person} is allergic to {name}.",
    "allergy_retracted": "{who} marked the allergy to {name} of {person} as entered in error.",
}
NO_ALLERGY = "{who} changed what is known of allergies of {person}."


def tell_of_health(*, now: datetime) -> int:
    """Tells the provider's coordinators of each change once; says how many were told. Whoever calls sees everything."""
    changes = {_address(c): c for c in list_health_changes(since=now - LOOK_BACK)}
    told = set(db.session.scalars(select(NoticeRow.address).where(NoticeRow.address.in_(list(changes)))))
    actors = access.list_accounts_by_id(account_ids={c.by for c in changes.values()})
    names = people.list_people_by_id(person_ids={c.person_id for c in changes.values()})
    return sum(
        tell(
            person_id=change.person_id,
            audience=(Audience.PROVIDER,),
            words=_said(change, who=actors.get(change.by, SYSTEM).name, person=names[change.person_id].known_as),
            address=address,
            kind=NoticeKind.DOOR,
            actor=actors.get(change.by, SYSTEM),
            now=now,
        )
        for address, change in changes.items()
        if address not in told
    )


def _said(change: HealthChange, *, who: str, person: str) -> str:
    words = WORDS[change.what] if change.name else NO_ALLERGY
    return words.format(who=who, name=change.name, person=person)


def _address(change: HealthChange) -> str:
    """The page for the door; what follows names the change, so that it is told once."""
    return f"/people/{change.person_id}/door#{change.what}-{change.key}"
