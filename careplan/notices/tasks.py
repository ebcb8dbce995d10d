"""What happens by itself: the provider is told of changed medicines and allergies; messages are written from what is
unread, handed over, and followed up."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar, cast

from flask import current_app

from careplan import jobs
from careplan.config import Settings
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now
from careplan.notices import service
from careplan.notices.domain.message import Channel
from careplan.notices.notify import Notify, NotTaken

T = TypeVar("T")
MOST_AT_ONCE = 200


@jobs.every_minute(name="notices.tell_of_health")
def tell_of_health() -> None:
    """Whoever plans the visits hears of a new or changed medicine or allergy."""
    _kept(lambda now: service.tell_of_health(now=now))


@jobs.every_minute(name="notices.send_messages")
def send_messages() -> None:
    """Each step is committed by itself: what has left is known to have left, whatever happens after."""
    settings = cast(Settings, current_app.extensions["careplan_settings"])
    address, switched_on = f"{settings.public_url}/news", {Channel(c) for c in settings.messages.channels}
    _kept(lambda now: service.write_messages(address=address, switched_on=switched_on, now=now))
    if not switched_on:
        return
    notify = Notify(settings.messages, address)
    for step in (_send_next, _follow_next):
        for _ in range(MOST_AT_ONCE):
            if not step(notify):
                break


def _send_next(notify: Notify) -> bool:
    """Hands over the next message that is due; False: none is."""
    message = _kept(lambda now: service.claim_message(now=now))
    if message is None:
        return False
    try:
        sent_as = notify.hand_over(message)
    except NotTaken as refused:
        why, final = refused.why, refused.final
        if final:
            _kept(lambda now: service.give_up(message_id=message.id, why=why))
        else:
            _kept(lambda now: service.put_off(message_id=message.id, why=why, now=now))
    else:
        _kept(lambda now: service.note_sent(message_id=message.id, sent_as=sent_as, now=now))
    return True


def _follow_next(notify: Notify) -> bool:
    """Asks what became of the next message that was sent; where there is no answer, the next question follows."""
    message = _kept(lambda now: service.claim_follow_up(now=now))
    if message is None:
        return False
    try:
        status = notify.status_of(message)
    except NotTaken:
        return True
    _kept(lambda now: service.note_delivery(message_id=message.id, status=status))
    return True


def _kept(step: Callable[[datetime], T]) -> T:
    """Does one step in a transaction of its own, which sees everything."""
    see_everything(db.session, as_="notices")
    done = step(utc_now())
    db.session.commit()
    return done
