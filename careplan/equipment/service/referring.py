"""Referring a person to an occupational therapist, and what the therapist makes of it."""

from datetime import date, datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Kind
from careplan.access.service import end_relationships, relate
from careplan.db import db
from careplan.equipment import queries
from careplan.equipment.domain.referral import (
    OVER,
    NewReferral,
    Referral,
    ReferralEvent,
    check_referral,
    check_step,
)
from careplan.equipment.models import ReferralRow, ReferralStepRow
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Forbidden, NotFound, invalid
from careplan.kernel.ids import new_id
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.notices.service.telling import tell

SOURCE = "referral"


class NotYourReferral(Forbidden):
    """Only the therapist who was asked answers a referral."""

    code = "not_your_referral"


def refer(*, person_id: UUID, said: NewReferral, actor: Actor, now: datetime, referral_id: UUID | None = None) -> UUID:
    """Asks a therapist to come; the record is open to them from now until the referral is over.  Raises Invalid."""
    check_referral(said)
    _check_therapist(said.therapist_id)
    row_id = referral_id or new_id()
    relate(
        person_id=person_id, kind=Kind.REFERRAL, account_id=said.therapist_id, since=now, source_type=SOURCE,
        source_id=row_id,
    )  # fmt: skip
    db.session.add(
        ReferralRow(
            id=row_id, person_id=person_id, therapist_id=said.therapist_id, reason=said.reason.strip(),
            urgency=said.urgency.value, agreed=said.agreed.strip(), sent_at=now, sent_by=actor.account_id,
        )
    )  # fmt: skip
    db.session.flush()
    tell(
        person_id=person_id, audience=(), accounts=(said.therapist_id,), kind=NoticeKind.PARTNERSHIP, actor=actor,
        now=now, address=f"/referrals/{row_id}", words=f"{actor.name} asks you to come. {said.urgency.words}.",
    )  # fmt: skip
    return row_id


def move_referral_on(
    *,
    referral_id: UUID,
    event: ReferralEvent,
    words: str,
    actor: Actor,
    now: datetime,
    visit_on: date | None = None,
) -> Referral:
    """The therapist answers, plans a visit, recommends or closes.

    Raises NotFound, NotYourReferral, NotNow, Invalid.
    """
    found = queries.get_referral(referral_id=referral_id)
    if actor.account_id != found.therapist_id:
        raise NotYourReferral("Only the therapist who was asked can do this.")
    planned = visit_on if event is ReferralEvent.PLAN_VISIT else None
    check_step(found, event, words=words, visit_on=planned, today=local_date(now))
    db.session.add(
        ReferralStepRow(
            referral_id=found.id, person_id=found.person_id, event=event.value, at=now, by=actor.account_id,
            words=words.strip(), visit_on=planned,
        )
    )  # fmt: skip
    db.session.flush()
    moved = queries.get_referral(referral_id=referral_id)
    tell(
        person_id=found.person_id, audience=(Audience.COUNCIL,), accounts=(found.sent_by,),
        kind=NoticeKind.PARTNERSHIP, actor=actor, now=now, address=f"/referrals/{found.id}",
        words=f"{actor.name}: {event.words.lower()}. {words.strip()[:300]}".strip(),
    )  # fmt: skip
    if moved.state in OVER:
        # After this the therapist sees nothing of it by the referral any more.
        end_relationships(person_id=found.person_id, kind=Kind.REFERRAL, source_id=found.id, now=now)
    return moved


def _check_therapist(therapist_id: UUID) -> None:
    try:
        found = access.get_account(account_id=therapist_id)
    except NotFound:
        raise invalid("therapist", "Choose an occupational therapist.") from None
    if found.role is not Role.OCCUPATIONAL_THERAPIST:
        raise invalid("therapist", "Choose an occupational therapist.")
