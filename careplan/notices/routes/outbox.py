"""The outbox, for whoever looks after the product: what goes to whom, and what became of it."""

from typing import cast
from uuid import UUID

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.config import Settings
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.notices import queries, service
from careplan.notices.domain.message import MessageState
from careplan.notices.routes.blueprint import blueprint
from careplan.web import page
from careplan.web.keyset import encode_cursor, requested_cursor

LIST = "outbox"
PAGE = 50


@blueprint.get("/admin/messages")
@guard.role(Section.ADMIN, Action.READ)
def list_messages() -> str:
    """The messages, the latest first; those that failed on a page of their own."""
    asked = request.args.get("state", "")
    state = MessageState(asked) if asked in list(MessageState) else None
    after = requested_cursor(of=LIST)
    # They concern the product, not a person: no relationship opens them.
    see_everything(db.session, as_="messages")
    found = queries.list_messages(state=state, after=after, limit=PAGE + 1)  # type: ignore[arg-type]  # a cursor of this list holds an instant and an id
    shown = found[:PAGE]
    settings = cast(Settings, current_app.extensions["careplan_settings"])
    return page(
        "notices/outbox.html",
        messages=shown,
        names=access.list_account_names(account_ids={m.account_id for m in shown}),
        state=state,
        states=list(MessageState),
        switched_on=bool(settings.messages.channels),
        after=encode_cursor((shown[-1].created_at, shown[-1].id), of=LIST) if len(found) > PAGE else None,
    )


@blueprint.post("/admin/messages/<uuid:message_id>/again")
@guard.role(Section.ADMIN, Action.WRITE)
def send_again(message_id: UUID) -> ResponseReturnValue:
    """Sends a message that failed anew, once its reason is mended."""
    see_everything(db.session, as_="messages")
    try:
        service.send_again(message_id=message_id, now=utc_now())
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        flash("It goes out again within a minute.")
    return redirect(url_for("notices.list_messages", state=MessageState.FAILED.value), 303)
