"""Beginning a plan, beginning the next version, and saving what is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, Stale
from careplan.kernel.ids import new_id
from careplan.plans import queries
from careplan.plans.domain.content import Interim, InterimReason, Need, PlanContent, PlanKind, as_json
from careplan.plans.domain.measuring import check_save
from careplan.plans.domain.merging import Choice, Clash, merge
from careplan.plans.domain.parsing import blank, content_from_json, with_sections
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.plans.domain.resting import resting_on
from careplan.plans.models import DraftRevisionRow, PlanVersionRow, SupportPlanRow
from careplan.plans.service.locking import Locked, locked_plan, version_row
from careplan.plans.service.measuring import counting_of, rated_of
from careplan.plans.service.telling import tell_withdrawn


class PlanExists(Conflict):
    """The person has a plan already; the next version is written there."""

    code = "plan_exists"


class DraftExists(Conflict):
    """Somebody is writing the next version already."""

    code = "draft_exists"


class NoDraft(Conflict):
    """There is nothing to save into: no version is being written."""

    code = "no_draft"


class BothChanged(Stale):
    """Somebody else changed the very thing that was typed; what else was typed goes together with theirs."""

    code = "both_changed"

    def __init__(
        self, message: str, *, clashes: tuple[Clash, ...], base: PlanContent, mine: PlanContent, current: PlanVersion
    ) -> None:
        super().__init__(message, saved_by=name_of(current.saved_by))
        self.clashes = clashes
        self.base = base
        self.mine = mine
        self.current = current


@dataclass(frozen=True, slots=True)
class Choices:
    """What is to stand where two texts clash, chosen by somebody who read the draft at one revision."""

    of_revision: int = 0
    by_name: Mapping[str, Choice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft after a save, and who had saved in between, where anybody had."""

    draft: PlanVersion
    together_with: str = ""


def create_plan(
    *, person_id: UUID, kind: PlanKind, actor: Actor, now: datetime, plan_id: UUID | None = None
) -> PlanVersion:
    """Begins a person's plan with an empty first draft.  Raises PlanExists, unless their last plan has ended."""
    current = queries.find_plan(person_id=person_id, at=now)
    if current is not None and current.ended_at is None:
        raise PlanExists("There is a plan already. Write its next version.", plan=str(current.id))
    row = SupportPlanRow(
        id=plan_id or new_id(),
        person_id=person_id,
        created_at=now,
        created_by=actor.account_id,
        service_starts_on=None,
        ended_at=None,
        ended_reason=None,
    )
    db.session.add(row)
    db.session.flush()
    add_draft(row, blank(plan=row.id, kind=kind), based_on=None, actor=actor, now=now)
    return queries.get_version(plan_id=row.id, number=1, at=now)


def start_draft(
    *, plan_id: UUID, actor: Actor, now: datetime, kind: PlanKind | None = None, rests_on: UUID | None = None
) -> PlanVersion:
    """Begins the next version from the latest one; the version in force stays in force meanwhile.

    A version that still waits for agreement is taken back: every signature on it is void, for all are needed again.
    `rests_on` is the review that leads to it; what goes on from a version that does not count yet rests on the same.
    Raises DraftExists, RevisionNeedsReview, PlanEnded.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    number = _begin(locked, kind or locked.plan.latest.kind, actor, rests_on=rests_on)
    return queries.get_version(plan_id=plan_id, number=number, at=locked.now)


def save_draft(*, plan_id: UUID, changes: Mapping[str, Any], revision: int, actor: Actor, now: datetime) -> PlanVersion:
    """Replaces the named sections of the draft.

    Raises NoDraft, Invalid, LevelsLocked, and Stale with both texts where somebody saved since that revision was read.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    draft = _draft(locked.plan)
    if draft.revision != revision:
        raise _stale(draft, changes)
    return _save(locked, draft, changes, actor)


def save_page(
    *,
    plan_id: UUID,
    edit: Callable[[PlanContent], Mapping[str, Any]],
    revision: int,
    choices: Choices,
    actor: Actor,
    now: datetime,
) -> Saved:
    """Saves a page that was opened at a revision: what others saved since then is kept beside it.

    `edit` gives the sections to replace, from the content that the page showed; `choices` say what is to stand where
    both changed one thing.  Raises BothChanged with what nobody has chosen yet, NoDraft, Invalid, and Stale where the
    revision is not known.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    draft = _draft(locked.plan)
    if draft.revision == revision:
        return Saved(_save(locked, draft, edit(draft.content), actor))
    base = queries.find_draft_revision(version_id=draft.id, revision=revision)
    if base is None:
        raise Stale("This page was opened too long ago. What you typed is still here: read it, and save again.")
    mine = content_from_json(with_sections(as_json(base), edit(base)))
    chosen = choices.by_name if choices.of_revision == draft.revision else {}
    both = merge(base=as_json(base), mine=as_json(mine), theirs=as_json(draft.content), choices=chosen)
    if both.clashes:
        message = "Somebody changed the same thing. Nothing that you typed is lost."
        raise BothChanged(message, clashes=both.clashes, base=base, mine=mine, current=draft)
    return Saved(_save(locked, draft, both.content, actor), together_with=name_of(draft.saved_by))


def edit_plan(*, plan_id: UUID, changes: Mapping[str, Any], etag: str, actor: Actor, now: datetime) -> PlanVersion:
    """Saves into the draft that the tag names; where it names the latest proposed version, begins the next one from it.

    Raises Stale with both texts, Invalid, RevisionNeedsReview, PlanEnded.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    latest = locked.plan.latest
    if latest.etag != etag:
        raise _stale(latest, changes)
    if locked.plan.draft is None:
        _begin(locked, latest.kind, actor)
        locked = locked_plan(plan_id=plan_id, now=locked.now)
    return _save(locked, _draft(locked.plan), changes, actor)


