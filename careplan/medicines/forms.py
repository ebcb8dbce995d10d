"""Forms of the medicines slice."""

from wtforms import RadioField
from wtforms.validators import InputRequired, Length

from careplan.medicines.domain.dose import DoseResult
from careplan.web.forms import ClockField, Form, WordsField, choices

LONGEST = 500


class LinkForm(Form):
    """By which delegated activity a medicine is given."""

    delegation = RadioField(
        "By which delegated activity is it given?", [InputRequired("Choose the activity")], choices=[]
    )


class CorrectForm(Form):
    """What the record of a dose should have said."""

    result = RadioField(
        "What happened?", [InputRequired("Choose what happened")],
        choices=choices((r.value, r.words[0].upper() + r.words[1:]) for r in DoseResult),
    )  # fmt: skip
    at = ClockField("At what time?", [InputRequired("Type the time, such as 08:30")], render_kw={"width": 5})
    reason = WordsField("If it was not taken, why?", [Length(max=LONGEST)])
    because = WordsField(
        "What was wrong with the record?", [InputRequired("Say what was wrong with the record"), Length(max=LONGEST)]
    )
