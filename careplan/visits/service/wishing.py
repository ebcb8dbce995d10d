"""Writing down whom a person wishes to come, and what workers say of themselves."""

from datetime import datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.kernel.ids import new_id
from careplan.visits.domain.fitting import Traits, Wishes
from careplan.visits.models import VisitWishRow, WorkerTraitRow
from careplan.visits.queries.patterns import find_wishes


def record_wishes(*, person_id: UUID, wishes: Wishes, actor: Actor, now: datetime) -> None:
    """The person's wishes from now on; what was said before stays. The same again changes nothing."""
    if find_wishes(person_id=person_id) == wishes:
        return
    db.session.add(
        VisitWishRow(
            id=new_id(),
            person_id=person_id,
            gender=wishes.gender,
            language=wishes.language,
            culture=wishes.culture,
            latitude=wishes.place.latitude if wishes.place else None,
            longitude=wishes.place.longitude if wishes.place else None,
            recorded_by=actor.account_id,
            recorded_at=now,
        )
    )
    db.session.flush()


def record_traits(*, worker_id: UUID, traits: Traits, actor: Actor, now: datetime) -> None:
    """What a worker of one's own organisation says of themselves; saying it again replaces it.  Raises NotFound."""
    worker = access.list_accounts_by_id(account_ids=[worker_id]).get(worker_id)
    if worker is None or actor.organisation_id is None or worker.organisation_id != actor.organisation_id:
        raise NotFound("There is no such worker.")
    row = db.session.get(WorkerTraitRow, worker_id) or WorkerTraitRow(worker_id=worker_id)
    row.organisation_id, row.said_at, row.said_to = actor.organisation_id, now, actor.account_id
    row.gender, row.culture = traits.gender, traits.culture
    row.languages = sorted(traits.languages) if traits.languages is not None else None
    db.session.add(row)
    db.session.flush()
