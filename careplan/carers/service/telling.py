"""Who is told of what is done in a carer's record. No notice says what stands there, and none goes to the person."""

from datetime import datetime

from careplan.access.domain.actor import Actor
from careplan.carers.models import CarerRow
from careplan.notices import service as notices
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.people import queries as people


def tell_council(row: CarerRow, words: str, *, actor: Actor, now: datetime) -> None:
    """The social worker hears what the carer did.

    A carer whom the person does not let see the record knows nothing of who looks after it: then nobody is told, and
    the social worker finds it on the carer's page.
    """
    if people.find_person(person_id=row.person_id) is None:
        return
    notices.tell(
        person_id=row.person_id,
        audience=(Audience.COUNCIL,),
        words=words,
        address=f"/people/{row.person_id}/carers/{row.id}",
        kind=NoticeKind.CARER,
        actor=actor,
        now=now,
    )


def tell_carer(row: CarerRow, words: str, *, actor: Actor, now: datetime) -> None:
    """The carer, and nobody else, hears what the council did."""
    if row.account_id is None:
        return
    notices.tell(
        person_id=row.person_id,
        audience=(),
        accounts=(row.account_id,),
        words=words,
        address=f"/me/caring/{row.id}",
        kind=NoticeKind.CARER,
        actor=actor,
        now=now,
    )
