"""Willow Home Help gives up: Cyril has moved to Harbour Care already; the others stand in the team manager's list."""

from datetime import datetime, timedelta
from uuid import UUID

from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.demo.council.cast import Cast
from careplan.demo.council.plans import agree, sign_on_paper
from careplan.demo.story.characters import Character
from careplan.demo.story.partings import CYRIL, NORA, PERCY
from careplan.kernel.clock import local_date
from careplan.people.queries import find_person_by_nhs_number
from careplan.plans.domain.agreement import Capacity
from careplan.plans.domain.state import Party
from careplan.transfers import service
from careplan.transfers.domain.transfer import Reason
from careplan.transfers.queries import find_transfer
from careplan.transfers.service.acting import NewAct
from careplan.transfers.service.asking import Said
from careplan.transfers.service.beginning import NewTransfer

DAY = timedelta(days=1)
NOTICE = "Willow Home Help closes at the end of next month."


def move_cyril(cast: Cast, *, now: datetime) -> None:
    """Asked, agreed by three and handed over: his care has been Harbour Care's for nine days."""
    person_id, worker, began = _id(CYRIL), cast["social-worker"], now - 12 * DAY
    said = NewTransfer(cast.houses["harbour_care"], Reason.PERSONS_WISH, local_date(now - 9 * DAY), "They were late.")
    transfer = service.begin_transfer(person_id=person_id, said=said, actor=worker, now=began)
    heard = Said(local_date(began), "At home, with the kettle on", "About time. They never came before eleven.", False)
    _write(CYRIL, heard, cast, began)
    version = service.ask_provider(person_id=person_id, transfer_id=transfer.id, actor=worker, now=began)
    coordinator, signed = cast["provider-coordinator"], began + DAY
    agree(version, party=Party.COUNCIL, capacity=Capacity.SOCIAL_WORKER, actor=worker, now=signed)
    agree(version, party=Party.PROVIDER, capacity=Capacity.PROVIDER, actor=coordinator, now=signed)
    sign_on_paper(version, capacity=Capacity.SELF, authority_id=None, cast=cast, worker=worker, now=signed + DAY)
    service.hand_over(person_id=person_id, transfer_id=transfer.id, actor=worker, now=signed + DAY)
    service.write_note(
        person_id=person_id,
        transfer_id=transfer.id,
        words="He takes his tea without milk and will not say so.",
        actor=cast["willow-coordinator"],
        now=signed + DAY,
    )


def move_the_others(cast: Cast, *, now: datetime) -> None:
    """One list: Nora objects, Percy's plan has gone round, and Sybil is still to be asked."""
    manager, started = cast["team-manager"], now - 2 * DAY
    visible = access.select_visible(actor=manager, section=Section.TRANSFER, action=Action.WRITE, now=started)
    harbour, willow = cast.houses["harbour_care"], cast.houses["willow_home"]
    said = NewAct(willow, harbour, Reason.PROVIDER_NOTICE, local_date(now + 12 * DAY), NOTICE)
    act = service.start_act(said=said, visible=visible, actor=manager, now=started)
    service.go_on(act_id=act.id, actor=manager, now=started)
    refused = Said(
        local_date(now - DAY), "At home", "Twelve faces, then. No.", True,
        "Harbour Care names two people who will come, and nobody else. We visit together on Thursday.",
    )  # fmt: skip
    willing = Said(local_date(now - DAY), "By telephone", "As long as they let me stir.", False)
    for character, heard in ((NORA, refused), (PERCY, willing)):
        _write(character, heard, cast, now - DAY)
    percy = find_transfer(person_id=_id(PERCY))
    assert percy is not None  # noqa: S101  it narrows the type: he stands in the list
    service.ask_provider(
        person_id=percy.person_id, transfer_id=percy.id, actor=cast["social-worker"], now=now - DAY / 2
    )


def _write(character: Character, heard: Said, cast: Cast, now: datetime) -> None:
    transfer = find_transfer(person_id=_id(character))
    assert transfer is not None  # noqa: S101  the same
    service.record_consultation(
        person_id=transfer.person_id, transfer_id=transfer.id, said=heard, actor=cast["social-worker"], now=now
    )


def _id(character: Character) -> UUID:
    person = find_person_by_nhs_number(nhs_number=character.nhs_number or "")
    assert person is not None  # noqa: S101  everyone of the story was entered before
    return person.id
