"""Concerns for tests; the caller's session must see everything."""

from datetime import datetime
from typing import Any
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.concerns import service
from careplan.concerns.domain.concern import Alleged, AllegedKind, ConcernCategory
from careplan.kernel.clock import utc_now


def make_concern(*, person_id: UUID, actor: Actor, now: datetime | None = None, **said: Any) -> UUID:
    """A worry, with what the test says otherwise."""
    usual: dict[str, Any] = {
        "category": ConcernCategory.FINANCIAL,
        "words": "Her purse was empty again.",
        "immediate_danger": False,
    }
    return service.raise_concern(person_id=person_id, actor=actor, now=now or utc_now(), **{**usual, **said})


def an_account(actor: Actor) -> Alleged:
    return Alleged(AllegedKind.ACCOUNT, actor.account_id)


def an_organisation(organisation_id: UUID) -> Alleged:
    return Alleged(AllegedKind.ORGANISATION, organisation_id)


def a_contact(contact_id: UUID) -> Alleged:
    return Alleged(AllegedKind.CONTACT, contact_id)
