"""The form of a carer's assessment: nothing has to be answered to save, and what is missing is told before the end."""

from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField

from careplan.assessments.domain.content import METHOD_WORDS, Answer, How, Impact, Method
from careplan.assessments.domain.outcome import AREA_WORDS, Achievable, Meaning, WellbeingArea
from careplan.carers.domain.assessment import CarerAssessmentContent
from careplan.carers.domain.eligibility import Found
from careplan.carers.domain.outcome import ABLE_WORDS, CARER_OUTCOME_WORDS, UNABLE_WORDS, CarerOutcome
from careplan.carers.forms.council import ON_WHICH_DAY, answer_field, offered
from careplan.web.forms import DayField, Form, LongWordsField, WordsField, choices

BOXES = ("able", "meanings", "words")


class CarerAssessmentForm(Form):
    """The whole assessment; fields for each of the eight outcomes are added below."""

    assessed_on = DayField("On which day?", description=ON_WHICH_DAY)
    method = SelectField(
        "How was it done?", choices=choices([("", "Choose how"), *((m.value, w) for m, w in METHOD_WORDS.items())])
    )
    present = WordsField("Who else was there?", description="The person cared for does not have to be.")
    own_words = LongWordsField(
        "What matters to the carer, in their own words?",
        description="What they want for themselves, day to day.",
        render_kw={"rows": 4},
    )
    necessary = answer_field(
        "Is the care that they give necessary?", description="The person could not do these things without it."
    )
    necessary_words = LongWordsField("Which care, and what for?", render_kw={"rows": 3})
    health = answer_field(
        "Is their health of body or mind getting worse, or at risk of it?", description="Because of the care they give."
    )
    health_words = LongWordsField("How?", render_kw={"rows": 3})
    significant = answer_field(
        "Because of this, is there a significant impact on their wellbeing, or is one likely?"
    )
    areas = SelectMultipleField("On which areas of wellbeing?", choices=offered(AREA_WORDS), render_kw={"small": True})
    impact_words = LongWordsField("How?", description="What it means for this carer.", render_kw={"rows": 3})

    @staticmethod
    def filled(content: CarerAssessmentContent) -> dict[str, Any]:
        """The fields' values for what stands."""
        how, impact = content.how, content.impact
        shown: dict[str, Any] = {
            "assessed_on": how.assessed_on,
            "method": how.method.value if how.method else "",
            "present": how.present,
            "own_words": how.own_words,
            "necessary": content.necessary.value,
            "necessary_words": content.necessary_words,
            "health": content.health.value,
            "health_words": content.health_words,
            "significant": impact.significant.value,
            "areas": [a.value for a in impact.areas],
            "impact_words": impact.words,
        }
        for found in content.outcomes:
            said = (found.able.value, [m.value for m in found.meanings], found.words)
            shown |= {f"{found.outcome.value}_{box}": value for box, value in zip(BOXES, said, strict=True)}
        return shown

    def of(self, outcome: CarerOutcome) -> tuple[Any, ...]:
        """The fields about one of the eight outcomes."""
        return tuple(self[f"{outcome.value}_{box}"] for box in BOXES)

    def content(self) -> CarerAssessmentContent:
        """The assessment as it was filled in."""
        method = self.method.data
        return CarerAssessmentContent(
            how=How(
                self.assessed_on.data,
                Method(method) if method else None,
                self.present.data or "",
                self.own_words.data or "",
            ),
            necessary=Answer(self.necessary.data),
            necessary_words=self.necessary_words.data or "",
            health=Answer(self.health.data),
            health_words=self.health_words.data or "",
            outcomes=tuple(self._found(outcome) for outcome in CarerOutcome),
            impact=Impact(
                Answer(self.significant.data),
                tuple(WellbeingArea(a) for a in self.areas.data or ()),
                self.impact_words.data or "",
            ),
        )

    def _found(self, outcome: CarerOutcome) -> Found:
        able, meanings, words = self.of(outcome)
        return Found(
            outcome, Achievable(able.data), tuple(Meaning(m) for m in meanings.data or ()), words.data or ""
        )


for _outcome, _name in CARER_OUTCOME_WORDS.items():
    setattr(
        CarerAssessmentForm,
        f"{_outcome.value}_able",
        RadioField(
            _name,
            choices=offered(ABLE_WORDS),
            default=Achievable.NOT_ASKED.value,
            render_kw={"inline": True, "small": True},
        ),
    )
    setattr(
        CarerAssessmentForm,
        f"{_outcome.value}_meanings",
        SelectMultipleField("In which way unable?", choices=offered(UNABLE_WORDS), render_kw={"small": True}),
    )
    setattr(CarerAssessmentForm, f"{_outcome.value}_words", LongWordsField("What did you find?", render_kw={"rows": 2}))
