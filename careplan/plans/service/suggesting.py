"""Co-writing: comments, suggestions of exact values, and taking or declining them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.errors import Conflict, NotFound, invalid
from careplan.kernel.ids import new_id
from careplan.plans import queries
from careplan.plans.domain.content import as_json
from careplan.plans.domain.items import WHOLE_PLAN
from careplan.plans.domain.plan import PlanVersion, Suggestion
from careplan.plans.domain.stance import Stance, check_accepted, check_asked, check_stance
from careplan.plans.domain.state import VersionState
from careplan.plans.domain.suggestion import (
    DecidedAlready,
    Decision,
    ItemHasMoved,
    NoSuchItem,
    NotYours,
    OwnSuggestion,
    check_counter,
    check_new,
    check_reason,
    value_at,
    with_value,
)
from careplan.plans.models import PlanCommentRow, PlanStanceRow, PlanSuggestionRow
from careplan.plans.service.drafting import save_draft, start_draft
from careplan.plans.service.locking import Locked, locked_plan
from careplan.plans.service.telling import (
    tell_answered,
    tell_commented,
    tell_declined,
    tell_suggested,
    tell_suggestion_withdrawn,
    tell_taken,
)

OPEN_TO_CHANGE = frozenset({VersionState.DRAFT, VersionState.PROPOSED, VersionState.AGREED, VersionState.IN_FORCE})
LONGEST = 2_000
INSTEAD = "Another suggestion about this was taken instead."


class PastChanging(Conflict):
    """The version is no longer one that the next is written from."""

    code = "past_changing"


def suggest_change(
    *,
    suggestion_id: UUID,
    plan_id: UUID,
    number: int,
    item: str,
    field: str,
    value: Any,
    why: str,
    actor: Actor,
    now: datetime,
    answers_to: UUID | None = None,
) -> Suggestion:
    """Proposes an exact value for one field of one item, or another one than `answers_to` does.

    The same id again changes nothing.
    Raises NoSuchItem, NothingNew, Invalid, PastChanging; for a counter-proposal DecidedAlready, AboutSomethingElse.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    if db.session.get(PlanSuggestionRow, suggestion_id) is not None:
        return _suggestion(plan_id, suggestion_id)
    version = _open_version(locked, number)
    was = check_new(version.content, item=item, field=field, value=value)
    if answers_to is not None:
        check_counter(_undecided(plan_id, answers_to), item=item, field=field, value=value)
    db.session.add(
        PlanSuggestionRow(
            id=suggestion_id,
            plan_id=plan_id,
            person_id=version.person_id,
            version_id=version.id,
            item=item,
            field=field,
            was=was,
            value=value,
            why=check_reason(why),
            answers_to=answers_to,
            by=actor.account_id,
            at=locked.now,
        )
    )
    db.session.flush()
    suggestion = _suggestion(plan_id, suggestion_id)
    tell_suggested(version=version, suggestion=suggestion, actor=actor, now=locked.now)
    return suggestion


