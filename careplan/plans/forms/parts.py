"""Forms for the parts of which a plan holds one: each reads the draft's content and gives the sections to replace."""

import re
from datetime import date, timedelta
from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from careplan.organisations.domain.organisation import Organisation
from careplan.plans.domain import content as c
from careplan.plans.forms import typed
from careplan.plans.forms.items import day_from, of_kind
from careplan.web.forms import DayField, DurationField, Form, LongWordsField, WordsField, choices
from careplan.web.pounds import PoundsField

STEP = re.compile(r"(\d{1,4})\s*(?:min\w*)?[\s:,.–-]+(\S.*)")
NOT_SLUG = re.compile(r"[^a-z0-9]+")
USUAL_REVIEW_AFTER = timedelta(weeks=7)


class PartForm(Form):
    """A part of the plan. `filled` says what its fields show; `sections` gives the sections of the draft to replace."""

    @classmethod
    def filled(cls, content: c.PlanContent) -> dict[str, Any]:
        """The fields' values for a draft."""
        raise NotImplementedError

    def prepare(self, content: c.PlanContent, providers: list[Organisation]) -> None:
        """Offers what there is to choose from."""

    def sections(self, content: dict[str, Any]) -> dict[str, Any]:
        """What is to be saved, given the draft's JSON."""
        raise NotImplementedError


class StartForm(PartForm):
    """When care starts and who gives it. A review that nobody has set falls seven weeks later, and moves along."""

    starts_on = DayField("When does care start?", description="For example 21 11 2026")
    provider = RadioField("Who gives the care?", [Optional()], choices=[])

    @classmethod
    def filled(cls, content: c.PlanContent) -> dict[str, Any]:
        provider = str(content.provider.organisation) if content.provider else None
        return {"starts_on": content.starts_on, "provider": provider}

    def prepare(self, content: c.PlanContent, providers: list[Organisation]) -> None:
        self._names = {str(p.id): p.name for p in providers}
        self.provider.choices = choices(self._names.items())

    def sections(self, content: dict[str, Any]) -> dict[str, Any]:
        chosen = self.provider.data if self.provider.data in self._names else None
        provider = {"organisation": chosen, "name": self._names[chosen]} if chosen else None
        start, review = self.starts_on.data, content["review_on"]
        if content["kind"] == c.PlanKind.FULL.value and review in (None, _usual_review(day_from(content["starts_on"]))):
            review = _usual_review(start)
        return {"starts_on": _iso(start), "provider": provider, "review_on": review}


class ReviewForm(PartForm):
    """When the plan is looked at again together."""

    review_on = DayField(
        "When is the review?", description="The first one falls 6 to 8 weeks after the start, later ones within a year."
    )

    @classmethod
    def filled(cls, content: c.PlanContent) -> dict[str, Any]:
        return {"review_on": content.review_on}

    def sections(self, content: dict[str, Any]) -> dict[str, Any]:
        return {"review_on": _iso(self.review_on.data)}


class InterimForm(PartForm):
    """The little that must be known before care starts."""

    reason = RadioField("Why can it not wait?", choices=of_kind(c.InterimReason))
    needs_as_known = LongWordsField("What do we know of the needs?")
    allergies = LongWordsField(
        "Allergies", description="If nobody has asked yet, write: not asked.", render_kw={"rows": 2}
    )
    access = LongWordsField("How do care workers get in?", render_kw={"rows": 2})
    told_on = DayField("On which day was the person told?", description="For example 21 11 2026")

    @classmethod
    def filled(cls, content: c.PlanContent) -> dict[str, Any]:
        known = content.interim or c.Interim(c.InterimReason.URGENT_NEED)
        return {
            "reason": known.reason.value,
            "needs_as_known": known.needs_as_known,
            "allergies": known.allergies,
            "access": known.access,
            "told_on": known.told_on,
        }

    def sections(self, content: dict[str, Any]) -> dict[str, Any]:
        names = ("reason", "needs_as_known", "allergies", "access")
        return {"interim": {**{n: self[n].data for n in names}, "told_on": _iso(self.told_on.data)}}


class HowMetForm(PartForm):
    """How the needs will be met, and advice to stay well."""

    how_met = LongWordsField("How will the needs be met?")
    prevention_advice = LongWordsField(
        "What advice did you give to prevent or delay needs?",
        description="For example a balance class, a hearing check or a falls service.",
    )

    @classmethod
    def filled(cls, content: c.PlanContent) -> dict[str, Any]:
        return {"how_met": content.how_met, "prevention_advice": content.prevention_advice}

    def sections(self, content: dict[str, Any]) -> dict[str, Any]:
        return {"how_met": self.how_met.data, "prevention_advice": self.prevention_advice.data}


