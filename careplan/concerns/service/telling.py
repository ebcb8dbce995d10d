"""Who is told of a concern, never anybody whom it alleges; the sentence itself says nothing of what was seen."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access.domain.actor import SYSTEM, Actor, Role
from careplan.access.domain.policy import Kind
from careplan.concerns.domain.concern import Alleged, Concern, is_alleged
from careplan.kernel.words import clock_time, short_day
from careplan.notices import service as notices
from careplan.notices.domain.notice import NoticeKind
from careplan.people import queries as people

LEADS = ((Role.SAFEGUARDING_LEAD, Kind.SAFEGUARDING),)
AT_ONCE = (*LEADS, (Role.PROVIDER_COORDINATOR, Kind.PACKAGE), (Role.SOCIAL_WORKER, Kind.CASELOAD))


def tell_raised(
    *, concern_id: UUID, person_id: UUID, alleged: Sequence[Alleged], due_by: datetime, actor: Actor, now: datetime
) -> None:
    """Coordinator, social worker and safeguarding leads know at once, unless alleged."""
    name = people.get_person(person_id=person_id).name
    words = f"There is a new concern about {name}. The safeguarding lead takes it up by {_moment(due_by)}."
    _tell(concern_id, person_id, AT_ONCE, alleged, words, actor, now)


def tell_overdue(*, concern: Concern, now: datetime) -> None:
    """The safeguarding leads hear again that nobody has taken it up."""
    name = people.get_person(person_id=concern.person_id).name
    words = f"Nobody has taken up the concern about {name}. It was due by {_moment(concern.due_by)}."
    _tell(concern.id, concern.person_id, LEADS, concern.alleged, words, SYSTEM, now)


def _tell(
    concern_id: UUID,
    person_id: UUID,
    ties: Sequence[tuple[Role, Kind]],
    alleged: Sequence[Alleged],
    words: str,
    actor: Actor,
    now: datetime,
) -> None:
    related = access.list_related_accounts(person_id=person_id, ties=ties, at=now)
    known = access.list_accounts_by_id(account_ids=related)
    notices.tell(
        person_id=person_id,
        audience=(),
        accounts=[a.account_id for a in known.values() if not is_alleged(a, alleged)],
        words=words,
        address=f"/concerns/{concern_id}",
        kind=NoticeKind.CONCERN,
        actor=actor,
        now=now,
    )


def _moment(at: datetime) -> str:
    return f"{clock_time(at)} on {short_day(at)}"
