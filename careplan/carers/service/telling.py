"""Who is told of what is done in a carer's record. No notice says what stands there, and whom the carer has not chosen
is told nothing.
"""

from collections.abc import Iterable
from datetime import datetime

from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Kind
from careplan.carers.domain.consent import Matter
from careplan.carers.models import CarerRow
from careplan.notices import service as notices
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.people import queries as people

# Whom the carer can choose, by role and relationship, and where they read the plan.
READERS = {
    Matter.PERSON: ((Role.CITIZEN, Kind.SELF), "/me/carers"),
    Matter.REPRESENTATIVE: ((Role.REPRESENTATIVE, Kind.AUTHORITY), "/me/carers"),
    Matter.PROVIDER: ((Role.PROVIDER_COORDINATOR, Kind.PACKAGE), "/people/{person_id}/carers/shared"),
}


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


def tell_readers(row: CarerRow, chosen: Iterable[Matter], *, actor: Actor, now: datetime) -> None:
    """Those whom the carer has chosen hear that there is a plan for them to read."""
    if people.find_person(person_id=row.person_id) is None:
        return
    for matter in chosen:
        tie, address = READERS[matter]
        accounts = access.list_related_accounts(person_id=row.person_id, ties=[tie], at=now)
        notices.tell(
            person_id=row.person_id,
            audience=(),
            accounts=tuple(accounts),
            words=f"{row.name} lets you read their plan as a carer.",
            address=address.format(person_id=row.person_id),
            kind=NoticeKind.CARER,
            actor=actor,
            now=now,
        )