class CountingForm(PartForm):
    """How hours are counted, and what the provider may change without asking."""

    basis = RadioField("Which time counts?", choices=of_kind(c.Basis))
    tolerance = IntegerField(
        "With some give: how many minutes a visit?",
        [Optional(), NumberRange(0, 120, "Type minutes from 0 to 120")],
        default=0,
    )
    double_handed = BooleanField("Two care workers come at once")
    weekly_floor = DurationField("Least in a week", description="Below this we ask why. You can leave it empty.")
    weekly_ceiling = DurationField("Most in a week", description="Above this we ask why. You can leave it empty.")
    carry_over = RadioField("What happens to hours that are left after four weeks?", choices=of_kind(c.CarryOverRule))
    cap = IntegerField(
        "How much may be carried over?",
        [Optional(), NumberRange(0, 80_000, "Type a whole number")],
        description="In minutes or in percent, as chosen above.",
        default=0,
    )
    direction = RadioField("May the provider adjust the hours without asking?", choices=of_kind(c.Direction))
    percent = IntegerField(
        "By how much at most, in percent?", [Optional(), NumberRange(0, 100, "Type 0 to 100")], default=0
    )
    minutes = DurationField("And at most how long in four weeks?", description="The smaller of the two counts.")

    @classmethod
    def filled(cls, content: c.PlanContent) -> dict[str, Any]:
        hours, adjustment = content.hours, content.adjustment
        return {
            "basis": hours.basis.value,
            "tolerance": hours.tolerance,
            "double_handed": hours.double_handed,
            "weekly_floor": hours.weekly_floor,
            "weekly_ceiling": hours.weekly_ceiling,
            "carry_over": hours.carry_over.rule.value,
            "cap": hours.carry_over.cap,
            "direction": adjustment.direction.value,
            "percent": adjustment.percent,
            "minutes": adjustment.minutes,
        }

    def sections(self, content: dict[str, Any]) -> dict[str, Any]:
        names = ("basis", "double_handed", "weekly_floor", "weekly_ceiling")
        hours = {
            **content["hours"],
            **{n: self[n].data for n in names},
            "tolerance": self.tolerance.data or 0,
            "carry_over": {"rule": self.carry_over.data, "cap": self.cap.data or 0},
        }
        limits = {"percent": self.percent.data or 0, "minutes": self.minutes.data or 0}
        return {"hours": hours, "adjustment": {"direction": self.direction.data, **limits}}


class ContingencyForm(PartForm):
    """Time kept aside: for which circumstances, for what, and how much the provider may approve."""

    minutes = DurationField("How long is kept aside in each four weeks?", description="Leave it empty to keep nothing.")
    circumstances = LongWordsField(
        "What is it for?", description="One circumstance a line. For example: a bad day with my chest."
    )
    services = LongWordsField("What may it pay for?", description="One a line. For example: help at home.")
    provider_limit = DurationField(
        "How long may the provider approve by itself?", description="Above this the social worker decides."
    )

    @classmethod
    def filled(cls, content: c.PlanContent) -> dict[str, Any]:
        kept = content.contingency
        if kept is None:
            return {}
        return {
            "minutes": kept.minutes,
            "circumstances": "\n".join(n.words for n in kept.circumstances),
            "services": "\n".join(n.words for n in kept.services),
            "provider_limit": kept.provider_limit,
        }

    def sections(self, content: dict[str, Any]) -> dict[str, Any]:
        before = content["contingency"] or {"circumstances": [], "services": []}
        if not self.minutes.data and not self.circumstances.data and not self.services.data:
            return {"contingency": None}
        kept = {
            "minutes": self.minutes.data or 0,
            "circumstances": _named(typed(self.circumstances), before["circumstances"]),
            "services": _named(typed(self.services), before["services"]),
            "provider_limit": self.provider_limit.data or 0,
        }
        return {"contingency": kept}


