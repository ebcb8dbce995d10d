"""One form for each part of an assessment: it shows what stands, and gives the part as it was filled in.

Nothing has to be answered to save: what is missing is told on the list, and before the end.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, ClassVar

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from careplan.assessments.domain import content as c
from careplan.assessments.domain import outcome as o
from careplan.assessments.domain.storing import PartValue
from careplan.web.forms import DayField, Form, LongWordsField, WordsField, choices


def offered(words: Mapping[Any, str]) -> list[SelectChoice]:
    """What a field offers: each member with its words."""
    return choices((member.value, said) for member, said in words.items())


NOT_ASKED = c.Answer.NOT_ASKED.value


def answer_field(label: str) -> RadioField:
    """Yes, no, or not asked: the last is not a no."""
    return RadioField(label, choices=offered(c.ANSWER_WORDS), default=NOT_ASKED, render_kw={"inline": True})


class PartForm(Form):
    """A part of an assessment; `filled` says what its fields show, `value` what was filled in.

    `boxes` are the fields that stand there for each of the ten outcomes that the part asks about.
    """

    boxes: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def filled(cls, part: Any) -> dict[str, Any]:
        """The fields' values for what stands."""
        return {name: _plain(getattr(part, name)) for name in part.__dataclass_fields__}

    def value(self) -> PartValue:
        """The part as it was filled in."""
        raise NotImplementedError

    def of(self, outcome: o.CareActOutcome) -> tuple[Any, ...]:
        """The fields about one of the ten outcomes."""
        return tuple(self[f"{outcome.value}_{box}"] for box in self.boxes)


class HowForm(PartForm):
    """When, how, with whom, and the person's own words."""

    assessed_on = DayField("On which day?", description="For example 21 11 2026")
    method = SelectField(
        "How was it done?", choices=choices([("", "Choose how"), *((m.value, w) for m, w in c.METHOD_WORDS.items())])
    )
    present = WordsField("Who else was there?", description="Names, and what they are to the person.")
    own_words = LongWordsField(
        "What matters to them, in their own words?",
        description="What makes a good day, what worries them, what they want their life to be like.",
        render_kw={"rows": 5},
    )

    @classmethod
    def filled(cls, part: c.How) -> dict[str, Any]:
        return super().filled(part) | {"method": part.method.value if part.method else ""}

    def value(self) -> c.How:
        chosen = self.method.data
        return c.How(
            assessed_on=self.assessed_on.data,
            method=c.Method(chosen) if chosen else None,
            present=self.present.data or "",
            own_words=self.own_words.data or "",
        )


class NeedsForm(PartForm):
    """The first two limbs; fields for each of the ten outcomes are added below."""

    boxes = ("achievable", "meanings", "words")
    impairment = answer_field("Do the needs come from an impairment or illness of body or mind?")
    impairment_words = LongWordsField("Which one, and how?", render_kw={"rows": 2})

    @classmethod
    def filled(cls, part: c.Needs) -> dict[str, Any]:
        shown: dict[str, Any] = {"impairment": part.impairment.value, "impairment_words": part.impairment_words}
        for found in part.outcomes:
            shown |= {
                f"{found.outcome.value}_achievable": found.achievable.value,
                f"{found.outcome.value}_meanings": _plain(found.meanings),
                f"{found.outcome.value}_words": found.words,
            }
        return shown

    def value(self) -> c.Needs:
        return c.Needs(
            impairment=c.Answer(self.impairment.data),
            impairment_words=self.impairment_words.data or "",
            outcomes=tuple(self._found(outcome) for outcome in o.CareActOutcome),
        )

    def _found(self, outcome: o.CareActOutcome) -> c.OutcomeFound:
        achievable, meanings, words = self.of(outcome)
        return c.OutcomeFound(
            outcome, o.Achievable(achievable.data), tuple(o.Meaning(m) for m in meanings.data or ()), words.data or ""
        )


