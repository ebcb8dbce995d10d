"""Changing hours inside the plan's limits, asking for more than they allow, and answering."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from careplan.access.domain.actor import Actor, Role
from careplan.db import db
from careplan.hours import queries
from careplan.hours.domain.adjusting import (
    Adjustment,
    AnsweredAs,
    Answerer,
    CannotAdjust,
    Limit,
    NeedsReview,
    Standing,
    TooLate,
    Wanted,
    answers_as,
    counts_from,
    judge,
)
from careplan.hours.domain.deciding import NotYours
from careplan.hours.domain.terms import Terms
from careplan.hours.models import HourAdjustment, HourBank
from careplan.hours.service.contingency import COUNCIL_ROLES, IdUsedBefore
from careplan.hours.service.opening import one_at_a_time
from careplan.hours.service.posting import By, lock
from careplan.hours.service.restating import settle_all
from careplan.kernel.clock import local_date
from careplan.kernel.errors import invalid
from careplan.kernel.words import duration
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.notices.service import tell
from careplan.people import queries as people
from careplan.people.domain.authority import decides_care

OPEN = frozenset({Standing.WAITS_FOR_PERSON, Standing.REQUESTED})
ASKED_OF_COUNCIL = {
    AnsweredAs.PERSON: "Say when you spoke to the person, and what they said.",
    AnsweredAs.BEST_INTERESTS: "Say what the person would wish, whom you asked, and why it is best for them.",
}
WHO_SAID = {
    AnsweredAs.PERSON: "The person said",
    AnsweredAs.REPRESENTATIVE: "Whoever may decide for the person said",
    AnsweredAs.BEST_INTERESTS: "It was decided in the person’s best interests to say",
}


def adjust_hours(*, person_id: UUID, wanted: Wanted, actor: Actor, now: datetime) -> Adjustment:
    """Changes the hours: an increase inside the limits at once, a decrease once the person has said yes themselves.

    Outside the limits it becomes a request to the social worker. The same under the same id changes nothing.
    Raises NotYours, CannotAdjust, LacksCapacity, IdUsedBefore.
    """
    today = local_date(now)
    plan_id = queries.find_plan_of_person(person_id=person_id, day=today)
    if plan_id is None:
        raise CannotAdjust("No hours have been agreed for this person.")
    one_at_a_time(plan_id)
    terms = queries.find_terms(plan_id=plan_id, on=today)
    if terms is None:
        raise CannotAdjust("The hours of this plan have not begun.")
    if actor.role is not Role.TRUSTED_ASSESSOR or actor.organisation_id != terms.provider_id:
        raise NotYours("The trusted assessor of this person's provider changes hours.")
    if (before := queries.find_adjustment(adjustment_id=wanted.id)) is not None:
        return _same(before, wanted)
    limit = judge(wanted, terms=terms, adjustments=queries.list_adjustments(plan_id=plan_id), today=today)
    _write(terms, wanted, limit, actor, now)
    made = queries.get_adjustment(adjustment_id=wanted.id)
    if made.standing is Standing.IN_FORCE:
        _follow(made, By(actor.account_id, now))
    _tell_asked(made, actor, now)
    return made


def agree_to_decrease(*, adjustment_id: UUID, told_by: str, actor: Actor, now: datetime) -> Adjustment:
    """The person's own yes: from their account, or told on the telephone to somebody of the council, who says how.

    It counts from the next week boundary.  Raises TooLate, NotYours, Invalid.
    """
    return _answer_decrease(adjustment_id, Standing.IN_FORCE, told_by, actor, now)


def decline_decrease(*, adjustment_id: UUID, told_by: str, actor: Actor, now: datetime) -> Adjustment:
    """The person's own no.  Raises TooLate, NotYours, Invalid."""
    return _answer_decrease(adjustment_id, Standing.DECLINED, told_by, actor, now)


def take_decrease_back(*, adjustment_id: UUID, actor: Actor, now: datetime) -> Adjustment:
    """The person takes a yes back within 14 days; the hours come back.  Taken back before, nothing changes.

    Raises TooLate.
    """
    made = _locked(adjustment_id)
    if made.standing is Standing.TAKEN_BACK:
        return made
    if not made.can_be_taken_back(local_date(now)):
        raise TooLate("This can no longer be taken back here. Talk to your social worker.")
    _set(made, {"standing": Standing.TAKEN_BACK.value, "taken_back_at": now})
    after = queries.get_adjustment(adjustment_id=made.id)
    _follow(after, By(actor.account_id, now))
    _tell(
        after, {Audience.COUNCIL, Audience.PROVIDER}, f"The person took their yes to {_words(after)} back.", actor, now
    )
    return after


