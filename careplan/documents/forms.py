"""Forms about documents."""

from flask_babel import lazy_gettext
from wtforms import RadioField
from wtforms.validators import InputRequired

from careplan.documents.domain.easy_read import MOST_SENTENCES, MOST_WORDS, Picture
from careplan.web.forms import DayField, Form, LongWordsField, WordsField, choices


class CodeForm(Form):
    """The code as it stands on the paper."""

    class Meta(Form.Meta):
        # Nothing is changed by it, so it needs no token.
        csrf = False

    code = WordsField(
        lazy_gettext("What is the code?"),
        [InputRequired(lazy_gettext("Type the code"))],
        description=lazy_gettext("It stands at the foot of each page. It looks like this: 1a2b-3c4d-5e6f-7a8b"),
        render_kw={"width": 20, "autocomplete": "off", "spellcheck": False},
    )


class PartForm(Form):
    """A picture and the short sentences beside it; the page itself draws what there is to choose from."""

    picture = RadioField(
        "Which picture?", [InputRequired("Choose a picture")], choices=choices((p.value, p.words) for p in Picture)
    )
    sentences = LongWordsField(
        "What does it say?",
        [InputRequired("Write at least one short sentence")],
        description=f"One sentence a line, {MOST_SENTENCES} at most. {MOST_WORDS} words or fewer in each.",
        render_kw={"rows": 5},
    )


class YesForm(Form):
    """On which day the person said that it is right."""

    on = DayField(
        "On which day did they say yes?", [InputRequired("Say on which day")], description="For example 21 11 2026"
    )