for _outcome, _name in o.OUTCOME_WORDS.items():
    setattr(
        NeedsForm,
        f"{_outcome.value}_achievable",
        RadioField(
            _name,
            choices=offered(o.ACHIEVABLE_WORDS),
            default=o.Achievable.NOT_ASKED.value,
            render_kw={"inline": True, "small": True},
        ),
    )
    setattr(
        NeedsForm,
        f"{_outcome.value}_meanings",
        SelectMultipleField("In which way not?", choices=offered(o.MEANING_WORDS), render_kw={"small": True}),
    )
    setattr(NeedsForm, f"{_outcome.value}_words", LongWordsField("What did you find?", render_kw={"rows": 2}))


class ImpactForm(PartForm):
    """The third limb."""

    significant = answer_field("Because of this, is there a significant impact on their wellbeing, or is one likely?")
    areas = SelectMultipleField(
        "On which areas of wellbeing?", choices=offered(o.AREA_WORDS), render_kw={"small": True}
    )
    words = LongWordsField("How?", description="What it means for this person.", render_kw={"rows": 4})

    def value(self) -> c.Impact:
        return c.Impact(
            c.Answer(self.significant.data),
            tuple(o.WellbeingArea(a) for a in self.areas.data or ()),
            self.words.data or "",
        )


class CarersForm(PartForm):
    """What carers do; `carers_form` adds fields for each outcome that is not achievable."""

    has_carer = answer_field("Does somebody help without being paid?")
    who = WordsField("Who helps?", description="Names, and what they are to the person.")
    outcomes: tuple[o.CareActOutcome, ...] = ()
    boxes = ("willing", "what", "stop")

    @classmethod
    def filled(cls, part: c.Carers) -> dict[str, Any]:
        shown: dict[str, Any] = {"has_carer": part.has_carer.value, "who": part.who}
        for said in part.parts:
            shown |= {
                f"{said.outcome.value}_willing": said.willing_and_able.value,
                f"{said.outcome.value}_what": said.what,
                f"{said.outcome.value}_stop": said.if_they_stop,
            }
        return shown

    def value(self) -> c.Carers:
        parts = tuple(
            c.CarerPart(outcome, c.Answer(willing.data), what.data or "", stop.data or "")
            for outcome in self.outcomes
            for willing, what, stop in [self.of(outcome)]
        )
        return c.Carers(c.Answer(self.has_carer.data), self.who.data or "", parts)


def carers_form(outcomes: Iterable[o.CareActOutcome]) -> type[CarersForm]:
    """The form with fields for these outcomes."""
    asked = tuple(outcomes)
    fields: dict[str, Any] = {"outcomes": asked}
    for outcome in asked:
        fields |= {
            f"{outcome.value}_willing": answer_field("Is a carer willing and able to help with this?"),
            f"{outcome.value}_what": LongWordsField("What do they do?", render_kw={"rows": 2}),
            f"{outcome.value}_stop": LongWordsField("What happens if they stop?", render_kw={"rows": 2}),
        }
    return type("CarersForm", (CarersForm,), fields)


class OtherForm(PartForm):
    """Needs beside the eligible ones, and what keeps needs away."""

    discretionary = answer_field("Are there other needs that the council may choose to meet?")
    discretionary_words = LongWordsField("Which?", render_kw={"rows": 3})
    preventive = answer_field("Is there anything that would prevent, reduce or delay needs?")
    preventive_words = LongWordsField(
        "What?",
        description="Also what the person can do, and where to find it.",
        render_kw={"rows": 3},
    )

    def value(self) -> c.Other:
        return c.Other(
            c.Answer(self.discretionary.data),
            self.discretionary_words.data or "",
            c.Answer(self.preventive.data),
            self.preventive_words.data or "",
        )


def form_of(part: c.Part, content: c.AssessmentContent) -> type[PartForm]:
    """The form of a part; that about carers asks about the needs that were found."""
    if part is c.Part.CARERS:
        return carers_form(found.outcome for found in content.needs.not_achievable)
    return {c.Part.HOW: HowForm, c.Part.NEEDS: NeedsForm, c.Part.IMPACT: ImpactForm, c.Part.OTHER: OtherForm}[part]


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return [_plain(v) for v in value] if isinstance(value, tuple) else value
