"""The form for how somebody wants to hear of news."""

from flask_babel import lazy_gettext as _
from wtforms import EmailField, RadioField, TelField

from careplan.notices.domain.message import Channel
from careplan.web.forms import Form, choices

NONE = "none"


class MessagesForm(Form):
    """By which way, and where to."""

    channel = RadioField(
        _("Shall we tell you when there is something new?"),
        choices=choices(
            [
                (Channel.EMAIL.value, _("Yes, by e-mail")),
                (Channel.TEXT.value, _("Yes, by text message")),
                (NONE, _("No, I look here myself")),
            ]
        ),
    )
    email = EmailField(_("Your e-mail address"), render_kw={"autocomplete": "email", "spellcheck": False})
    mobile = TelField(_("Your mobile number"), render_kw={"autocomplete": "tel", "width": 20})