def approve_adjustment(*, adjustment_id: UUID, actor: Actor, now: datetime) -> Adjustment:
    """The social worker lets a change outside the limits be: an increase counts from tomorrow; a decrease waits for the
    person's own yes. Approved before, nothing changes.  Raises NotYours, TooLate, NeedsReview."""
    made = _asked(adjustment_id, actor)
    if made.standing in (Standing.IN_FORCE, Standing.WAITS_FOR_PERSON):
        return made
    _check_open(made, Standing.REQUESTED)
    if made.outside in (Limit.BELOW_FLOOR, Limit.FLOOR_UNKNOWN) and not made.is_increase:
        raise NeedsReview(
            "Fewer hours than are tied to eligible needs take a review: hold it, and write a new version of the plan."
        )
    if made.is_increase:
        _answer(made, Standing.IN_FORCE, "", actor, now)
        _follow(queries.get_adjustment(adjustment_id=made.id), By(actor.account_id, now))
    else:
        _set(made, {"standing": Standing.WAITS_FOR_PERSON.value})
    after = queries.get_adjustment(adjustment_id=made.id)
    _tell(after, {Audience.PROVIDER}, f"The social worker approved {_words(after)}.", actor, now)
    _tell_person(after, actor, now)
    return after


def refuse_adjustment(*, adjustment_id: UUID, reason: str, actor: Actor, now: datetime) -> Adjustment:
    """The social worker refuses a request, with a reason that whoever asked can read; refused before, nothing changes.

    Raises NotYours, TooLate, Invalid.
    """
    if not reason.strip():
        raise invalid("reason", "Say why, so that whoever asked knows what to do next.")
    made = _asked(adjustment_id, actor)
    if made.standing is Standing.REFUSED:
        return made
    _check_open(made, Standing.REQUESTED)
    _answer(made, Standing.REFUSED, reason.strip(), actor, now)
    after = queries.get_adjustment(adjustment_id=made.id)
    _tell(after, {Audience.PROVIDER}, f"The social worker refused {_words(after)}: {after.answer}", actor, now)
    return after


def _answer_decrease(adjustment_id: UUID, to: Standing, told_by: str, actor: Actor, now: datetime) -> Adjustment:
    made = _locked(adjustment_id)
    if made.standing is to:
        return made
    _check_open(made, Standing.WAITS_FOR_PERSON)
    spoken_as = answers_as(_answerer(made.person_id, actor, now), decided_for=made.decided_for)
    if actor.role in COUNCIL_ROLES and not told_by.strip():
        raise invalid("told_by", ASKED_OF_COUNCIL[spoken_as])
    _answer(made, to, told_by.strip(), actor, now, spoken_as)
    after = queries.get_adjustment(adjustment_id=made.id)
    _follow(after, By(actor.account_id, now))
    said = f"{WHO_SAID[spoken_as]} {'yes' if to is Standing.IN_FORCE else 'no'} to {_words(after)}."
    _tell(after, {Audience.COUNCIL, Audience.PROVIDER}, said, actor, now)
    return after


def _answerer(person_id: UUID, actor: Actor, now: datetime) -> Answerer:
    """What an actor may be when a decrease of this person is answered."""
    able = [a for a in people.list_authorities(person_id=person_id, at=now) if decides_care(a, now)]
    own = [a for a in able if a.account_id == actor.account_id]
    return Answerer(
        is_person=actor.role is Role.CITIZEN,
        is_council=actor.role in COUNCIL_ROLES,
        has_authority=actor.role is Role.REPRESENTATIVE and bool(own),
        others_have_authority=bool(able),
    )


def note_capacity(*, plan_id: UUID, lacks_capacity: bool, actor: Actor, now: datetime) -> None:
    """Whether the person can decide was found out: decreases that wait then wait for whoever may decide for them.

    Found able again, the person answers as before.
    """
    one_at_a_time(plan_id)
    for made in queries.list_adjustments(plan_id=plan_id):
        if made.standing is not Standing.WAITS_FOR_PERSON or made.decided_for is lacks_capacity:
            continue
        _set(made, {"decided_for": lacks_capacity})
        if lacks_capacity:
            words = f"Somebody must decide for the person about {_words(made)}."
            _tell(made, {Audience.COUNCIL}, words, actor, now)
            _tell(made, {Audience.PERSON}, words, actor, now, address="/me/hours/changes")


