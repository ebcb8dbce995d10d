"""Forms for the things of which a plan holds many: each reads an item of the draft's JSON and gives one back."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Any, ClassVar
from uuid import UUID

from wtforms import HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from careplan.delegation.domain.delegation import Delegation
from careplan.hours.domain.terms import WHOLE
from careplan.kernel.ids import new_id
from careplan.plans.domain import content as c
from careplan.plans.domain import library
from careplan.plans.domain.wording import LEVEL_NAMES, choice_words
from careplan.web.forms import DayField, DurationField, Form, LongWordsField, WordsField, choices

LEVEL_FIELDS = {-2: "level_m2", -1: "level_m1", 0: "level_0", 1: "level_1", 2: "level_2"}
LEVEL_HINTS = {
    -2: "The worst that could well happen.",
    -1: "Often where things stand now.",
    0: "What everyone would be glad of.",
    1: "",
    2: "The best that could well happen.",
}
MYSELF = ("", "I write it myself")
NOTHING_TYPED: tuple[object, ...] = (None, "", [])


def of_kind(kind: type[Enum]) -> list[SelectChoice]:
    """The members of an enumeration as what a field offers."""
    return choices((member.value, choice_words(member)) for member in kind)


class ItemForm(Form):
    """One item. `filled` says what its fields show; `item` gives the JSON, with the id that it had or a new one.

    A new item's id is made with its page: sent twice, it is the same item. `asks` are the fields that make it one;
    `behind` are fields that one opens to see.
    """

    asks: ClassVar[tuple[str, ...]] = ("words",)
    behind: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    key = HiddenField()

    def is_blank(self) -> bool:
        """Whether nothing was typed: then there is no item."""
        return all(self[name].data in NOTHING_TYPED for name in self.asks)

    @classmethod
    def filled(cls, item: Mapping[str, Any]) -> dict[str, Any]:
        """The fields' values for an item of the draft."""
        return dict(item)

    def prepare(self, content: c.PlanContent, delegations: Iterable[Delegation]) -> None:
        """Offers what other items of the plan, or the person's record, give to choose from."""

    def item(self, before: Mapping[str, Any] | None) -> dict[str, Any]:
        """The item as it is to be kept."""
        raise NotImplementedError

    def kept(self, before: Mapping[str, Any] | None) -> dict[str, Any]:
        """What an item was before it is changed; of a new one, its id."""
        return dict(before) if before else {"id": _id(self.key.data)}


class NeedForm(ItemForm):
    """A need, under one of the ten parts of life that the law names."""

    asks = ("words", "unmet_because")
    behind = (("Nothing will be done about it", ("unmet_because",)),)

    words = LongWordsField(
        "What is the need?",
        [InputRequired("Say what the need is")],
        description="As the person would say it. For example: I get out of breath on the stairs.",
        render_kw={"rows": 3},
    )
    care_act = SelectField("Which part of life is it about?", choices=of_kind(c.CareActOutcome))
    unmet_because = LongWordsField(
        "Why will nothing be done?",
        description="Leave this empty where an outcome answers the need.",
        render_kw={"rows": 2},
    )

    def item(self, before: Mapping[str, Any] | None) -> dict[str, Any]:
        return {
            **self.kept(before),
            "care_act": self.care_act.data,
            "words": self.words.data,
            "unmet_because": self.unmet_because.data or None,
        }


