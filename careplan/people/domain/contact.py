"""Family, friends and neighbours; among them those who care without pay."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.people.domain.retraction import Retraction
from careplan.people.domain.span import holds


class Relation(StrEnum):
    """What somebody is to the person, in words of every day."""

    WIFE = "wife"
    HUSBAND = "husband"
    PARTNER = "partner"
    MOTHER = "mother"
    FATHER = "father"
    DAUGHTER = "daughter"
    SON = "son"
    SISTER = "sister"
    BROTHER = "brother"
    GRANDDAUGHTER = "granddaughter"
    GRANDSON = "grandson"
    AUNT = "aunt"
    UNCLE = "uncle"
    NIECE = "niece"
    NEPHEW = "nephew"
    COUSIN = "cousin"
    DAUGHTER_IN_LAW = "daughter_in_law"
    SON_IN_LAW = "son_in_law"
    FAMILY = "family"
    FRIEND = "friend"
    NEIGHBOUR = "neighbour"
    OTHER = "other"

    @property
    def words(self) -> str:
        return self.value.replace("_", "-")


@dataclass(frozen=True, slots=True)
class CarerSpell:
    """From when until when somebody cares without pay, and whether the person said that they may see the record."""

    starts_on: date
    ends_on: date | None = None
    agreed_at: datetime | None = None
    agreed_words: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody in the person's life, with the days on which they are to be reached; both days are counted in."""

    id: UUID
    person_id: UUID
    name: str
    relation: Relation
    phone: str | None = None
    account_id: UUID | None = None
    is_next_of_kin: bool = False
    is_emergency: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    carer: CarerSpell | None = None
    retraction: Retraction | None = None

    def holds_on(self, day: date) -> bool:
        """Whether this is somebody to reach on a day; what was entered in error never is."""
        return self.retraction is None and holds(starts_on=self.starts_on, ends_on=self.ends_on, day=day)

    def cares_on(self, day: date) -> bool:
        """Whether they care for the person without pay on a day."""
        spell = self.carer
        return (
            spell is not None
            and self.retraction is None
            and holds(starts_on=spell.starts_on, ends_on=spell.ends_on, day=day)
        )
