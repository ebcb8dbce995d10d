"""What must be there before a version is proposed; each gate says what is missing and on which page it is mended."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from careplan.assessments.domain.standing import Standing, missing_advocacy, missing_determination
from careplan.kernel.errors import DomainError, Problem
from careplan.kernel.words import short_day
from careplan.plans.domain import content as c
from careplan.plans.domain.items import Section

FIRST_REVIEW_AFTER = timedelta(weeks=6)
FIRST_REVIEW_BEFORE = timedelta(weeks=8)
LATER_REVIEW_BEFORE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class DelegationStanding:
    """Whether the provider accepted a delegation, and the instruction version that counts."""

    accepted: bool
    instruction_version: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a gate asks beyond the plan's own words: `missing_at_the_door`, on which the record is silent."""

    today: date
    first_version: bool = True
    delegations: Mapping[UUID, DelegationStanding] = field(default_factory=dict)
    missing_at_the_door: tuple[str, ...] = ()
    standing: Standing = field(default_factory=Standing)


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that must be there; nothing missing means that it is open."""

    code: str
    section: Section
    missing: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return not self.missing


class NotReady(DomainError):
    """The version lacks something that it needs before anybody can be asked to agree."""

    code = "not_ready"


_Check = Callable[[c.PlanContent, Surroundings], Iterable[str]]


def gates(content: c.PlanContent, surroundings: Surroundings) -> tuple[Gate, ...]:
    """Every gate that a plan of this kind passes through, in the order of its pages."""
    table = _INTERIM if content.kind is c.PlanKind.INTERIM else _FULL
    return tuple(Gate(code, section, tuple(check(content, surroundings))) for code, section, check in table)


def check_ready(content: c.PlanContent, surroundings: Surroundings) -> None:
    """Raises NotReady, naming every missing piece and its page."""
    shut = [g for g in gates(content, surroundings) if not g.is_open]
    problems = tuple(Problem(g.section.value, message) for g in shut for message in g.missing)
    if problems:
        missing = [{"code": g.code, "section": g.section.value, "missing": list(g.missing)} for g in shut]
        raise NotReady("Some things are missing before this can be sent round.", problems=problems, missing=missing)


def _determined(_: c.PlanContent, around: Surroundings) -> Iterator[str]:
    if (missing := missing_determination(around.standing)) is not None:
        yield missing


def _helped_to_take_part(_: c.PlanContent, around: Surroundings) -> Iterator[str]:
    if (missing := missing_advocacy(around.standing)) is not None:
        yield missing


def _starts(content: c.PlanContent, _: Surroundings) -> Iterator[str]:
    if content.starts_on is None:
        yield "The first day of care."


def _has_provider(content: c.PlanContent, _: Surroundings) -> Iterator[str]:
    if content.provider is None:
        yield "Who gives the care."


def _review_in_time(content: c.PlanContent, around: Surroundings) -> Iterator[str]:
    if content.review_on is None:
        yield "The date of the review."
        return
    start = content.starts_on
    if start is None:
        return
    if around.first_version:
        earliest, latest = start + FIRST_REVIEW_AFTER, start + FIRST_REVIEW_BEFORE
        if not earliest <= content.review_on <= latest:
            yield (
                f"A first review 6 to 8 weeks after the start: between {short_day(earliest)} and {short_day(latest)}."
            )
    elif content.review_on > start + LATER_REVIEW_BEFORE:
        yield f"A review within 12 months: by {short_day(start + LATER_REVIEW_BEFORE)}."


def _door_known(_: c.PlanContent, around: Surroundings) -> Iterator[str]:
    yield from around.missing_at_the_door


def _needs_said(content: c.PlanContent, _: Surroundings) -> Iterator[str]:
    if not content.needs:
        yield "At least one need."
    if any(not need.words.strip() for need in content.needs):
        yield "Words for each need."


def _needs_answered(content: c.PlanContent, _: Surroundings) -> Iterator[str]:
    answered = {o.need for o in content.outcomes}
    for need in content.needs:
        if need.words.strip() and need.id not in answered and not (need.unmet_because or "").strip():
            yield f"An outcome for “{need.words}”, or why nothing is done about it."


def _outcomes_whole(content: c.PlanContent, _: Surroundings) -> Iterator[str]:
    needs = {n.id for n in content.needs}
    for outcome in content.outcomes:
        name = outcome.words.strip() or "an outcome"
        if not outcome.words.strip():
            yield "The person's own words for each outcome."
        if outcome.need not in needs:
            yield f"The need that “{name}” answers."
        if not all(level.strip() for level in outcome.levels):
            yield f"What each of the five levels means for “{name}”."


def _actions_serve(content: c.PlanContent, _: Surroundings) -> Iterator[str]:
    outcomes = {o.id: o for o in content.outcomes}
    for action in content.actions:
        if not action.words.strip():
            yield "Words for each thing that is done."
        elif action.outcome not in outcomes:
            yield f"The outcome that “{action.words}” serves."
    served = {a.outcome for a in content.actions}
    for outcome in content.outcomes:
        if outcome.id not in served:
            yield f"Who does what for “{outcome.words}”."


def _how_met(content: c.PlanContent, _: Surroundings) -> Iterator[str]:
    if not content.how_met.strip():
        yield "How needs will be met."


def _prevention(content: c.PlanContent, _: Surroundings) -> Iterator[str]:
    if not content.prevention_advice.strip():
        yield "Advice to prevent or delay needs."


def _has_minutes(content: c.PlanContent, _: Surroundings) -> Iterator[str]:
    if content.hours.total == 0:
        yield "Hours for the four weeks, and who pays."
    if any(g.funder is c.Funder.JOINT and g.parts is None for g in content.hours.grants):
        yield "How much the council pays of the hours that it pays together with the NHS, and how much the NHS."


def _contingency_assessed(content: c.PlanContent, _: Surroundings) -> Iterator[str]:
    if content.contingency is None:
        return
    if content.contingency.minutes == 0:
        yield "How much time is kept aside."
    if not content.contingency.circumstances:
        yield "Which circumstances were assessed for the time kept aside."
    if not content.contingency.services:
        yield "Which services the time kept aside covers."


def _delegations_accepted(content: c.PlanContent, around: Surroundings) -> Iterator[str]:
    for planned in content.delegations:
        standing = around.delegations.get(planned.delegation)
        if standing is None or not standing.accepted:
            yield f"The provider's yes to “{planned.activity}”."
        elif standing.instruction_version != planned.instruction_version:
            yield f"The instruction for “{planned.activity}” that counts now: version {standing.instruction_version}."
        if not planned.until_competent.strip():
            yield f"Who does “{planned.activity}” until a care worker may."


def _risks_known(content: c.PlanContent, _: Surroundings) -> Iterator[str]:
    if not any(r.words.strip() for r in content.risks):
        yield "The risks."


def _missed_visit(content: c.PlanContent, _: Surroundings) -> Iterator[str]:
    missed = content.missed_visit
    if missed is None or not missed.contact.strip() or not missed.response.strip():
        yield "What happens if a visit is missed or late, and whom we tell."


def _no_reply(content: c.PlanContent, _: Surroundings) -> Iterator[str]:
    if not any(s.step.strip() for s in content.no_reply):
        yield "What we do when nobody answers the door, step by step."


def _emergency(content: c.PlanContent, _: Surroundings) -> Iterator[str]:
    plan = content.emergency_plan
    parts = {
        "when it is an emergency": plan.triggers,
        "what to do": plan.steps,
        "whom to call": plan.call,
        "what if the family carer cannot go on": plan.if_carer_fails,
    }
    for words, text in parts.items():
        if not text.strip():
            yield f"The emergency plan: {words}."


def _budget(content: c.PlanContent, _: Surroundings) -> Iterator[str]:
    if content.budget is None:
        yield "The personal budget: in all, the person's part and the council's part."
    elif content.budget.direct_payment is not None and not content.budget.direct_payment.needs:
        yield "Which needs the direct payment is for."


def _interim_known(content: c.PlanContent, around: Surroundings) -> Iterator[str]:
    known = content.interim
    if known is None:
        yield "Why it cannot wait."
        return
    for words, text in {
        "The needs as known.": known.needs_as_known,
        "Allergies, or that nobody has asked yet.": known.allergies,
        "How to get in.": known.access,
    }.items():
        if not text.strip():
            yield words
    if known.told_on is None or known.told_on > around.today:
        yield "The day on which the person was told."


def _review_of_carried_over(content: c.PlanContent, _: Surroundings) -> Iterator[str]:
    """A plan carried over from another system is replaced at its next review, so there has to be one."""
    if content.interim is None or content.interim.reason is not c.InterimReason.CARRIED_OVER:
        return
    if content.review_on is None:
        yield "The date of the next review: then the full plan is due."
    elif content.starts_on is not None and content.review_on > content.starts_on + LATER_REVIEW_BEFORE:
        yield f"A review within 12 months: by {short_day(content.starts_on + LATER_REVIEW_BEFORE)}."


_Table = tuple[tuple[str, Section, _Check], ...]
_FULL: _Table = (
    ("determination", Section.ASSESSMENT, _determined),
    ("advocacy", Section.ADVOCACY, _helped_to_take_part),
    ("start", Section.START, _starts),
    ("provider", Section.START, _has_provider),
    ("review", Section.REVIEW, _review_in_time),
    ("door", Section.DOOR, _door_known),
    ("needs", Section.NEEDS, _needs_said),
    ("needs_answered", Section.OUTCOMES, _needs_answered),
    ("outcomes", Section.OUTCOMES, _outcomes_whole),
    ("support", Section.SUPPORT, _actions_serve),
    ("how_met", Section.SUPPORT, _how_met),
    ("prevention", Section.SUPPORT, _prevention),
    ("hours", Section.HOURS, _has_minutes),
    ("contingency", Section.CONTINGENCY, _contingency_assessed),
    ("delegations", Section.DELEGATIONS, _delegations_accepted),
    ("missed_visit", Section.RISKS, _missed_visit),
    ("no_reply", Section.RISKS, _no_reply),
    ("emergency_plan", Section.RISKS, _emergency),
    ("budget", Section.BUDGET, _budget),
)
_INTERIM: _Table = (
    ("start", Section.START, _starts),
    ("provider", Section.START, _has_provider),
    ("carried_over", Section.REVIEW, _review_of_carried_over),
    ("interim", Section.INTERIM, _interim_known),
    ("hours", Section.HOURS, _has_minutes),
    ("risks", Section.RISKS, _risks_known),
    ("missed_visit", Section.RISKS, _missed_visit),
)
