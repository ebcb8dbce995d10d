"""Jean's own record: begun by telephone, assessed at her home, decided, planned, and agreed to by her."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.assessments.domain.content import Answer, How, Impact, Method
from careplan.assessments.domain.giving import Format
from careplan.assessments.domain.outcome import Achievable, WellbeingArea
from careplan.carers import service
from careplan.carers.domain.assessment import CarerAssessmentContent
from careplan.carers.domain.carer import Carer, Caring
from careplan.carers.domain.eligibility import Found, Kind
from careplan.carers.domain.giving import CarerPaper
from careplan.carers.domain.outcome import CarerOutcome
from careplan.carers.domain.plan import CarerPlanContent
from careplan.carers.service.assessing import tag_of as tag_of_assessment
from careplan.carers.service.recording import tag_of
from careplan.demo.council.cast import Cast
from careplan.demo.story import jean
from careplan.kernel.clock import local_date
from careplan.people import queries as people

REVIEW_IN = timedelta(days=180)


def look_after_jean(person_id: UUID, *, cast: Cast, ago: Callable[..., datetime]) -> None:
    """`ago` gives a time of day so many days ago."""
    worker = cast["social-worker"]
    carer = _begin(person_id, cast=cast, worker=worker, now=ago(34))
    service.save_caring(
        carer_id=carer.id,
        caring=Caring(jean.WHAT, jean.HOW_IT_IS, Answer.YES, jean.WILLING, jean.NOT_WILLING),
        tag=tag_of(Caring()),
        actor=cast["unpaid-carer"],
        now=ago(32, time(20, 30)),
    )
    _assess(carer, worker=worker, now=ago(29))
    _plan(carer, cast=cast, worker=worker, written=ago(25), read=ago(23, time(19, 0)))


def _begin(person_id: UUID, *, cast: Cast, worker: Actor, now: datetime) -> Carer:
    account_id = cast["unpaid-carer"].account_id
    contact = next(c for c in people.list_contacts(person_id=person_id) if c.account_id == account_id)
    return service.open_record(
        person_id=person_id,
        details=jean.DETAILS,
        said_on=local_date(now),
        how="By telephone, when I rang about Sundays.",
        contact_id=contact.id,
        actor=worker,
        now=now,
    )


def _assess(carer: Carer, *, worker: Actor, now: datetime) -> None:
    found = tuple(
        Found(outcome, Achievable.NO, *jean.UNABLE[outcome])
        if outcome in jean.UNABLE
        else Found(outcome, Achievable.YES)
        for outcome in CarerOutcome
    )
    content = CarerAssessmentContent(
        how=How(local_date(now), Method.FACE_TO_FACE, "Nobody: at Jean’s home, while Margaret was out", jean.OWN_WORDS),
        necessary=Answer.YES,
        necessary_words=jean.NECESSARY,
        health=Answer.YES,
        health_words=jean.HEALTH,
        outcomes=found,
        impact=Impact(Answer.YES, (WellbeingArea.HEALTH, WellbeingArea.RELATIONSHIPS), jean.IMPACT),
    )
    tag = tag_of_assessment(CarerAssessmentContent())
    service.save_assessment(carer_id=carer.id, content=content, tag=tag, actor=worker, now=now)
    service.finish_assessment(carer_id=carer.id, actor=worker, now=now)
    service.determine(
        carer_id=carer.id,
        kind=Kind.ELIGIBLE,
        reasons=jean.REASONS,
        decided_on=local_date(now),
        actor=worker,
        now=now,
    )
    service.record_given(
        carer_id=carer.id,
        paper=CarerPaper.DETERMINATION,
        format=Format.PAPER,
        given_on=local_date(now),
        actor=worker,
        now=now,
    )


def _plan(carer: Carer, *, cast: Cast, worker: Actor, written: datetime, read: datetime) -> None:
    content = CarerPlanContent(
        aims=jean.AIMS,
        breaks_wanted=Answer.YES,
        breaks=jean.BREAKS,
        if_they_stop=jean.IF_SHE_STOPS,
        call=jean.CALL,
        review_on=local_date(written) + REVIEW_IN,
    )
    tag = service.NOTHING_YET.hash
    plan = service.save_plan(carer_id=carer.id, content=content, tag=tag, actor=worker, now=written)
    shown = plan.content.hash
    service.agree_as_council(carer_id=carer.id, shown_hash=shown, actor=worker, now=written)
    service.agree_as_carer(carer_id=carer.id, shown_hash=shown, actor=cast["unpaid-carer"], now=read)