def take_suggestion(*, plan_id: UUID, suggestion_id: UUID, reason: str, actor: Actor, now: datetime) -> PlanVersion:
    """Puts exactly the suggested value into the draft, beginning one where there is none.

    What was suggested against it, or what it was suggested against, is declined by that.
    Raises DecidedAlready, ItemHasMoved, RevisionNeedsReview, and NobodyAccepted for one's own that no other party
    accepts.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    suggestion = _undecided(plan_id, suggestion_id)
    if suggestion.by == actor.account_id:
        check_accepted(suggestion.standings)
    draft = locked.plan.draft or start_draft(plan_id=plan_id, actor=actor, now=locked.now)
    try:
        stands = value_at(draft.content, item=suggestion.item, field=suggestion.field)
    except NoSuchItem:
        raise ItemHasMoved("What this was about is no longer in the plan.") from None
    if stands not in (suggestion.was, suggestion.value):
        raise ItemHasMoved("This was changed since. Read it again before you take the suggestion.", stands=stands)
    content = with_value(draft.content, item=suggestion.item, field=suggestion.field, value=suggestion.value)
    saved = save_draft(plan_id=plan_id, changes=as_json(content), revision=draft.revision, actor=actor, now=locked.now)
    _decide(suggestion_id, Decision.TAKEN, reason.strip() or None, actor, locked.now, taken_into=saved.number)
    _decline_others(suggestion, actor, locked.now)
    tell_taken(version=saved, suggestion=suggestion, actor=actor, now=locked.now)
    return saved


def decline_suggestion(*, plan_id: UUID, suggestion_id: UUID, reason: str, actor: Actor, now: datetime) -> Suggestion:
    """Declines with a reason.  Raises Invalid, DecidedAlready, OwnSuggestion."""
    if not reason.strip():
        raise invalid("reason", "Say why not: they will read it.")
    locked = locked_plan(plan_id=plan_id, now=now)
    suggestion = _undecided(plan_id, suggestion_id)
    if suggestion.by == actor.account_id:
        raise OwnSuggestion("This is your own suggestion: take it back instead.")
    version = locked.version(suggestion.version_number)
    _decide(suggestion_id, Decision.DECLINED, reason.strip(), actor, locked.now, taken_into=None)
    suggestion = _suggestion(plan_id, suggestion_id)
    tell_declined(version=version, suggestion=suggestion, actor=actor, now=locked.now)
    return suggestion


def withdraw_suggestion(*, plan_id: UUID, suggestion_id: UUID, actor: Actor, now: datetime) -> Suggestion:
    """Its author takes it back.  Raises DecidedAlready, NotYours."""
    locked = locked_plan(plan_id=plan_id, now=now)
    suggestion = _undecided(plan_id, suggestion_id)
    if suggestion.by != actor.account_id:
        raise NotYours("Only whoever made a suggestion takes it back.")
    _decide(suggestion_id, Decision.WITHDRAWN, None, actor, locked.now, taken_into=None)
    version = locked.version(suggestion.version_number)
    tell_suggestion_withdrawn(version=version, suggestion=suggestion, actor=actor, now=locked.now)
    return _suggestion(plan_id, suggestion_id)


def answer_suggestion(
    *, plan_id: UUID, suggestion_id: UUID, stance: Stance, reason: str, actor: Actor, now: datetime
) -> Suggestion:
    """A party says yes or no to exactly what is suggested; the social worker writes it into the draft, or does not.

    Raises DecidedAlready, NotAsked, Invalid for a no without a reason.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    suggestion = _undecided(plan_id, suggestion_id)
    party = check_asked(role=actor.role, by_party=suggestion.by_party)
    because = check_stance(stance=stance, reason=reason)
    version = locked.version(suggestion.version_number)
    db.session.add(
        PlanStanceRow(
            id=new_id(),
            suggestion_id=suggestion_id,
            plan_id=plan_id,
            person_id=version.person_id,
            party=party.value,
            stance=stance.value,
            reason=because,
            by=actor.account_id,
            at=locked.now,
        )
    )
    db.session.flush()
    tell_answered(version=version, suggestion=suggestion, stance=stance, reason=because, actor=actor, now=locked.now)
    return _suggestion(plan_id, suggestion_id)


def add_comment(
    *,
    plan_id: UUID,
    number: int,
    item: str,
    words: str,
    actor: Actor,
    now: datetime,
    suggestion_id: UUID | None = None,
) -> UUID:
    """Says something about an item, about the whole plan, or about a suggestion.  Raises Invalid, PastChanging."""
    if not words.strip() or len(words) > LONGEST:
        raise invalid("words", f"Write something, in at most {LONGEST:,} characters.")
    locked = locked_plan(plan_id=plan_id, now=now)
    version = _open_version(locked, number)
    about = _suggestion(plan_id, suggestion_id) if suggestion_id else None
    row = PlanCommentRow(
        id=new_id(),
        plan_id=plan_id,
        person_id=version.person_id,
        version_id=version.id,
        item=about.item if about else item or WHOLE_PLAN,
        suggestion_id=suggestion_id,
        words=words.strip(),
        by=actor.account_id,
        at=locked.now,
    )
    db.session.add(row)
    db.session.flush()
    tell_commented(version=version, item=row.item, words=row.words, suggestion=about, actor=actor, now=locked.now)
    return row.id


def _open_version(locked: Locked, number: int) -> PlanVersion:
    version = locked.version(number)
    if version.state not in OPEN_TO_CHANGE:
        raise PastChanging(f"Version {number} is not written from any more. Look at the latest one.")
    return version


def _undecided(plan_id: UUID, suggestion_id: UUID) -> Suggestion:
    suggestion = _suggestion(plan_id, suggestion_id)
    if suggestion.decision is not None:
        raise DecidedAlready(f"{suggestion.decided_by_name} has {suggestion.decision} this already.")
    return suggestion


def _decline_others(taken: Suggestion, actor: Actor, now: datetime) -> None:
    """Of suggestions that answer one another, one can be taken."""
    asked = taken.answers_to or taken.id
    for other in queries.list_suggestions(plan_id=taken.plan_id):
        if other.decision is None and other.id != taken.id and asked in (other.id, other.answers_to):
            _decide(other.id, Decision.DECLINED, INSTEAD, actor, now, taken_into=None)


def _decide(
    suggestion_id: UUID, decision: Decision, reason: str | None, actor: Actor, now: datetime, *, taken_into: int | None
) -> None:
    row = db.session.get_one(PlanSuggestionRow, suggestion_id)
    row.decision, row.decided_reason = decision.value, reason
    row.decided_by, row.decided_at, row.taken_into = actor.account_id, now, taken_into
    db.session.flush()


def _suggestion(plan_id: UUID, suggestion_id: UUID) -> Suggestion:
    found = queries.find_suggestion(plan_id=plan_id, suggestion_id=suggestion_id)
    if found is None:
        raise NotFound("There is no such suggestion.")
    return found
