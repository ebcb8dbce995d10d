"""Every version that was sent round, held against its hash and its signatures; reads only."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, union_all

from careplan.db import db
from careplan.plans.domain.kept import Break, Kept, breaks_of
from careplan.plans.models import BestInterestsRow, NotAgreedRow, PlanAgreementRow, PlanVersionRow

AT_ONCE = 200


def check_all() -> Iterator[tuple[Kept, tuple[Break, ...]]]:
    """Every version that was sent round, with the ways in which it is broken; a few at a time."""
    found = db.session.execute(_select_kept().execution_options(yield_per=AT_ONCE))
    return ((kept, breaks_of(kept)) for kept in (_kept(row) for row in found))


def list_broken(*, plan_id: UUID) -> dict[int, tuple[Break, ...]]:
    """The versions of a plan that are not what was sent round, by number; empty: all are whole."""
    found = db.session.execute(_select_kept().where(PlanVersionRow.plan_id == plan_id))
    broken = {kept.number: breaks_of(kept) for kept in (_kept(row) for row in found)}
    return {number: breaks for number, breaks in broken.items() if breaks}


def _select_kept() -> Select[UUID, int, dict[str, object], bytes, str, list[str]]:
    signed = union_all(
        select(PlanAgreementRow.version_id, PlanAgreementRow.content_hash),
        select(BestInterestsRow.version_id, BestInterestsRow.content_hash),
        select(NotAgreedRow.version_id, NotAgreedRow.content_hash),
    ).subquery()
    hashes = (
        select(signed.c.version_id, func.array_agg(signed.c.content_hash.distinct()).label("hashes"))
        .group_by(signed.c.version_id)
        .subquery()
    )
    v = PlanVersionRow
    return (
        select(v.plan_id, v.number, v.content, v.canonical, v.content_hash, hashes.c.hashes)
        .outerjoin(hashes, hashes.c.version_id == v.id)
        .where(v.proposed_at.is_not(None))
        .order_by(v.id)
    )


def _kept(row: Any) -> Kept:
    return Kept(
        plan_id=row.plan_id,
        number=row.number,
        content=row.content,
        canonical=bytes(row.canonical),
        content_hash=row.content_hash,
        signed=tuple(row.hashes or ()),
    )
