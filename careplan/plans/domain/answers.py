"""What the parties have answered to one version, and how it stands with the person whose plan it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from careplan.kernel.words import short_day
from careplan.plans.domain.agreement import Agreement, AlreadyAgreed, BestInterests
from careplan.plans.domain.not_agreed import NotAgreed
from careplan.plans.domain.state import Lapsed, Party


class PersonsPart(StrEnum):
    """How a version stands with the person whose plan it is; each is a fact of its own, and only two are a yes."""

    AGREED = "agreed"
    AGREED_FOR = "agreed_for"
    BEST_INTERESTS = "best_interests"
    NOT_AGREED = "not_agreed"
    TOLD = "told"
    WAITING = "waiting"

    @property
    def words(self) -> str:
        return PART_WORDS[self]


PART_WORDS = {
    PersonsPart.AGREED: "Agreed by the person",
    PersonsPart.AGREED_FOR: "Agreed by their representative",
    PersonsPart.BEST_INTERESTS: "Decided in their best interests",
    PersonsPart.NOT_AGREED: "Not agreed by the person",
    PersonsPart.TOLD: "The person was told",
    PersonsPart.WAITING: "Waiting for the person",
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What the parties have answered to one version; what was taken back stands apart."""

    agreements: tuple[Agreement, ...] = ()
    taken_back: tuple[Agreement, ...] = ()
    best_interests: BestInterests | None = None
    not_agreed: NotAgreed | None = None

    @property
    def settled(self) -> dict[Party, datetime]:
        """When each party agreed, was decided for, or was gone without."""
        settled = {a.party: a.at for a in self.agreements}
        for instead in (self.best_interests, self.not_agreed):
            if instead is not None:
                settled.setdefault(Party.PERSON, instead.at)
        return settled

    @property
    def lapsed(self) -> tuple[Lapsed, ...]:
        """Each yes that stood for a time."""
        return tuple(Lapsed(a.party, a.at, a.taken_back.at) for a in self.taken_back if a.taken_back)


def check_party_free(*, party: Party, answers: Answers) -> None:
    """Raises AlreadyAgreed where the party has signed, or somebody decided in the person's place."""
    for signed in answers.agreements:
        if signed.party is party:
            message = f"{signed.signer_name} agreed to this on {short_day(signed.agreed_on)}. Nothing more is needed."
            raise AlreadyAgreed(message, party=party.value)
    if party is not Party.PERSON:
        return
    if answers.best_interests is not None:
        day = short_day(answers.best_interests.decided_on)
        raise AlreadyAgreed(f"This was decided in the person's best interests on {day}.", party=party.value)
    if answers.not_agreed is not None:
        day = short_day(answers.not_agreed.said.decided_on)
        raise AlreadyAgreed(
            f"On {day} it was written down that there is no yes to this version. "
            "If that has changed, send the plan round again.",
            party=party.value,
        )
