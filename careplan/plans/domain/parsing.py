"""JSON into a plan's content: types, ranges, known words and what must agree within one plan."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from careplan.hours.domain.terms import WHOLE
from careplan.kernel.errors import Invalid, Problem
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.plans.domain import content as c
from careplan.plans.domain.reading import NOBODY, Reader

MINUTES_IN_WEEK = 7 * 24 * 60
WORKERS_AT_MOST = 2
MOST_IN_WEEK = MINUTES_IN_WEEK * WORKERS_AT_MOST
MOST_PENCE = 10_000_000
LONGEST_SLUG = 60
SLUG = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")


def content_from_json(value: object) -> c.PlanContent:
    """Reads a version's content.  Raises Invalid with every problem and its path."""
    problems: list[Problem] = []
    reader = Reader(value, path="", problems=problems)
    if reader.whole("schema", least=c.SCHEMA, most=c.SCHEMA, default=c.SCHEMA) != c.SCHEMA:
        raise Invalid("This plan is written in a form that is not known here.", problems=tuple(problems))
    content = _content(reader)
    reader.finish()
    problems += _disagreements(content)
    if problems:
        raise Invalid("Some of the plan cannot be read.", problems=tuple(problems))
    return content


def with_sections(content: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Content in which each section named in `changes` is replaced whole.

    Raises Invalid where a change would make it another plan, version or kind.
    """
    fixed = ("schema", "plan", "version", "kind")
    problems = tuple(
        Problem(key, "This cannot be changed.") for key in fixed if key in changes and changes[key] != content[key]
    )
    if problems:
        raise Invalid("A draft stays the version that it is.", problems=problems)
    return {**content, **changes}


def _content(r: Reader) -> c.PlanContent:
    return c.PlanContent(
        plan=r.id("plan"),
        version=r.whole("version", least=1, most=100_000, default=1),
        kind=r.choice("kind", c.PlanKind, default=c.PlanKind.FULL),
        starts_on=r.day_or_none("starts_on"),
        provider=r.part_or_none("provider", lambda p: c.Provider(p.id("organisation"), p.text("name"))),
        needs=r.items("needs", _need),
        outcomes=r.items("outcomes", _outcome),
        actions=r.items("actions", _action),
        hours=r.part("hours", _hours),
        contingency=r.part_or_none("contingency", _contingency),
        adjustment=r.part("adjustment", _adjustment),
        delegations=r.items("delegations", _delegation),
        risks=r.items("risks", lambda i: c.Risk(i.id("id"), i.text("words"), i.text("response"))),
        missed_visit=r.part_or_none("missed_visit", _missed_visit),
        no_reply=r.items("no_reply", _no_reply_step),
        emergency_plan=r.part("emergency_plan", _emergency_plan),
        budget=r.part_or_none("budget", _budget),
        how_met=r.text("how_met"),
        prevention_advice=r.text("prevention_advice"),
        review_on=r.day_or_none("review_on"),
        interim=r.part_or_none("interim", _interim),
    )


def _need(r: Reader) -> c.Need:
    return c.Need(
        id=r.id("id"),
        care_act=r.choice("care_act", c.CareActOutcome),
        words=r.text("words"),
        unmet_because=r.text_or_none("unmet_because"),
    )


def _outcome(r: Reader) -> c.Outcome:
    unknown = "There are five levels: -2, -1, 0, 1 and 2."
    return c.Outcome(
        id=r.id("id"),
        need=r.id_or_none("need"),
        words=r.text("words"),
        aim=r.choice("aim", c.Aim, default=c.Aim.IMPROVE),
        care_act=r.choices("care_act", c.CareActOutcome),
        wellbeing=r.choices("wellbeing", c.Wellbeing),
        importance=r.whole_or_none("importance", least=1, most=10),
        confidence=r.whole_or_none("confidence", least=1, most=10),
        target_date=r.day_or_none("target_date"),
        levels=r.keyed_texts("levels", keys=tuple(str(level) for level in c.LEVELS), unknown=unknown),
        baseline=r.whole("baseline", least=-2, most=2, default=-1),
        weight=r.whole("weight", least=0, most=9, default=1),
    )


def _action(r: Reader) -> c.Action:
    return c.Action(
        id=r.id("id"),
        outcome=r.id_or_none("outcome"),
        words=r.text("words"),
        by=r.choice("by", c.DoneBy, default=c.DoneBy.PROVIDER),
        who=r.text("who"),
        when=r.text("when"),
    )


def _hours(r: Reader) -> c.PlanHours:
    floor = r.whole_or_none("weekly_floor", least=0, most=MOST_IN_WEEK)
    ceiling = r.whole_or_none("weekly_ceiling", least=0, most=MOST_IN_WEEK)
    if floor is not None and ceiling is not None and floor > ceiling:
        r.problem("weekly_ceiling", "The most in a week cannot be less than the least.")
    return c.PlanHours(
        grants=r.items("grants", _grant),
        basis=r.choice("basis", c.Basis, default=c.Basis.ACTUAL),
        tolerance=Minutes(r.whole("tolerance", least=0, most=120)),
        weekly_floor=None if floor is None else Minutes(floor),
        weekly_ceiling=None if ceiling is None else Minutes(ceiling),
        carry_over=r.part("carry_over", _carry_over),
        double_handed=r.flag("double_handed"),
    )


def _grant(r: Reader) -> c.Grant:
    weeks = r.wholes("weeks", count=4, least=0, most=MOST_IN_WEEK)
    funder, parts = r.choice("funder", c.Funder), r.part_or_none("parts", _parts)
    if parts is not None and funder is not c.Funder.JOINT:
        r.problem("parts", "Only hours that the council and the NHS pay together have parts.")
        parts = None
    return c.Grant(r.id("id"), funder, tuple(Minutes(w) for w in weeks), parts)


def _parts(r: Reader) -> c.Parts:
    council, nhs = (r.whole(whose, least=1, most=99, default=50) for whose in ("council", "nhs"))
    if council + nhs != WHOLE:
        r.problem("nhs", f"The two parts must make up 100%. Together they are {council + nhs}%.")
        nhs = WHOLE - council
    return c.Parts(council, nhs)


def _carry_over(r: Reader) -> c.CarryOver:
    rule = r.choice("rule", c.CarryOverRule, default=c.CarryOverRule.NONE)
    most = 100 if rule is c.CarryOverRule.PERCENT else 4 * MOST_IN_WEEK
    return c.CarryOver(rule, r.whole("cap", least=0, most=most))


def _contingency(r: Reader) -> c.Contingency:
    return c.Contingency(
        minutes=Minutes(r.whole("minutes", least=0, most=4 * MOST_IN_WEEK)),
        circumstances=r.items("circumstances", _named),
        services=r.items("services", _named),
        provider_limit=Minutes(r.whole("provider_limit", least=0, most=4 * MOST_IN_WEEK)),
    )


def _named(r: Reader) -> c.Named:
    slug = r.text("slug")
    if len(slug) > LONGEST_SLUG or not SLUG.fullmatch(slug):
        r.problem("slug", "Use lower-case words joined by underscores, such as chest_infection.")
    return c.Named(slug, r.text("words"))


def _adjustment(r: Reader) -> c.Adjustment:
    return c.Adjustment(
        direction=r.choice("direction", c.Direction, default=c.Direction.NONE),
        percent=r.whole("percent", least=0, most=100),
        minutes=Minutes(r.whole("minutes", least=0, most=4 * MOST_IN_WEEK)),
    )


def _delegation(r: Reader) -> c.PlanDelegation:
    return c.PlanDelegation(
        delegation=r.id("delegation"),
        activity=r.text("activity"),
        instruction_version=r.whole("instruction_version", least=1, most=100_000, default=1),
        until_competent=r.text("until_competent"),
    )


def _missed_visit(r: Reader) -> c.MissedVisit:
    return c.MissedVisit(r.choice("rank", c.Rank), r.text("contact"), r.text("response"))


def _no_reply_step(r: Reader) -> c.NoReplyStep:
    return c.NoReplyStep(Minutes(r.whole("after_minutes", least=0, most=24 * 60)), r.text("step"))


def _emergency_plan(r: Reader) -> c.EmergencyPlan:
    return c.EmergencyPlan(r.text("triggers"), r.text("steps"), r.text("call"), r.text("if_carer_fails"))


def _budget(r: Reader) -> c.Budget:
    total, person, council = (
        Pence(r.whole(f"{whose}_weekly_pence", least=0, most=MOST_PENCE)) for whose in ("total", "person", "council")
    )
    if person + council != total:
        r.problem("total_weekly_pence", "The person's part and the council's part must add up to the total.")
    return c.Budget(total, person, council, r.part_or_none("direct_payment", _direct_payment))


def _direct_payment(r: Reader) -> c.DirectPayment:
    amount = Pence(r.whole("amount_pence", least=1, most=MOST_PENCE, default=1))
    return c.DirectPayment(r.ids("needs"), amount, r.choice("frequency", c.Frequency))


def _interim(r: Reader) -> c.Interim:
    return c.Interim(
        reason=r.choice("reason", c.InterimReason),
        needs_as_known=r.text("needs_as_known"),
        allergies=r.text("allergies"),
        access=r.text("access"),
        told_on=r.day_or_none("told_on"),
    )


def _disagreements(content: c.PlanContent) -> Iterator[Problem]:
    """What each part allows and the whole does not."""
    yield from _twice((f"{name}.{i}.id", item.id) for name, i, item in _items(content))
    yield from _twice(
        ((f"hours.grants.{i}.funder", grant.funder) for i, grant in enumerate(content.hours.grants)),
        message="There is a grant from this funder already.",
    )
    yield from _twice((f"delegations.{i}.delegation", d.delegation) for i, d in enumerate(content.delegations))
    if _before(content.review_on, content.starts_on):
        yield Problem("review_on", "The first review cannot come before the plan starts.")
    for i, outcome in enumerate(content.outcomes):
        if _before(outcome.target_date, content.starts_on):
            yield Problem(f"outcomes.{i}.target_date", "This cannot come before the plan starts.")
    if (content.kind is c.PlanKind.INTERIM) != (content.interim is not None):
        yield Problem("interim", "An interim plan says why it is one; a full plan does not.")


def _items(content: c.PlanContent) -> Iterator[tuple[str, int, Any]]:
    lists: dict[str, tuple[Any, ...]] = {
        "needs": content.needs,
        "outcomes": content.outcomes,
        "actions": content.actions,
        "hours.grants": content.hours.grants,
        "risks": content.risks,
    }
    for name, items in lists.items():
        for i, item in enumerate(items):
            yield name, i, item


def _twice(pairs: Iterable[tuple[str, object]], message: str = "This id is used twice.") -> Iterator[Problem]:
    seen: set[object] = {NOBODY}
    for path, value in pairs:
        if value in seen and value != NOBODY:
            yield Problem(path, message)
        seen.add(value)


def _before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def blank(*, plan: UUID, version: int = 1, kind: c.PlanKind = c.PlanKind.FULL) -> c.PlanContent:
    """A plan in which nothing is written yet."""
    interim = c.Interim(c.InterimReason.URGENT_NEED) if kind is c.PlanKind.INTERIM else None
    return c.PlanContent(plan=plan, version=version, kind=kind, interim=interim)
