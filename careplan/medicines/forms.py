"""Forms of the medicines slice."""

from wtforms import RadioField
from wtforms.validators import InputRequired

from careplan.web.forms import Form


class LinkForm(Form):
    """By which delegated activity a medicine is given."""

    delegation = RadioField(
        "By which delegated activity is it given?", [InputRequired("Choose the activity")], choices=[]
    )
