"""What documents there are, and what they ask of the plans below them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from careplan.access import queries as access
from careplan.db import db
from careplan.documents import rows
from careplan.documents.domain.easy_read import EasyRead
from careplan.documents.domain.verdict import Verdict, verdict_on
from careplan.documents.models import EasyReadRow
from careplan.plans import queries as plans


def get_verdict(*, digits: str, at: datetime) -> Verdict:
    """Whether the version whose hash begins with these digits counts at an instant."""
    found = plans.list_versions_by_hash(digits=digits)
    states = (plans.get_version(plan_id=plan_id, number=number, at=at).state for plan_id, number in found)
    return verdict_on(tuple(states))


def find_approved(*, version_id: UUID) -> EasyRead | None:
    """The latest Easy Read of a version to which the person said yes."""
    return _find(
        select(EasyReadRow)
        .where(EasyReadRow.version_id == version_id, EasyReadRow.approved_at.is_not(None))
        .order_by(EasyReadRow.approved_at.desc(), EasyReadRow.id.desc())
        .limit(1)
    )


def find_open(*, version_id: UUID) -> EasyRead | None:
    """The Easy Read of a version that is being written, or waits for the person's yes."""
    return _find(select(EasyReadRow).where(EasyReadRow.version_id == version_id, EasyReadRow.approved_at.is_(None)))


def find_offered(*, version_id: UUID) -> EasyRead | None:
    """The Easy Read of a version that the person has been shown and has not answered."""
    found = find_open(version_id=version_id)
    return found if found is not None and found.offered_at is not None else None


def _find(statement: Select[EasyReadRow]) -> EasyRead | None:
    row = db.session.scalar(statement)
    if row is None:
        return None
    accounts = {row.saved_by} | ({row.approved_recorded_by} if row.approved_recorded_by else set())
    return rows.easy_read(row, access.list_account_names(account_ids=accounts))
