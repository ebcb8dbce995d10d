"""What somebody typed on a page of a draft and has not saved: kept for them alone, apart from the draft."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.errors import invalid
from careplan.kernel.ids import new_id
from careplan.plans import queries
from careplan.plans.models import UnfinishedRow
from careplan.plans.service.drafting import NoDraft

KEPT_FOR = timedelta(days=7)
MOST_FIELDS = 400
LONGEST = 60_000


def keep_unfinished(
    *, plan_id: UUID, page: str, fields: Sequence[tuple[str, str]], actor: Actor, now: datetime
) -> datetime:
    """Keeps what stands in a page's form, in place of what was kept of it before; no draft and nobody else is touched.

    Answers the instant.  Raises NoDraft, and Invalid where it is more than any page holds.
    """
    draft = queries.get_plan(plan_id=plan_id, at=now).draft
    if draft is None:
        raise NoDraft("No version is being written, so nothing is kept.")
    if len(fields) > MOST_FIELDS or sum(len(n) + len(v) for n, v in fields) > LONGEST:
        raise invalid("fields", "This is more than a page of a plan can hold.")
    kept = {"fields": [list(pair) for pair in fields], "kept_at": now, "expires_at": now + KEPT_FOR}
    row = {
        "id": new_id(), "version_id": draft.id, "person_id": draft.person_id, "account_id": actor.account_id,
        "page": page, **kept,
    }  # fmt: skip
    db.session.execute(
        insert(UnfinishedRow)
        .values(row)
        .on_conflict_do_update(constraint="uq_plan_unfinished_account_id_version_id_page", set_=kept)
    )
    return now


def drop_unfinished(*, version_id: UUID, page: str, actor: Actor) -> None:
    """Forgets what was kept of a page, for it was saved or is not wanted."""
    db.session.execute(
        delete(UnfinishedRow).where(
            UnfinishedRow.account_id == actor.account_id,
            UnfinishedRow.version_id == version_id,
            UnfinishedRow.page == page,
        )
    )


def delete_expired(*, now: datetime) -> None:
    """Forgets what nobody came back to."""
    db.session.execute(delete(UnfinishedRow).where(UnfinishedRow.expires_at <= now))