def take_needs(*, plan_id: UUID, found: Sequence[Need], actor: Actor, now: datetime) -> PlanVersion:
    """Adds needs that were found elsewhere to those of the draft.  Raises NoDraft, Invalid."""
    locked = locked_plan(plan_id=plan_id, now=now)
    draft = _draft(locked.plan)
    held = as_json(replace(draft.content, needs=(*draft.content.needs, *found)))["needs"]
    return _save(locked, draft, {"needs": held}, actor)


def discard_draft(*, plan_id: UUID, actor: Actor, now: datetime) -> None:
    """Gives up the draft; it is kept as taken back.  Raises NoDraft."""
    locked = locked_plan(plan_id=plan_id, now=now)
    withdraw(_draft(locked.plan), reason="Given up before it was sent round.", actor=actor, now=locked.now)


def withdraw(version: PlanVersion, *, reason: str, actor: Actor, now: datetime) -> None:
    """Takes a version back; signatures on it are kept and count for nothing. Who was asked to read it hears of that."""
    row = version_row(version_id=version.id)
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = now, actor.account_id, reason
    db.session.flush()
    if version.proposed_at is not None:
        tell_withdrawn(version=version, reason=reason, actor=actor, now=now)


def _begin(locked: Locked, kind: PlanKind, actor: Actor, *, rests_on: UUID | None = None) -> int:
    plan = locked.plan
    if plan.draft is not None:
        raise DraftExists(f"Version {plan.draft.number} is being written already.", draft=plan.draft.number)
    review = resting_on(plan, kind, rests_on)
    base = plan.latest
    number = plan.versions[-1].number + 1
    if plan.proposed is not None:
        withdraw(plan.proposed, reason=f"Changed: it goes on as version {number}.", actor=actor, now=locked.now)
    content = replace(base.content, version=number, kind=kind, interim=_interim(base.content, kind))
    moves = _still_to_come(base, locked.now)
    add_draft(
        locked.row, content, based_on=base.number, rests_on=review, counts_from=moves, actor=actor, now=locked.now
    )
    return number


def _still_to_come(base: PlanVersion, now: datetime) -> date | None:
    """A change of provider that lies ahead lies ahead of what is written from it, too."""
    day = base.counts_from
    return day if day is not None and day > local_date(now) else None


def _interim(content: PlanContent, kind: PlanKind) -> Interim | None:
    if kind is PlanKind.FULL:
        return None
    return content.interim or Interim(InterimReason.URGENT_NEED)


def add_draft(
    plan: SupportPlanRow,
    content: PlanContent,
    *,
    based_on: int | None,
    actor: Actor,
    now: datetime,
    rests_on: UUID | None = None,
    counts_from: date | None = None,
) -> None:
    """Writes the draft of a version down; that it may be begun now is its caller's to know."""
    row = PlanVersionRow(
        id=new_id(),
        plan_id=plan.id,
        person_id=plan.person_id,
        number=content.version,
        kind=content.kind.value,
        content=as_json(content),
        revision=1,
        based_on=based_on,
        rests_on=rests_on,
        created_at=now,
        created_by=actor.account_id,
        saved_at=now,
        saved_by=actor.account_id,
        counts_from=counts_from,
    )
    db.session.add(row)
    db.session.flush()
    _keep_revision(row)


def _save(locked: Locked, draft: PlanVersion, changes: Mapping[str, Any], actor: Actor) -> PlanVersion:
    content = content_from_json(with_sections(as_json(draft.content), changes))
    check_save(
        counting=counting_of(locked.plan), rated=rated_of(locked.plan, content), before=draft.content, after=content
    )
    row = version_row(version_id=draft.id)
    if content != draft.content:
        row.content = as_json(content)
        row.revision += 1
        row.saved_at, row.saved_by = locked.now, actor.account_id
        db.session.flush()
        _keep_revision(row)
    return queries.get_version(plan_id=draft.plan_id, number=draft.number, at=locked.now)


def _keep_revision(row: PlanVersionRow) -> None:
    """Each save stays readable, so that a page that was open meanwhile can be put together with it."""
    db.session.add(
        DraftRevisionRow(
            version_id=row.id,
            revision=row.revision,
            person_id=row.person_id,
            content=row.content,
            saved_at=row.saved_at,
            saved_by=row.saved_by,
        )
    )
    db.session.flush()


def name_of(account_id: UUID) -> str:
    """The name of whoever saved."""
    return access.list_account_names(account_ids=[account_id]).get(account_id, "")


def _draft(plan: SupportPlan) -> PlanVersion:
    if plan.draft is None:
        raise NoDraft("No version is being written. Begin the next one first.")
    return plan.draft


def _stale(current: PlanVersion, changes: Mapping[str, Any]) -> Stale:
    stands = as_json(current.content)
    return Stale(
        "Somebody saved this since you opened it. Both texts are here, and nothing that you typed is lost.",
        etag=current.etag,
        saved_at=current.saved_at.isoformat(),
        saved_by=name_of(current.saved_by),
        current={key: stands.get(key) for key in changes},
        yours=dict(changes),
    )
