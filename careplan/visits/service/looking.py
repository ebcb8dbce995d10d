"""What somebody should know before workers are put on visits of a person, and where they would be in two places."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from careplan.access import queries as access
from careplan.delegation import queries as delegation
from careplan.kernel.clock import local_date, start_of_day
from careplan.kernel.errors import Conflict, Invalid, Problem
from careplan.kernel.words import clock_time, day
from careplan.people import queries as people
from careplan.people.domain.language import language_name
from careplan.visits.domain.covering import covering
from careplan.visits.domain.fitting import Caution, CautionKind, Place, Wishes, is_far, unmet
from careplan.visits.domain.pattern import Span
from careplan.visits.queries.patterns import Booked, find_wishes, list_booked, list_met, list_traits, list_wishes

MOST_NAMED = 3


class WorkerBusy(Conflict):
    """A worker would be in two places at once."""

    code = "worker_busy"


@dataclass(frozen=True, slots=True)
class Going:
    """Who is to go to whom, when, and which delegated activities are to be done there."""

    person_id: UUID
    workers: tuple[UUID, ...]
    spans: Sequence[Span]
    activities: tuple[UUID, ...] = ()


def check_workers(workers: Iterable[UUID], organisation_id: UUID | None) -> None:
    """Raises Invalid where any of them is not of the organisation."""
    chosen = set(workers)
    known = {a.account_id for a in access.list_accounts(organisation_id=organisation_id)} if chosen else set()
    if strangers := chosen - known:
        message = "Choose workers of your own organisation."
        raise Invalid(message, problems=(Problem("workers", message),), workers=sorted(str(w) for w in strangers))


def check_free(going: Going, *, but: frozenset[UUID] = frozenset()) -> None:
    """Raises WorkerBusy naming who is with whom and when; the visits `but` do not count.

    The workers must be locked, so that nobody can plan them elsewhere before the transaction ends.
    """
    clashes = list_clashes(going, but=but)
    if not clashes:
        return
    names = access.list_account_names(account_ids={b.worker_id for b in clashes})
    with_whom = people.list_people_by_id(person_ids={b.person_id for b in clashes})
    said = [
        f"{names.get(b.worker_id, 'A worker')} is on another visit"
        + (f", with {with_whom[b.person_id].name}," if b.person_id in with_whom else "")
        + f" on {day(b.span.start)} from {clock_time(b.span.start)} to {clock_time(b.span.end)}"
        for b in clashes[:MOST_NAMED]
    ]
    more = f", and {len(clashes) - MOST_NAMED} times more" if len(clashes) > MOST_NAMED else ""
    raise WorkerBusy(
        f"{'; '.join(said)}{more}.",
        problems=(Problem("workers", f"{'; '.join(said)}{more}. Choose a worker who is free, or another time."),),
        workers=sorted({str(b.worker_id) for b in clashes}),
    )


def list_clashes(going: Going, *, but: frozenset[UUID] = frozenset()) -> list[Booked]:
    """The visits on which these workers are while they would be on these."""
    if not going.workers or not going.spans:
        return []
    first, last = min(s.start for s in going.spans), max(s.end for s in going.spans)
    booked = list_booked(worker_ids=going.workers, since=first, until=last)
    return [b for b in booked if b.visit_id not in but and any(b.span.overlaps(s) for s in going.spans)]


def look_before(going: Going, *, but: frozenset[UUID] = frozenset()) -> tuple[Caution, ...]:
    """Everything to know before these workers are put on these visits."""
    if not going.spans:
        return ()
    names = access.list_account_names(account_ids=going.workers)
    return (*_not_met(going, names), *_unmet(going, names), *_far(going, names, but), *_uncovered(going))


def _not_met(going: Going, names: dict[UUID, str]) -> list[Caution]:
    met = list_met(person_id=going.person_id, worker_ids=going.workers) if going.workers else frozenset()
    return [
        Caution(CautionKind.NOT_MET, f"{names.get(w, 'A worker')} has not met them yet.", w)
        for w in going.workers
        if w not in met
    ]


def _unmet(going: Going, names: dict[UUID, str]) -> list[Caution]:
    wishes = find_wishes(person_id=going.person_id)
    traits = list_traits(worker_ids=going.workers)
    return [
        Caution(kind, f"{names.get(w, 'A worker')} is not known to be {wish_words(wishes, kind)}, as they wish.", w)
        for w in going.workers
        for kind in unmet(wishes, traits.get(w))
    ]


def wish_words(wishes: Wishes, kind: CautionKind) -> str:
    """Whom somebody wishes for."""
    match kind:
        case CautionKind.GENDER:
            return {"female": "a woman", "male": "a man"}.get(wishes.gender or "", "somebody")
        case CautionKind.LANGUAGE:
            return f"somebody who speaks {language_name(wishes.language)}"
        case _:
            return f"somebody of their culture ({wishes.culture})"


def _far(going: Going, names: dict[UUID, str], but: frozenset[UUID]) -> list[Caution]:
    home = find_wishes(person_id=going.person_id).place
    if home is None or not going.workers:
        return []
    first, last = min(s.start for s in going.spans), max(s.end for s in going.spans)
    whole_days = list_booked(worker_ids=going.workers, since=start_of_day(local_date(first)), until=last)
    booked = [b for b in whole_days if b.visit_id not in but]
    places = {i: w.place for i, w in list_wishes(person_ids={b.person_id for b in booked}).items()}
    found = []
    for worker in going.workers:
        own = [b for b in booked if b.worker_id == worker]
        days = [s.start for s in going.spans if is_far(_last_place(own, s, places), home)]
        if days:
            more = f" and {len(days) - 1} more days" if len(days) > 1 else ""
            words = f"{names.get(worker, 'A worker')} comes from more than 6 miles away on {day(days[0])}{more}."
            found.append(Caution(CautionKind.FAR, words, worker))
    return found


def _last_place(own: Sequence[Booked], span: Span, places: Mapping[UUID, Place | None]) -> Place | None:
    """Where a worker comes from: their last visit that day, where its place is known."""
    before = [b for b in own if b.span.end <= span.start and local_date(b.span.start) == local_date(span.start)]
    return places.get(before[-1].person_id) if before else None


def _uncovered(going: Going) -> list[Caution]:
    found = []
    known = delegation.list_delegations_by_id(delegation_ids=going.activities)
    for given in (known[i] for i in going.activities if i in known):
        lacking = [s for s in going.spans if not covering(given, going.workers, s.start)]
        if lacking:
            more = f" and {len(lacking) - 1} more days" if len(lacking) > 1 else ""
            words = (
                f"{given.activity}: nobody chosen may do this on {day(lacking[0].start)}{more}. "
                "The visit can be planned; the activity stands uncovered."
            )
            found.append(Caution(CautionKind.UNCOVERED, words))
    return found
