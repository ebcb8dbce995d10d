"""Who is told of a transfer: the social worker whom it asks for something, and both providers at the handover."""

from collections.abc import Sequence
from datetime import datetime

from careplan.access.domain.actor import Actor
from careplan.kernel.words import listed, short_day
from careplan.notices import service as notices
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.organisations import queries as organisations
from careplan.people import queries as people
from careplan.transfers.domain.transfer import Transfer


def tell_begun(*, transfer: Transfer, actor: Actor, now: datetime) -> None:
    """The social worker hears that the person is to be asked."""
    words = (
        f"{_name(transfer)}’s care is to move to {_provider(transfer)} on {short_day(transfer.changes_on)}. "
        "Ask them what they think of it."
    )
    _tell(transfer, (Audience.COUNCIL,), words, actor, now)


def tell_withdrawn(*, transfer: Transfer, actor: Actor, now: datetime) -> None:
    """Whoever was asked hears that nothing comes of it."""
    words = f"{_name(transfer)}’s care does not move to {_provider(transfer)}. The transfer was given up."
    _tell(transfer, (Audience.COUNCIL, Audience.PROVIDER), words, actor, now)


def tell_put_anew(*, transfer: Transfer, activities: Sequence[str], actor: Actor, now: datetime) -> None:
    """The nurse hears that what they handed over is put to the new provider, in their name."""
    words = (
        f"{_name(transfer)}’s care moves to {_provider(transfer)}. In your name they are asked to take on: "
        f"{listed(list(activities))}. Find their workers able, or withdraw it."
    )
    _tell(transfer, (Audience.NURSE,), words, actor, now, address="/delegations")


def tell_handed_over(*, transfer: Transfer, day: datetime, actor: Actor, now: datetime) -> None:
    """Both providers and the nurse hear from when the new one gives the care."""
    words = f"{_provider(transfer)} gives {_name(transfer)}’s care from {short_day(day)}. Hand over what is known."
    _tell(transfer, (Audience.COUNCIL, Audience.PROVIDER), words, actor, now)
    _tell(transfer, (Audience.NURSE,), words, actor, now, address=f"/people/{transfer.person_id}")


def _tell(
    transfer: Transfer, audience: tuple[Audience, ...], words: str, actor: Actor, now: datetime, *, address: str = ""
) -> None:
    notices.tell(
        person_id=transfer.person_id,
        audience=audience,
        words=words,
        address=address or f"/people/{transfer.person_id}/transfer",
        actor=actor,
        now=now,
        kind=NoticeKind.PARTNERSHIP,
    )


def _name(transfer: Transfer) -> str:
    return people.get_person(person_id=transfer.person_id).name


def _provider(transfer: Transfer) -> str:
    return organisations.get_organisation(organisation_id=transfer.to_provider_id).name
