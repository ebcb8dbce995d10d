"""Concerns as frozen values. The database shows none to person, representative and carer, nor to whoever is alleged."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, exists, select, text

from careplan.access.domain.actor import Actor
from careplan.access.trail import Hidden
from careplan.concerns import rows
from careplan.concerns.domain.concern import Concern, State
from careplan.concerns.domain.step import StepKind
from careplan.concerns.models import AllegedRow, ConcernRow, StepRow
from careplan.db import db
from careplan.kernel.errors import NotFound

# The reader may not see these rows, so the database answers for them: see the migration that made the function.
_HIDDEN = text("SELECT concern_id, since FROM concerns_hidden_from_me(:person)")


def get_concern(*, concern_id: UUID) -> Concern:
    """One concern, as far as the transaction's actor may see.  Raises NotFound."""
    row = db.session.get(ConcernRow, concern_id)
    if row is None:
        raise NotFound("There is no such concern.")
    return _whole([row])[0]


def find_person_of_concern(*, concern_id: UUID, **_: object) -> UUID | None:
    """Whom a concern is about, as far as the transaction's actor may see."""
    return db.session.scalar(select(ConcernRow.person_id).where(ConcernRow.id == concern_id))


def list_concerns(*, person_id: UUID) -> list[Concern]:
    """The concerns about a person, the latest first: for routes under the section CONCERN only."""
    found = db.session.scalars(
        select(ConcernRow)
        .where(ConcernRow.person_id == person_id)
        .order_by(ConcernRow.recorded_at.desc(), ConcernRow.id.desc())
    )
    return _whole(found.all())


def list_open(*, visible: Select[UUID]) -> list[Concern]:
    """The concerns about these people that nobody has closed, in the order in which they were raised."""
    found = db.session.scalars(
        select(ConcernRow)
        .where(ConcernRow.person_id.in_(visible), ~_has(StepKind.CLOSED))
        .order_by(ConcernRow.recorded_at, ConcernRow.id)
    )
    return _whole(found.all())


def list_every_open() -> list[Concern]:
    """Every concern that nobody has closed: for what the product does by itself."""
    found = db.session.scalars(select(ConcernRow).where(~_has(StepKind.CLOSED)).order_by(ConcernRow.id))
    return _whole(found.all())


def list_untaken() -> list[Concern]:
    """Every concern that nobody has taken up."""
    return [c for c in list_every_open() if c.state is State.NEW]


def list_suspended(*, person_id: UUID) -> frozenset[UUID]:
    """The contacts of a person whose access is suspended by a concern."""
    return frozenset(
        s.contact_id
        for c in list_concerns(person_id=person_id)
        for s in c.open_steps(StepKind.SUSPENDED)
        if s.contact_id is not None
    )


def find_hidden(*, person_id: UUID, reader: Actor) -> Hidden:
    """What the transaction's actor is not shown of who has looked at this person's record: concerns that allege them,
    and to family those of which a named decision withholds the lines.
    """
    found = db.session.execute(_HIDDEN, {"person": person_id}).all()
    return Hidden(
        reader_id=reader.account_id,
        things=frozenset(row.concern_id for row in found),
        leads_since=min((row.since for row in found), default=None),
    )


def _has(kind: StepKind):  # type: ignore[no-untyped-def]  # SQLAlchemy's element types say nothing to a reader
    return exists().where(StepRow.concern_id == ConcernRow.id, StepRow.kind == kind.value)


def _whole(found: Sequence[ConcernRow]) -> list[Concern]:
    """With who is alleged and what was done: three statements however many they are."""
    ids = [row.id for row in found]
    alleged: dict[UUID, list[AllegedRow]] = defaultdict(list)
    steps: dict[UUID, list[StepRow]] = defaultdict(list)
    if ids:
        for a in db.session.scalars(select(AllegedRow).where(AllegedRow.concern_id.in_(ids)).order_by(AllegedRow.id)):
            alleged[a.concern_id].append(a)
        for s in db.session.scalars(
            select(StepRow).where(StepRow.concern_id.in_(ids)).order_by(StepRow.recorded_at, StepRow.id)
        ):
            steps[s.concern_id].append(s)
    return [rows.concern(row, alleged=alleged[row.id], steps=steps[row.id]) for row in found]
