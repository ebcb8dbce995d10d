"""The forms of concerns: for those who work with the person, for the person and their family, and for each step."""

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, Optional

from careplan.concerns.domain.concern import ConcernCategory
from careplan.concerns.domain.step import Outcome
from careplan.web.forms import DayField, Form, LongWordsField, WordsField, choices

SHORT = Length(max=100, message="Keep this to 100 characters")
LONG = Length(max=4000, message="Keep this to 4,000 characters")
CHOOSE = ("", "Choose one")
CATEGORIES = choices([CHOOSE, *((c.value, c.words) for c in ConcernCategory)])


class ConcernForm(Form):
    """A worry about the person's safety, as somebody who works with them puts it."""

    category = SelectField("What is it about?", [InputRequired("Choose what it is about")], choices=CATEGORIES)
    words = LongWordsField("What did you see or hear?", [LONG], render_kw={"rows": 5})
    immediate_danger = BooleanField("Somebody is in danger now")
    alleged = SelectField(
        "Who is said to have done it?",
        [Optional()],
        description="Whoever you name will not see this concern, nor that there is one.",
    )
    persons_wishes = LongWordsField("What does the person want to happen?", [LONG], render_kw={"rows": 2})
    told = WordsField("Whom have you told already?", [SHORT], description="Names, with a comma between them.")


class WorriedForm(Form):
    """The same in plain words, for the person and those who are close to them."""

    words = LongWordsField(
        "What worries you?",
        [LONG],
        description="Write it as you would say it. Nobody will mind the spelling.",
        render_kw={"rows": 5},
    )
    danger = RadioField(
        "Is somebody in danger now?",
        [InputRequired("Choose yes or no")],
        choices=choices([("yes", "Yes"), ("no", "No")]),
    )
    alleged = SelectField(
        "Is it about somebody?",
        [Optional()],
        description="You do not have to say. Whoever you choose will not see this. "
        "If you choose nobody, the people who plan your care can read it.",
    )
    persons_wishes = LongWordsField("What would you like to happen?", [LONG], render_kw={"rows": 2})


class NoteForm(Form):
    """What somebody found out."""

    words = LongWordsField("What did you find out?", [LONG], render_kw={"rows": 5})


class EndForm(Form):
    """What came of something."""

    words = LongWordsField("What came of it?", [LONG], render_kw={"rows": 3})


class DecisionForm(Form):
    """Whether there is to be an enquiry."""

    enquiry = RadioField(
        "Does the council make an enquiry under section 42 of the Care Act?",
        [InputRequired("Choose yes or no")],
        choices=choices([("yes", "Yes"), ("no", "No: something else is done, or nothing need be")]),
    )
    reasons = LongWordsField("Why?", [LONG], render_kw={"rows": 4})


class ActionForm(Form):
    """What is to be done."""

    words = LongWordsField("What is to be done?", [LONG], render_kw={"rows": 3})
    who = WordsField("Who does it?", [SHORT], render_kw={"width": 20})
    due_on = DayField("By which day?", [InputRequired("Say by which day")])


class AllegedForm(Form):
    """Who is alleged."""

    alleged = SelectField(
        "Who is said to have done it?",
        [InputRequired("Choose somebody")],
        description="From then on they see neither this concern nor that there is one.",
    )


class SuspensionForm(Form):
    """Shutting the record to somebody."""

    contact_id = SelectField("Whose access is suspended?", [InputRequired("Choose somebody")])
    reason = LongWordsField("Why?", [LONG], render_kw={"rows": 3})
    due_on = DayField("On which day is this looked at again?", [InputRequired("Say on which day")])


class WithholdingForm(Form):
    """Taking lines out of the person's page of who has looked."""

    ground = LongWordsField(
        "On what ground?",
        [LONG],
        description="For example: the person would be asked about it by whoever is alleged.",
        render_kw={"rows": 3},
    )
    due_on = DayField("On which day is this looked at again?", [InputRequired("Say on which day")])


class ClosingForm(Form):
    """How it ended."""

    outcome = RadioField(
        "How did it end?", [InputRequired("Choose one")], choices=choices((o.value, o.words) for o in Outcome)
    )
    words = LongWordsField("In a few words", [LONG], render_kw={"rows": 3})
