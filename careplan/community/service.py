"""Asking a community organisation, and writing down what follows; nothing here commits."""

from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.community import queries
from careplan.community.domain.referral import Event, Referral, check_made, check_step
from careplan.community.models import CommunityReferralRow, CommunityStepRow
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict
from careplan.kernel.ids import new_id
from careplan.notices import service as notices
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.organisations import queries as organisations
from careplan.people import service as people
from careplan.plans import queries as plans


class ReferralIdUsed(Conflict):
    """The id was used for another referral."""

    code = "id_used"


def refer(
    *,
    referral_id: UUID,
    person_id: UUID,
    action_id: UUID,
    organisation_id: UUID | None,
    organisation: str,
    yes_words: str,
    made_on: date,
    actor: Actor,
    now: datetime,
) -> Referral:
    """Writes down that an organisation was asked, with the person's yes; the same sent again changes nothing.

    `organisation` is its name where it is not one that we know.  Raises NotFound, Invalid, ReferralIdUsed.
    """
    people.hold_person(person_id=person_id)
    before = queries.find_referral(person_id=person_id, referral_id=referral_id)
    if before is not None:
        if (before.action_id, before.made_by) != (action_id, actor.account_id):
            raise ReferralIdUsed("This id was used for another referral. Make a new one.")
        return before
    action = queries.find_action(person_id=person_id, action_id=action_id, now=now)
    known = organisations.find_organisation(organisation_id=organisation_id) if organisation_id else None
    name = known.name if known else organisation
    check_made(organisation=name, yes_words=yes_words, made_on=made_on, today=local_date(now))
    plan_id = plans.find_plan_of_person(person_id=person_id)
    db.session.add(
        CommunityReferralRow(
            id=referral_id,
            person_id=person_id,
            plan_id=plan_id,
            action_id=action_id,
            action_words=action.words,
            organisation_id=known.id if known else None,
            organisation=name.strip(),
            yes_words=yes_words.strip(),
            made_on=made_on,
            made_by=actor.account_id,
            made_by_name=actor.name,
            at=now,
        )
    )
    db.session.flush()
    referral = queries.get_referral(person_id=person_id, referral_id=referral_id)
    _tell(referral, f"{actor.name} has asked {referral.organisation} to help: {referral.action_words}", actor, now)
    return referral


def record_step(
    *, person_id: UUID, referral_id: UUID, event: Event, on: date, words: str, actor: Actor, now: datetime
) -> Referral:
    """Writes down what happened to a referral.  Raises NotFound, ReferralOver, Invalid."""
    people.hold_person(person_id=person_id)
    referral = queries.get_referral(person_id=person_id, referral_id=referral_id)
    check_step(referral, event=event, on=on, words=words, today=local_date(now))
    db.session.add(
        CommunityStepRow(
            id=new_id(),
            referral_id=referral_id,
            person_id=person_id,
            event=event.value,
            on=on,
            words=words.strip(),
            recorded_by=actor.account_id,
            recorded_by_name=actor.name,
            at=now,
        )
    )
    db.session.flush()
    if event is not Event.ATTENDED:
        _tell(referral, f"{referral.organisation}: {event.words.lower()}. {referral.action_words}", actor, now)
    return queries.get_referral(person_id=person_id, referral_id=referral_id)


def _tell(referral: Referral, words: str, actor: Actor, now: datetime) -> None:
    """The person, the social worker and the provider hear of it, each with a page of theirs."""
    for audience, address in (
        ((Audience.PERSON,), "/me/community"),
        ((Audience.COUNCIL, Audience.PROVIDER), f"/people/{referral.person_id}/community"),
    ):
        notices.tell(
            person_id=referral.person_id,
            audience=audience,
            words=words[:900],
            address=address,
            actor=actor,
            now=now,
            kind=NoticeKind.COMMUNITY,
        )
