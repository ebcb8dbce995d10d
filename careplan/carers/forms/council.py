"""Forms by which the council opens a carer's record and writes down what the carer says and what is decided."""

from collections.abc import Mapping
from typing import Any

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from careplan.assessments.domain.content import ANSWER_WORDS, Answer
from careplan.assessments.domain.giving import FORMAT_WORDS
from careplan.carers.domain.carer import Details
from careplan.carers.domain.consent import MATTER_WORDS
from careplan.carers.domain.eligibility import KIND_WORDS
from careplan.carers.domain.giving import CARER_PAPER_WORDS
from careplan.carers.forms.caring import FormOfCaring
from careplan.people.domain.language import LANGUAGES
from careplan.web.forms import DayField, Form, LongWordsField, WordsField, choices

ON_WHICH_DAY = "For example 21 11 2026"


def offered(words: Mapping[Any, str]) -> list[SelectChoice]:
    """What a field offers: each member with its words."""
    return choices((member.value, said) for member, said in words.items())


def answer_field(label: str, **more: Any) -> RadioField:
    """Yes, no, or not asked: the last is not a no."""
    return RadioField(
        label, choices=offered(ANSWER_WORDS), default=Answer.NOT_ASKED.value, render_kw={"inline": True}, **more
    )


class DetailsForm(Form):
    """Who the carer is and how to reach them."""

    name = WordsField("Their name", [InputRequired("Write the carer’s name")])
    relation = WordsField("What are they to the person?", description="Such as sister, husband or neighbour.")
    phone = WordsField("Telephone", render_kw={"width": 20})
    email = WordsField("E-mail")
    address = LongWordsField("Address", render_kw={"rows": 3})
    communicate = LongWordsField("How best to reach and talk with them", render_kw={"rows": 2})

    def details(self) -> Details:
        """What was typed."""
        return Details(**{name: self[name].data or "" for name in Details.__dataclass_fields__})


class OpenForm(DetailsForm):
    """A new record rests on the carer's yes: on which day, and how they gave it."""

    said_on = DayField(
        "On which day did they say yes to a record of their own?",
        [InputRequired("Say on which day")],
        description=ON_WHICH_DAY,
    )
    how = WordsField(
        "How did they say it?",
        [InputRequired("Say how they told you")],
        description="Such as by telephone to me, or in writing.",
    )


class CaringForm(FormOfCaring):
    """What the carer says of caring, in their words."""

    what = LongWordsField("What do they do?", render_kw={"rows": 4})
    how_it_is = LongWordsField("How is it for them?", description="In their own words.", render_kw={"rows": 4})
    willing = answer_field("Are they willing and able to go on?")
    willing_words = LongWordsField("To do what?", render_kw={"rows": 3})
    not_willing = LongWordsField(
        "What are they not willing or not able to do?",
        description="Nobody has to care. What they do not do is planned for without them.",
        render_kw={"rows": 3},
    )


class ConsentForm(Form):
    """What the carer said about holding or sharing; nothing is chosen beforehand."""

    matter = RadioField("About what?", [InputRequired("Choose what it is about")], choices=offered(MATTER_WORDS))
    given = RadioField(
        "What did they say?",
        [InputRequired("Choose what they said")],
        choices=choices([("yes", "Yes"), ("no", "No, or they take their yes back")]),
    )
    said_on = DayField("On which day?", [InputRequired("Say on which day")], description=ON_WHICH_DAY)
    how = WordsField("How did they tell you?", [InputRequired("Say how they told you")])


class OwnRecordForm(Form):
    """By which number the carer stands in the records, where they have a plan of their own."""

    nhs_number = WordsField(
        "Their NHS number",
        [InputRequired("Enter the number")],
        description="10 digits. Only somebody whose record is open to you is found.",
        render_kw={"width": 20},
    )


class CarerDeterminationForm(Form):
    """What the council decides; nothing is chosen beforehand."""

    kind = RadioField("What does the council decide?", [InputRequired("Choose one")], choices=offered(KIND_WORDS))
    reasons = LongWordsField(
        "Why?",
        [InputRequired("Give the reasons. The carer reads them.")],
        description="Write it for the carer: they are given these words.",
        render_kw={"rows": 5},
    )
    decided_on = DayField("On which day?", [InputRequired("Say on which day")], description=ON_WHICH_DAY)


class CarerGivenForm(Form):
    """Which paper was given, how and when."""

    paper = RadioField(
        "What did you give?", [InputRequired("Choose what you gave")], choices=offered(CARER_PAPER_WORDS)
    )
    name = WordsField("To whom?", description="A name. Leave it empty where it was the carer.")
    format = SelectField(
        "How?", choices=choices((f.value, f"{words[0].upper()}{words[1:]}") for f, words in FORMAT_WORDS.items())
    )
    language = SelectField(
        "In which language?",
        default="",
        choices=choices([("", "English"), *((tag, name) for tag, name in LANGUAGES.items() if tag != "en")]),
    )
    given_on = DayField("On which day?", [InputRequired("Say on which day")], description=ON_WHICH_DAY)


class CarersYesForm(Form):
    """The yes that a carer gave on paper or by telephone."""

    how = RadioField(
        "How did they agree?",
        [InputRequired("Choose how they agreed")],
        choices=choices((said, said) for said in ("On paper", "By telephone", "Face to face")),
    )
    witness = WordsField(
        "Who was witness?", [InputRequired("Name a witness")], description="Neither the carer nor you."
    )
    signed_on = DayField("On which day?", [InputRequired("Say on which day")], description=ON_WHICH_DAY)
