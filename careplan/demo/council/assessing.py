"""Assessing the characters, deciding about them, and giving them their papers."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.assessments import queries, service
from careplan.assessments.domain import content as c
from careplan.assessments.domain.advocacy import Ability, Circumstances, Supporter
from careplan.assessments.domain.eligibility import Kind
from careplan.assessments.domain.giving import Format, Paper, Recipient
from careplan.assessments.domain.outcome import Achievable, CareActOutcome, Meaning, WellbeingArea
from careplan.assessments.domain.storing import part_of, tag_of
from careplan.demo.story.assessed import ASSESSED, Assessed, Support
from careplan.demo.story.characters import Character
from careplan.kernel.clock import local_date
from careplan.plans.queries import get_version

HELD_IN_CONFIDENCE = "Jean asks us not to tell Margaret about her own heart: she does not want her to worry."


def assess(character: Character, *, person_id: UUID, worker: Actor, now: datetime) -> None:
    """The character's assessment and what was decided on it, if they have come so far."""
    story = ASSESSED.get(character.key)
    if story is None:
        return
    by: dict[str, Any] = {"person_id": person_id, "actor": worker, "now": now}
    _find_support(story.support, person_id=person_id, worker=worker, now=now)
    draft = service.start_assessment(**by)
    content = _content(character, story, now)
    for part in c.Part:
        service.save_part(part=part, value=part_of(content, part), tag=tag_of(part_of(draft.content, part)), **by)
    if not _is_supported(person_id):
        # Nobody is found yet who helps her to take part: the assessment waits for that.
        return
    service.finish_assessment(**by)
    service.determine(kind=Kind(story.kind), reasons=story.reasons, decided_on=local_date(now), **by)


def give_margarets_papers(*, person_id: UUID, plan_id: UUID, worker: Actor, now: datetime) -> None:
    """Large print for Margaret, e-mail for her daughter; and what Jean said in confidence stays with the council."""
    standing = queries.get_standing(person_id=person_id)
    version = get_version(plan_id=plan_id, number=1, at=now)
    assert standing.assessment is not None  # noqa: S101  it narrows the type: Margaret was assessed
    assert standing.determination is not None  # noqa: S101  the same
    for paper, paper_id, recipient, name, format_ in (
        (Paper.ASSESSMENT, standing.assessment.id, Recipient.PERSON, "", Format.LARGE_PRINT),
        (Paper.DETERMINATION, standing.determination.id, Recipient.PERSON, "", Format.LARGE_PRINT),
        (Paper.PLAN_VERSION, version.id, Recipient.PERSON, "", Format.LARGE_PRINT),
        (Paper.PLAN_VERSION, version.id, Recipient.REPRESENTATIVE, "Helen Ellis-Ward", Format.EMAIL),
    ):
        service.record_given(
            person_id=person_id, paper=paper, paper_id=paper_id, recipient=recipient, name=name, format=format_,
            given_on=local_date(now), actor=worker, now=now,
        )  # fmt: skip
    service.add_note(person_id=person_id, words=HELD_IN_CONFIDENCE, actor=worker, now=now - timedelta(days=1))


def _find_support(support: Support, *, person_id: UUID, worker: Actor, now: datetime) -> None:
    hard = {Ability(name) for name in support.hard}
    wanted = c.Answer.YES if support.wanted else c.Answer.NO
    service.record_advocacy(
        person_id=person_id,
        circumstances=Circumstances(
            difficulties={a: c.Answer.YES if a in hard else c.Answer.NO for a in Ability},
            supporter=Supporter(support.supporter, c.Answer.NO, wanted) if support.supporter else None,
        ),
        evidence=support.evidence,
        advocate_name=support.advocate,
        advocate_from="Northbridge Voices" if support.advocate else "",
        found_on=local_date(now),
        actor=worker,
        now=now,
    )


def _is_supported(person_id: UUID) -> bool:
    finding = queries.find_advocacy(person_id=person_id)
    return finding is not None and finding.is_met


def _content(character: Character, story: Assessed, now: datetime) -> c.AssessmentContent:
    out_of_reach = {CareActOutcome(aim.care_act): aim.need for aim in character.aims}
    out_of_reach |= {CareActOutcome(name): words for name, words in story.also}
    return c.AssessmentContent(
        how=c.How(local_date(now), c.Method.FACE_TO_FACE, story.carer, character.most_important),
        needs=c.Needs(
            c.Answer.YES if story.impairment else c.Answer.NO,
            story.impairment,
            tuple(_found(o, out_of_reach.get(o)) for o in CareActOutcome),
        ),
        impact=c.Impact(c.Answer.YES, tuple(WellbeingArea(a) for a in story.areas), story.impact),
        carers=_carers(story, out_of_reach),
        other=c.Other(c.Answer.NO, "", c.Answer.YES, story.prevent),
    )


def _found(outcome: CareActOutcome, words: str | None) -> c.OutcomeFound:
    if words is None:
        return c.OutcomeFound(outcome, Achievable.YES)
    return c.OutcomeFound(outcome, Achievable.NO, (Meaning.WITHOUT_ASSISTANCE,), words)


def _carers(story: Assessed, out_of_reach: dict[CareActOutcome, str]) -> c.Carers:
    """A carer helps with the first need, and is not asked to do more."""
    if not story.carer:
        return c.Carers(c.Answer.NO)
    first, *others = out_of_reach
    helps = c.CarerPart(first, c.Answer.YES, "Once a week.", story.if_they_stop)
    return c.Carers(c.Answer.YES, story.carer, (helps, *(c.CarerPart(o, c.Answer.NO) for o in others)))
