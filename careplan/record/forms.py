"""Forms of the pages about one whole person."""

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from careplan.assessments.domain.giving import FORMAT_WORDS, RECIPIENT_WORDS
from careplan.people.domain.language import LANGUAGES
from careplan.web.forms import DayField, Form, LongWordsField, WordsField, choices


class GivenForm(Form):
    """Which paper was given, to whom, how and when."""

    paper = SelectField("What did you give?", [InputRequired("Choose what you gave")])
    recipient = RadioField(
        "To whom?",
        [InputRequired("Choose who got it")],
        choices=choices((r.value, words) for r, words in RECIPIENT_WORDS.items()),
    )
    name = WordsField("Their name", description="Leave it empty where it was the person.")
    format = SelectField(
        "How?", choices=choices((f.value, f"{words[0].upper()}{words[1:]}") for f, words in FORMAT_WORDS.items())
    )
    language = SelectField(
        "In which language?",
        default="",
        choices=choices([("", "English"), *((tag, name) for tag, name in LANGUAGES.items() if tag != "en")]),
    )
    given_on = DayField("On which day?", [InputRequired("Say on which day")], description="For example 21 11 2026")


class MistakeForm(Form):
    """Why something was entered in error."""

    reason = LongWordsField(
        "What was wrong?", [InputRequired("Say what was wrong. It stays on the record.")], render_kw={"rows": 3}
    )