class OutcomeForm(ItemForm):
    """What the person wants, on five described levels; both can be started from the library."""

    asks = ("words", "example", *LEVEL_FIELDS.values())
    behind = (
        ("Write the five levels", (*LEVEL_FIELDS.values(), "baseline")),
        ("More about it", ("aim", "care_act", "wellbeing", "importance", "confidence", "target_date", "weight")),
    )
    words = LongWordsField(
        "What does the person want?",
        description="In their own words, beginning with “I want to”.",
        render_kw={"rows": 3},
    )
    example = SelectField(
        "Or start from an example",
        choices=[],
        default="",
        description="It stands where you wrote nothing. Then say it in the person’s own words.",
        render_kw={"attributes": {"data-start": "words"}},
    )
    need = SelectField("Which need does it answer?", [InputRequired("Choose the need that it answers")], choices=[])
    pattern = SelectField(
        "Start the five levels from",
        choices=choices([MYSELF, *((p.key, p.title) for p in library.PATTERNS)]),
        default="",
        description="From worse, over how it is now and what is hoped for, to much better. It fills levels left empty.",
        render_kw={
            "attributes": {
                "data-start": "levels",
                "data-levels": json.dumps({p.key: p.levels for p in library.PATTERNS}),
            }
        },
    )
    aim = RadioField("What are you working towards?", choices=of_kind(c.Aim), default=c.Aim.IMPROVE.value)
    care_act = SelectMultipleField(
        "Which parts of life is it about?",
        choices=of_kind(c.CareActOutcome),
        description="One or more. Where you choose none, it is that of the need.",
    )
    wellbeing = SelectMultipleField(
        "What will it do for their wellbeing?",
        choices=of_kind(c.Wellbeing),
        description="One or more. Where you choose none, it is the one that goes with the need most often.",
    )
    importance = IntegerField(
        "How much does it matter to them?",
        [Optional(), NumberRange(1, 10, "Type a number from 1 to 10")],
        description="1 to 10, by the person. Leave it empty if you have not asked.",
    )
    confidence = IntegerField(
        "How sure are they that they can do it?",
        [Optional(), NumberRange(1, 10, "Type a number from 1 to 10")],
        description="1 to 10, by the person. Leave it empty if you have not asked.",
    )
    target_date = DayField("By when?", description="For example 21 5 2027. You can leave this empty.")
    level_m2 = LongWordsField(LEVEL_NAMES[-2], description=LEVEL_HINTS[-2], render_kw={"rows": 2})
    level_m1 = LongWordsField(LEVEL_NAMES[-1], description=LEVEL_HINTS[-1], render_kw={"rows": 2})
    level_0 = LongWordsField(LEVEL_NAMES[0], description=LEVEL_HINTS[0], render_kw={"rows": 2})
    level_1 = LongWordsField(LEVEL_NAMES[1], render_kw={"rows": 2})
    level_2 = LongWordsField(LEVEL_NAMES[2], description=LEVEL_HINTS[2], render_kw={"rows": 2})
    baseline = RadioField(
        "Where do things stand now?",
        choices=choices(LEVEL_NAMES.items()),
        coerce=int,
        default=-1,
        description=f"Most often: {LEVEL_NAMES[-1].lower()}. {LEVEL_NAMES[-2]}, where nothing worse could well happen.",
    )
    weight = IntegerField(
        "How much does it weigh beside the other outcomes?",
        [NumberRange(0, 9, "Type a number from 0 to 9")],
        description="0 to 9, agreed with the person. 1 is usual.",
        default=1,
    )

    @classmethod
    def filled(cls, item: Mapping[str, Any]) -> dict[str, Any]:
        levels = {name: item["levels"][str(level)] for level, name in LEVEL_FIELDS.items()}
        return {**item, **levels, "target_date": day_from(item["target_date"])}

    def prepare(self, content: c.PlanContent, delegations: Iterable[Delegation]) -> None:
        self.need.choices = choices((str(n.id), n.words) for n in content.needs)
        self._areas = {str(n.id): n.care_act.value for n in content.needs}
        nearest = [n.care_act for n in content.needs if str(n.id) == str(self.need.data)]
        areas = (*nearest, *(n.care_act for n in content.needs), *c.Wellbeing)
        self.example.choices = choices([MYSELF, *((e.words, e.words) for e in library.examples_for(areas))])

    def validate_words(self, field: Any) -> None:
        """The person's own words, or an example to start from."""
        if not field.data and not self.example.data:
            raise ValidationError("Write what the person wants, in their own words")

    def item(self, before: Mapping[str, Any] | None) -> dict[str, Any]:
        pattern = library.pattern_called(self.pattern.data or "")
        phrases = pattern.levels if pattern else ("",) * len(LEVEL_FIELDS)
        area = c.CareActOutcome(self._areas[self.need.data])
        return {
            **self.kept(before),
            "need": self.need.data,
            "words": self.words.data or self.example.data,
            "aim": self.aim.data,
            "care_act": self.care_act.data or [area.value],
            "wellbeing": self.wellbeing.data or [library.usual_wellbeing(area).value],
            "importance": self.importance.data,
            "confidence": self.confidence.data,
            "target_date": self.target_date.data.isoformat() if self.target_date.data else None,
            "levels": {
                str(level): self[name].data or phrase
                for (level, name), phrase in zip(LEVEL_FIELDS.items(), phrases, strict=True)
            },
            "baseline": self.baseline.data,
            "weight": self.weight.data,
        }


class ActionForm(ItemForm):
    """Who does what, when, to reach an outcome; it can be started from the library."""

    asks = ("words", "example")
    words = LongWordsField("What is done?", render_kw={"rows": 2})
    example = SelectField(
        "Or start from an example",
        choices=[],
        default="",
        description="It stands where you wrote nothing.",
        render_kw={"attributes": {"data-start": "words"}},
    )
    outcome = SelectField(
        "Which outcome does it serve?", [InputRequired("Choose the outcome that it serves")], choices=[]
    )
    by = SelectField("Who does it?", choices=of_kind(c.DoneBy), default=c.DoneBy.PROVIDER.value)
    who = WordsField("Their name, or the team", description="For example Jean, or the district nurses.")
    when = WordsField("When?", description="For example every morning, or on dry days.")

    def prepare(self, content: c.PlanContent, delegations: Iterable[Delegation]) -> None:
        self.outcome.choices = choices((str(o.id), o.words) for o in content.outcomes)
        nearest = sorted(content.outcomes, key=lambda o: str(o.id) != str(self.outcome.data))
        steps = dict.fromkeys(step.words for outcome in nearest for step in library.steps_for(outcome))
        self.example.choices = choices([MYSELF, *((words, words) for words in steps)])

    def validate_words(self, field: Any) -> None:
        """What is done, or an example to start from."""
        if not field.data and not self.example.data:
            raise ValidationError("Say what is done")

    def item(self, before: Mapping[str, Any] | None) -> dict[str, Any]:
        said = {name: self[name].data for name in ("outcome", "by", "who", "when")}
        return {**self.kept(before), **said, "words": self.words.data or self.example.data}


