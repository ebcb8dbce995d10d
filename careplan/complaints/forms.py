"""The forms of complaints."""

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, Length

from careplan.complaints.domain.complaint import About, FollowUp
from careplan.web.forms import Form, LongWordsField, choices

LONG = Length(max=4000, message="Keep this to 4,000 characters")
CHOICES = choices([("", "Choose one"), *((a.value, a.words) for a in About if a is not About.VISIT)])


class ComplaintForm(Form):
    """What went wrong, in the person's words."""

    about = SelectField("What is it about?", [InputRequired("Choose what it is about")], choices=CHOICES)
    words = LongWordsField("What went wrong?", [LONG], render_kw={"rows": 5})
    wanted = LongWordsField("What would put it right?", [LONG], render_kw={"rows": 2})


class DisputeForm(Form):
    """What was wrong with a visit; which of the two it was is the button that is pressed."""

    words = LongWordsField("Do you want to say more?", [LONG], description="You do not have to.", render_kw={"rows": 3})


class AnswerForm(Form):
    """The answer, and what follows."""

    follow_up = RadioField(
        "What follows?", [InputRequired("Choose what follows")], choices=choices((f.value, f.words) for f in FollowUp)
    )
    words = LongWordsField(
        "Your answer",
        [LONG],
        description="The person reads it as you write it. If nothing changes, say why.",
        render_kw={"rows": 6},
    )