def _write(terms: Terms, wanted: Wanted, limit: Limit | None, actor: Actor, now: datetime) -> None:
    standing = Standing.REQUESTED if limit else Standing.IN_FORCE if wanted.minutes > 0 else Standing.WAITS_FOR_PERSON
    at_once = standing is Standing.IN_FORCE
    outcome = next(o for o in terms.outcomes if o.id == wanted.outcome_id)
    db.session.execute(
        insert(HourAdjustment).values(
            id=wanted.id, person_id=terms.person_id, plan_id=terms.plan_id, plan_version_id=terms.plan_version_id,
            funder=terms.main_funder.value, minutes=wanted.minutes, lasting=wanted.lasting.value,
            outcome_id=outcome.id, outcome_words=outcome.words, reason=wanted.reason.strip(),
            outside=limit.value if limit else None, person_said=wanted.person_said.strip(), asked_by=actor.account_id,
            asked_at=now, standing=standing.value, answer="",
            answered_by=actor.account_id if at_once else None, answered_at=now if at_once else None,
            starts_on=counts_from(wanted.minutes, terms=terms, agreed_on=local_date(now)) if at_once else None,
        )
    )  # fmt: skip


def _same(before: Adjustment, wanted: Wanted) -> Adjustment:
    row = db.session.get_one(HourAdjustment, before.id)
    said = (row.minutes, row.outcome_id, row.reason, row.lasting, row.person_said)
    if said != (
        wanted.minutes, wanted.outcome_id, wanted.reason.strip(), wanted.lasting.value, wanted.person_said.strip()
    ):  # fmt: skip
        raise IdUsedBefore("This id was used before for another change. Make a new one for each.")
    return before


def _answer(
    made: Adjustment, to: Standing, words: str, actor: Actor, now: datetime, spoken_as: AnsweredAs | None = None
) -> None:
    starts_on: date | None = None
    if to is Standing.IN_FORCE:
        terms = next(
            t for t in queries.list_terms(plan_id=made.plan_id) if t.plan_version_id == made.plan_version_id
        )
        starts_on = counts_from(made.minutes, terms=terms, agreed_on=local_date(now))
    _set(
        made,
        {
            "standing": to.value, "answer": words, "answered_by": actor.account_id, "answered_at": now,
            "starts_on": starts_on, "answered_as": spoken_as.value if spoken_as else None,
        },
    )  # fmt: skip


def _set(made: Adjustment, values: dict[str, object]) -> None:
    db.session.execute(
        update(HourAdjustment)
        .where(HourAdjustment.id == made.id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _locked(adjustment_id: UUID) -> Adjustment:
    one_at_a_time(queries.get_adjustment(adjustment_id=adjustment_id).plan_id)
    return queries.get_adjustment(adjustment_id=adjustment_id)


def _asked(adjustment_id: UUID, actor: Actor) -> Adjustment:
    if actor.role not in COUNCIL_ROLES:
        raise NotYours("The social worker decides about changes outside the plan's limits.")
    return _locked(adjustment_id)


def _check_open(made: Adjustment, wanted: Standing) -> None:
    if made.standing is not wanted:
        raise TooLate("This was answered before.", standing=made.standing.value)


def _follow(made: Adjustment, by: By) -> None:
    """Every open bank of the funder from the day on comes to what now counts."""
    if made.starts_on is None:
        return
    ids = db.session.scalars(
        select(HourBank.id)
        .where(
            HourBank.plan_id == made.plan_id, HourBank.funder == made.funder.value, HourBank.ends_on >= made.starts_on
        )
        .order_by(HourBank.id)
    ).all()
    lock(ids)
    settle_all([queries.get_bank_by_id(bank_id=found) for found in ids], by)


def _tell_asked(made: Adjustment, actor: Actor, now: datetime) -> None:
    if made.standing is Standing.REQUESTED:
        address = f"/requests/adjustments/{made.id}"
        words = f"The provider asks for {_words(made)}: {made.reason}"
        _tell(made, {Audience.COUNCIL}, words, actor, now, address=address)
        return
    _tell(made, {Audience.COUNCIL}, f"The provider made a change: {_words(made)}. {made.reason}", actor, now)
    _tell_person(made, actor, now)


def _tell_person(made: Adjustment, actor: Actor, now: datetime) -> None:
    words = f"Your hours are changed: {_words(made)}."
    if made.standing is Standing.WAITS_FOR_PERSON:
        words = f"Your care provider would like {_words(made)}. You can say yes or no."
    _tell(made, {Audience.PERSON}, words, actor, now, address="/me/hours/changes")


def _words(made: Adjustment) -> str:
    return f"{duration(made.size)} {'more' if made.is_increase else 'less'} in four weeks"


def _tell(
    made: Adjustment, audience: set[Audience], words: str, actor: Actor, now: datetime, *, address: str | None = None
) -> None:
    tell(
        person_id=made.person_id, audience=audience, words=words,
        address=address or f"/people/{made.person_id}/hours/changes", actor=actor, now=now, kind=NoticeKind.HOURS,
    )  # fmt: skip
