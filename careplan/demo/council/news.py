"""Who has read what, and the messages that wait in the outbox."""

from datetime import datetime
from typing import cast as known_as

from flask import current_app

from careplan.config import Settings
from careplan.demo.council.cast import Cast
from careplan.notices import service
from careplan.notices.domain.message import Channel

# Numbers for drama and addresses that belong to nobody.
WANTS = {
    "citizen": (Channel.EMAIL, "margaret.ellis@example.org", None),
    "representative": (Channel.TEXT, None, "07700 900142"),
    "social-worker": (Channel.EMAIL, "priya.nair@example.org", None),
}


def spread_the_news(cast: Cast, *, read_until: datetime, now: datetime) -> None:
    """Everyone has read what is older; three want messages, which in the demo are kept to be read."""
    for actor in cast.actors.values():
        service.read_all(actor=actor, now=read_until)
    for slug, (channel, email, mobile) in WANTS.items():
        service.choose_messages(channel=channel, email=email, mobile=mobile, actor=cast[slug], now=read_until)
    settings = known_as(Settings, current_app.extensions["careplan_settings"])
    service.write_messages(address=f"{settings.public_url}/news", switched_on=(), now=now)
