"""Assessments for tests: a whole one whose limbs say eligible, and what a full plan rests on."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import update

from careplan.access.domain.actor import Actor
from careplan.assessments import queries, service
from careplan.assessments.domain import content as c
from careplan.assessments.domain.advocacy import Ability, AdvocacyFinding, Circumstances
from careplan.assessments.domain.assessment import Assessment
from careplan.assessments.domain.eligibility import Determination, Kind
from careplan.assessments.domain.outcome import Achievable, CareActOutcome, Meaning, WellbeingArea
from careplan.assessments.domain.storing import as_json, part_of, tag_of
from careplan.assessments.models import AssessmentRow
from careplan.db import db
from careplan.kernel.clock import local_date, utc_now

CAN_TAKE_PART = Circumstances(difficulties={ability: c.Answer.NO for ability in Ability})
OUT_OF_REACH = {
    CareActOutcome.HOME_USED_SAFELY: "I am unsteady on the garden steps.",
    CareActOutcome.NUTRITION: "I lost a stone because I could not be bothered to cook for one.",
}


def found(*out_of_reach: CareActOutcome, asked: bool = True) -> tuple[c.OutcomeFound, ...]:
    """The ten outcomes: these are not achievable, the others are, or were not asked."""
    others = Achievable.YES if asked else Achievable.NOT_ASKED
    return tuple(
        c.OutcomeFound(o, Achievable.NO, (Meaning.WITHOUT_ASSISTANCE,), OUT_OF_REACH.get(o, "Not without help."))
        if o in out_of_reach
        else c.OutcomeFound(o, others)
        for o in CareActOutcome
    )


def whole_content(*, on: date | None = None, outcomes: tuple[c.OutcomeFound, ...] | None = None) -> c.AssessmentContent:
    """An assessment that lacks nothing."""
    return c.AssessmentContent(
        how=c.How(on or local_date(utc_now()), c.Method.FACE_TO_FACE, "Jean Hall, sister", "My garden comes first."),
        needs=c.Needs(c.Answer.YES, "A broken hip, and her chest.", outcomes or found(*OUT_OF_REACH)),
        impact=c.Impact(c.Answer.YES, (WellbeingArea.CONTROL,), "She no longer goes out at all."),
        carers=c.Carers(c.Answer.NO),
        other=c.Other(c.Answer.NO, "", c.Answer.YES, "Balance class on Mondays."),
    )


def with_carer(content: c.AssessmentContent, *, willing: c.Answer = c.Answer.YES) -> c.AssessmentContent:
    """The same, with a sister who is asked about each need."""
    parts = tuple(
        c.CarerPart(o.outcome, willing, "Jean cooks on Sundays.", "Nobody else would.")
        for o in content.needs.not_achievable
    )
    return replace(content, carers=c.Carers(c.Answer.YES, "Jean Hall, sister", parts))


def write_parts(content: c.AssessmentContent, *, person_id: UUID, actor: Actor, now: datetime) -> None:
    """Saves every part into the draft, in the order of the pages."""
    for part in c.Part:
        draft = queries.find_draft(person_id=person_id)
        assert draft is not None
        service.save_part(
            person_id=person_id, part=part, value=part_of(content, part), tag=tag_of(part_of(draft.content, part)),
            actor=actor, now=now,
        )  # fmt: skip


def make_advocacy(
    *, person_id: UUID, actor: Actor, circumstances: Circumstances = CAN_TAKE_PART, advocate: str = "",
    now: datetime | None = None,
) -> AdvocacyFinding:  # fmt: skip
    """A finding about taking part."""
    now = now or utc_now()
    return service.record_advocacy(
        person_id=person_id, circumstances=circumstances, evidence="She lost the thread twice.",
        found_on=local_date(now), advocate_name=advocate, advocate_from="Voices Together" if advocate else "",
        actor=actor, now=now,
    )  # fmt: skip


def make_assessment(
    *, person_id: UUID, actor: Actor, content: c.AssessmentContent | None = None, now: datetime | None = None
) -> Assessment:
    """A finished assessment; its draft is written in one go, because most tests rest on one."""
    now = now or utc_now()
    if queries.find_advocacy(person_id=person_id) is None:
        make_advocacy(person_id=person_id, actor=actor, now=now)
    draft = service.start_assessment(person_id=person_id, actor=actor, now=now)
    written = as_json(content or whole_content(on=local_date(now)))
    db.session.execute(update(AssessmentRow).where(AssessmentRow.id == draft.id).values(content=written))
    return service.finish_assessment(person_id=person_id, actor=actor, now=now)


def make_determination(
    *, person_id: UUID, actor: Actor, kind: Kind = Kind.ELIGIBLE, now: datetime | None = None
) -> Determination:
    """What the council decides."""
    now = now or utc_now()
    return service.determine(
        person_id=person_id, kind=kind, reasons="Two outcomes are out of reach.", decided_on=local_date(now),
        actor=actor, now=now,
    )  # fmt: skip


def make_eligible(*, person_id: UUID, actor: Actor, now: datetime | None = None) -> None:
    """All that a full plan rests on: an assessment, the determination, and the duty to an advocate met."""
    if queries.find_determination(person_id=person_id) is None:
        make_assessment(person_id=person_id, actor=actor, now=now)
        make_determination(person_id=person_id, actor=actor, now=now)