class WhatIfForm(PartForm):
    """What happens when a visit is missed, nobody answers, or there is an emergency."""

    rank = RadioField("How dangerous is a missed visit?", [Optional()], choices=of_kind(c.Rank))
    contact = WordsField(
        "Whom do we tell?", description="A name and how they know the person. For example Jean, sister."
    )
    response = LongWordsField("What do we do if a visit is missed or late?", render_kw={"rows": 3})
    no_reply = LongWordsField(
        "What do we do when nobody answers the door?",
        description="One step a line, beginning with the minutes since the first try. For example: 10 Ring Jean.",
        render_kw={"rows": 5},
    )
    triggers = LongWordsField("When is it an emergency?", render_kw={"rows": 2})
    steps = LongWordsField("What should be done then?", render_kw={"rows": 2})
    call = LongWordsField("Who is called?", render_kw={"rows": 2})
    if_carer_fails = LongWordsField(
        "What if the family carer cannot go on?",
        description="If there is no family carer, say so.",
        render_kw={"rows": 2},
    )

    @classmethod
    def filled(cls, content: c.PlanContent) -> dict[str, Any]:
        missed, plan = content.missed_visit, content.emergency_plan
        told = {"rank": missed.rank.value, "contact": missed.contact, "response": missed.response} if missed else {}
        return {
            **told,
            "no_reply": "\n".join(f"{s.after_minutes} {s.step}" for s in content.no_reply),
            "triggers": plan.triggers,
            "steps": plan.steps,
            "call": plan.call,
            "if_carer_fails": plan.if_carer_fails,
        }

    def validate_contact(self, field: Any) -> None:
        """Whoever says what happens also says how dangerous it is."""
        if (field.data or self.response.data) and not self.rank.data:
            raise ValidationError("Choose above how dangerous a missed visit is")

    def validate_no_reply(self, field: Any) -> None:
        """Each line says after how many minutes."""
        if any(STEP.fullmatch(line) is None for line in _lines(field.data)):
            raise ValidationError("Begin each line with the minutes, such as: 10 Ring Jean")

    def sections(self, content: dict[str, Any]) -> dict[str, Any]:
        found = [STEP.fullmatch(line) for line in _lines(self.no_reply.data)]
        emergency = ("triggers", "steps", "call", "if_carer_fails")
        return {
            "missed_visit": {n: self[n].data for n in ("rank", "contact", "response")} if self.rank.data else None,
            "no_reply": [{"after_minutes": int(m[1]), "step": m[2]} for m in found if m],
            "emergency_plan": {name: self[name].data for name in emergency},
        }


class BudgetForm(PartForm):
    """The personal budget by the week, and a direct payment where there is one."""

    council = PoundsField("What does the council pay each week?", [InputRequired("Type an amount, or 0")])
    person = PoundsField("What does the person pay each week?", [InputRequired("Type an amount, or 0")])
    amount = PoundsField("Direct payment: how much?", [Optional()], description="Leave it empty if there is none.")
    frequency = RadioField("How often?", choices=of_kind(c.Frequency), default=c.Frequency.FOUR_WEEKLY.value)
    needs = SelectMultipleField("For which needs?", [Optional()], choices=[])

    @classmethod
    def filled(cls, content: c.PlanContent) -> dict[str, Any]:
        budget = content.budget
        if budget is None:
            return {}
        paid = budget.direct_payment
        direct = (
            {"amount": paid.amount_pence, "frequency": paid.frequency.value, "needs": [str(n) for n in paid.needs]}
            if paid
            else {}
        )
        return {"council": budget.council_weekly_pence, "person": budget.person_weekly_pence, **direct}

    def prepare(self, content: c.PlanContent, providers: list[Organisation]) -> None:
        self.needs.choices = choices((str(n.id), n.words) for n in content.needs)

    def sections(self, content: dict[str, Any]) -> dict[str, Any]:
        council, person = self.council.data or 0, self.person.data or 0
        direct = None
        if self.amount.data:
            direct = {"needs": self.needs.data, "amount_pence": self.amount.data, "frequency": self.frequency.data}
        budget = {
            "total_weekly_pence": council + person,
            "person_weekly_pence": person,
            "council_weekly_pence": council,
            "direct_payment": direct,
        }
        return {"budget": budget}


def _named(text: str, before: list[dict[str, str]]) -> list[dict[str, str]]:
    """One named thing a line; words that were there keep their slug, so that draws still mean the same."""
    known = {n["words"]: n["slug"] for n in before}
    return [{"slug": known.get(line) or _slug(line), "words": line} for line in _lines(text)]


def _slug(words: str) -> str:
    return NOT_SLUG.sub("_", words.lower()).strip("_")[:60].strip("_") or "other"


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _usual_review(start: date | None) -> str | None:
    return _iso(start + USUAL_REVIEW_AFTER) if start else None