class GrantForm(ItemForm):
    """Hours from one funder for each of the four weeks."""

    asks = ("week_1", "week_2", "week_3", "week_4")

    funder = SelectField("Who pays for these hours?", choices=of_kind(c.Funder))
    council_percent = IntegerField(
        "If they pay together: the council’s part, in percent",
        [Optional(), NumberRange(1, 99, "Give a whole number from 1 to 99")], render_kw={"width": 3},
    )  # fmt: skip
    nhs_percent = IntegerField(
        "If they pay together: the NHS’s part, in percent",
        [Optional(), NumberRange(1, 99, "Give a whole number from 1 to 99")], render_kw={"width": 3},
        description="Both together make up 100.",
    )  # fmt: skip
    week_1 = DurationField("Week 1", [InputRequired("Say how long, or 0")])
    week_2 = DurationField("Week 2", [InputRequired("Say how long, or 0")])
    week_3 = DurationField("Week 3", [InputRequired("Say how long, or 0")])
    week_4 = DurationField("Week 4", [InputRequired("Say how long, or 0")])

    @classmethod
    def filled(cls, item: Mapping[str, Any]) -> dict[str, Any]:
        parts = item.get("parts") or {}
        shares = {f"{whose}_percent": parts.get(whose) for whose in ("council", "nhs")}
        return {"funder": item["funder"], **shares} | {f"week_{k}": m for k, m in enumerate(item["weeks"], 1)}

    def item(self, before: Mapping[str, Any] | None) -> dict[str, Any]:
        weeks = [self[f"week_{k}"].data for k in range(1, 5)]
        kept = {name: value for name, value in self.kept(before).items() if name != "parts"}
        return {**kept, "funder": self.funder.data, "weeks": weeks, **self._parts()}

    def validate_nhs_percent(self, field: Any) -> None:
        """Joint hours name both parts, which make up the whole."""
        if self.funder.data != c.Funder.JOINT.value:
            return
        council, nhs = self.council_percent.data, field.data
        if council is None or nhs is None or council + nhs != WHOLE:
            raise ValidationError("Give both parts, in whole percents that make up 100, such as 60 and 40")

    def _parts(self) -> dict[str, Any]:
        if self.funder.data != c.Funder.JOINT.value:
            return {}
        return {"parts": {"council": self.council_percent.data, "nhs": self.nhs_percent.data}}


class DelegationForm(ItemForm):
    """A health activity that a nurse or therapist has handed over, and who does it until a worker may."""

    asks = ("delegation", "until_competent")

    delegation = RadioField("Which activity?", [InputRequired("Choose the activity")], choices=[])
    until_competent = LongWordsField(
        "Who does it until a care worker may?", [InputRequired("Say who does it until then")], render_kw={"rows": 2}
    )

    def prepare(self, content: c.PlanContent, delegations: Iterable[Delegation]) -> None:
        self._known = {str(d.id): d for d in delegations}
        self.delegation.choices = choices((key, d.activity) for key, d in self._known.items())

    def item(self, before: Mapping[str, Any] | None) -> dict[str, Any]:
        chosen = self._known[self.delegation.data]
        return {
            "delegation": str(chosen.id),
            "activity": chosen.activity,
            "instruction_version": max((i.number for i in chosen.instructions), default=1),
            "until_competent": self.until_competent.data,
        }


class RiskForm(ItemForm):
    """What could go wrong and what is done about it."""

    asks = ("words", "response")

    words = LongWordsField("What could go wrong?", [InputRequired("Say what could go wrong")], render_kw={"rows": 2})
    response = LongWordsField("What is done about it?", render_kw={"rows": 2})

    def item(self, before: Mapping[str, Any] | None) -> dict[str, Any]:
        return {**self.kept(before), "words": self.words.data, "response": self.response.data}


def _id(sent: str | None) -> str:
    try:
        return str(UUID(sent or ""))
    except ValueError:
        return str(new_id())


def day_from(text: str | None) -> date | None:
    """A date of the draft's JSON."""
    return date.fromisoformat(text) if text else None


def same_item(item: Mapping[str, Any], item_id: UUID) -> bool:
    """Whether an item of the draft carries this id."""
    return str(item_id) in (item.get("id"), item.get("delegation"))
