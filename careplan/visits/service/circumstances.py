"""What somebody should look at in a record, by what stood around it at the time of its event."""

from datetime import datetime

from careplan.visits.domain.flag import Flag, flags_of_times, has_died
from careplan.visits.domain.incoming import OfPerson, Sender
from careplan.visits.queries.around import Around


def flags_around(
    *, record: OfPerson, around: Around, start: datetime, end: datetime, sender: Sender, now: datetime
) -> set[Flag]:
    """The flags of a record whose effective times these are."""
    version, seen = around.version, record.plan_version
    checks = (
        (version is not None and seen is not None and seen != version.number, Flag.PLAN_CHANGED),
        (around.visit is not None and around.visit.cancellation is not None, Flag.VISIT_CANCELLED),
        (not around.is_on_round, Flag.NOT_ON_ROUND),
        (not around.is_with_provider, Flag.PERSON_LEFT),
        (has_died(died_on=around.died_on, at=start), Flag.PERSON_DIED),
        (around.objection is not None, Flag.PERSON_OBJECTED),
    )
    raised = {flag for found, flag in checks if found}
    return raised.union(flags_of_times(start=start, end=end, now=now, skew=sender.skew))
