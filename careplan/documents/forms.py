"""Forms about documents."""

from flask_babel import lazy_gettext
from wtforms.validators import InputRequired

from careplan.web.forms import Form, WordsField


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
