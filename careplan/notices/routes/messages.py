"""How one wants to hear of news outside the product."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from careplan.access import guard
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.phone import spoken_phone
from careplan.notices import queries, service
from careplan.notices.domain.message import Channel, Preference
from careplan.notices.forms import NONE, MessagesForm
from careplan.notices.routes.blueprint import blueprint
from careplan.web import page


@blueprint.route("/settings/messages", methods=["GET", "POST"])
@guard.signed_in
def choose_messages() -> ResponseReturnValue:
    """By e-mail, by text message or not at all; filled in with what we know already."""
    actor, now = guard.actor(), utc_now()
    chosen = queries.find_preference(account_id=actor.account_id)
    form = MessagesForm(data=_filled(chosen or queries.find_known(actor=actor, now=now), was_asked=chosen is not None))
    if form.validate_on_submit():
        channel = None if form.channel.data == NONE else Channel(form.channel.data)
        try:
            service.choose_messages(
                channel=channel, email=form.email.data, mobile=form.mobile.data, actor=actor, now=now
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash(_("Saved. We write to you when there is something new.") if channel else _("Saved. We do not write."))
            return redirect("/settings/messages", 303)
    return page("notices/messages.html", form=form), 422 if form.errors or form.form_errors else 200


def _filled(known: Preference, *, was_asked: bool) -> dict[str, str | None]:
    channel = known.channel.value if known.channel else NONE
    return {
        "channel": channel if was_asked else None,
        "email": known.email,
        "mobile": spoken_phone(known.mobile) if known.mobile else None,
    }
