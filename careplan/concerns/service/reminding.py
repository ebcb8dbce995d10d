"""Reminding the safeguarding leads of what nobody has taken up, until somebody has."""

from datetime import datetime

from careplan.access.domain.actor import SYSTEM
from careplan.concerns import queries
from careplan.concerns.domain.deadline import reminders_due
from careplan.concerns.domain.step import StepKind
from careplan.concerns.service.raising import open_to_leads
from careplan.concerns.service.stepping import locked, write_step
from careplan.concerns.service.telling import tell_overdue


def remind(*, now: datetime) -> int:
    """Opens what is open to leads who have come since, and reminds them of what is due; says how often.

    However often it runs, and however late, each reminder goes once; those that were missed are not made up for.
    """
    sent = 0
    for concern in queries.list_every_open():
        open_to_leads(concern.id, concern.person_id, concern.alleged, now=now)
    for found in queries.list_untaken():
        concern = locked(found.id)
        due = reminders_due(raised_at=concern.raised_at, immediate_danger=concern.immediate_danger, now=now)
        if concern.acknowledged is not None or due <= concern.last_reminder:
            continue
        write_step(concern, StepKind.REMINDED, number=due, actor=SYSTEM, now=now)
        tell_overdue(concern=concern, now=now)
        sent += 1
    return sent
