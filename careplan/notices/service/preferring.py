"""Choosing how to hear of news outside the product."""

from datetime import datetime

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.notices.domain.message import Channel, Preference, checked_preference
from careplan.notices.models import MessagePreferenceRow


def choose_messages(
    *, channel: Channel | None, email: str | None, mobile: str | None, actor: Actor, now: datetime
) -> Preference:
    """Keeps the actor's own choice; what was told before it is announced to nobody.

    Raises Invalid, WrongEmail, WrongPhone.
    """
    wanted = checked_preference(channel=channel, email=email, mobile=mobile)
    row = db.session.get(MessagePreferenceRow, actor.account_id)
    if row is None:
        row = MessagePreferenceRow(account_id=actor.account_id)
        db.session.add(row)
    row.channel = wanted.channel.value if wanted.channel else None
    row.email, row.mobile, row.changed_at = wanted.email, wanted.mobile, now
    db.session.flush()
    return wanted
