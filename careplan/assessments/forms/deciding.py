"""Forms by which the council decides, and finds whether an advocate is due."""

from typing import Any

from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from careplan.assessments.domain.advocacy import ABILITY_WORDS, Ability, AdvocacyFinding, Circumstances, Supporter
from careplan.assessments.domain.content import Answer
from careplan.assessments.domain.eligibility import KIND_WORDS
from careplan.assessments.forms.parts import NOT_ASKED, answer_field, offered
from careplan.web.forms import DayField, Form, LongWordsField, WordsField

ON_WHICH_DAY = "For example 21 11 2026"


class DeterminationForm(Form):
    """What the council decides; nothing is chosen beforehand."""

    kind = RadioField("What does the council decide?", [InputRequired("Choose one")], choices=offered(KIND_WORDS))
    reasons = LongWordsField(
        "Why?",
        [InputRequired("Give the reasons. The person reads them.")],
        description="Write it for the person: they are given these words.",
        render_kw={"rows": 5},
    )
    decided_on = DayField("On which day?", [InputRequired("Say on which day")], description=ON_WHICH_DAY)


class AdvocacyForm(Form):
    """Whether the person can take part, and who helps them to."""

    understanding = answer_field(ABILITY_WORDS[Ability.UNDERSTANDING])
    retaining = answer_field(ABILITY_WORDS[Ability.RETAINING])
    weighing = answer_field(ABILITY_WORDS[Ability.WEIGHING])
    communicating = answer_field(ABILITY_WORDS[Ability.COMMUNICATING])
    evidence = LongWordsField("What did you see or hear?", render_kw={"rows": 3})
    supporter_name = WordsField("Who would support them?", description="A name. Leave it empty if there is nobody.")
    supporter_paid = answer_field("Is that person paid to care for them?")
    supporter_wanted = answer_field("Does the person want them to?")
    long_nhs_stay = BooleanField("The NHS is likely to pay for 28 days in hospital, or 8 weeks in a care home, or more")
    stay_in_best_interests = BooleanField("For that, an advocate is in their best interests")
    material_disagreement = BooleanField("The council and the one who supports them disagree on something that matters")
    both_want_advocate = BooleanField("Both agree that an advocate is in the person’s best interests")
    advocate_name = WordsField("Who is the advocate?", description="A name. Leave it empty until there is one.")
    advocate_from = WordsField("Which organisation are they from?")
    found_on = DayField(
        "On which day did you find this?", [InputRequired("Say on which day")], description=ON_WHICH_DAY
    )

    @staticmethod
    def filled(finding: AdvocacyFinding | None) -> dict[str, Any]:
        """What was found last, to start from."""
        if finding is None:
            return {}
        known = finding.circumstances
        supporter = known.supporter
        return {
            **{a.value: known.difficulties.get(a, Answer.NOT_ASKED).value for a in Ability},
            **{name: getattr(known, name) for name in _OVERRIDES},
            "supporter_name": supporter.name if supporter else "",
            "supporter_paid": supporter.paid_to_care.value if supporter else NOT_ASKED,
            "supporter_wanted": supporter.person_wants_them.value if supporter else NOT_ASKED,
            "evidence": finding.evidence,
            "advocate_name": finding.advocate_name,
            "advocate_from": finding.advocate_from,
        }

    def circumstances(self) -> Circumstances:
        """What was filled in, as the duty is judged by it."""
        name = self.supporter_name.data or ""
        supporter = Supporter(name, Answer(self.supporter_paid.data), Answer(self.supporter_wanted.data))
        return Circumstances(
            difficulties={a: Answer(self[a.value].data) for a in Ability},
            supporter=supporter if name else None,
            **{override: self[override].data for override in _OVERRIDES},
        )


class CorrectForm(Form):
    """Why a finished assessment is written anew."""

    because = LongWordsField(
        "What was wrong?", [InputRequired("Say what was wrong. It stays on the record.")], render_kw={"rows": 3}
    )


class NoteForm(Form):
    """A note about or from somebody else."""

    words = LongWordsField("What was said, and by whom?", [InputRequired("Write the note")], render_kw={"rows": 4})


class GiveUpForm(Form):
    """Why a draft is given up."""

    because = LongWordsField(
        "Why is it given up?", [InputRequired("Say why. It stays on the record.")], render_kw={"rows": 3}
    )


class MistakeForm(Form):
    """Why something was entered in error."""

    reason = LongWordsField(
        "What was wrong?", [InputRequired("Say what was wrong. It stays on the record.")], render_kw={"rows": 3}
    )


_OVERRIDES = ("long_nhs_stay", "stay_in_best_interests", "material_disagreement", "both_want_advocate")
