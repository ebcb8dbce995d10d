"""Names, numbers, calls and wishes of people who do not exist. The same seed gives the same people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from nhs_number.validate import calculate_checksum

GIVEN = (
    "Ada", "Ahmed", "Alan", "Amina", "Arthur", "Bilal", "Brenda", "Cyril", "Daphne", "Derek", "Doreen", "Edna",
    "Farida", "Frank", "George", "Gwen", "Harjit", "Hilda", "Irene", "Ivan", "Jean", "Joan", "Kamala", "Kenneth",
    "Leonard", "Mabel", "Mei", "Monica", "Nadia", "Norman", "Olive", "Patricia", "Ravi", "Rita", "Sheila", "Stanley",
    "Thelma", "Usha", "Vera", "Wilfred",
)  # fmt: skip
FAMILY = (
    "Abbott", "Akhtar", "Bagshaw", "Begum", "Booth", "Chowdhury", "Clegg", "Dawber", "Eastwood", "Fairclough", "Grundy",
    "Hargreaves", "Hussain", "Ingham", "Jessop", "Kaur", "Kershaw", "Lomax", "Mistry", "Nuttall", "Ogden", "Patel",
    "Pilling", "Quinn", "Rawlins", "Singh", "Schofield", "Taylor", "Unsworth", "Valentine", "Wardle", "Yates",
)  # fmt: skip
STREETS = ("Larch", "Mill", "Station", "Chapel", "Orchard", "Canal", "Bridge", "Meadow", "Quarry", "Tannery")
TOWNS = ("Northbridge", "Larch Hill", "Meadow Bank", "Willows", "Canalside")
# The hour at which a call of the day begins, the commonest first, and how long a call may last.
HOURS = (8, 12, 17, 20, 10, 15)
LENGTHS = (30, 30, 45, 45, 60, 60)
HOW_MANY = (1, 2, 2, 3, 3, 4, 4, 5)
TEN = 10


@dataclass(frozen=True, slots=True)
class Call:
    """A visit that comes every day: the London hour it begins at, and its minutes."""

    hour: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Invented:
    """One person, and the calls of each of their days."""

    given_name: str
    family_name: str
    nhs_number: str
    gender: str
    birth_date: date
    line1: str
    town: str
    postcode: str
    calls: tuple[Call, ...]

    @property
    def daily_minutes(self) -> int:
        return sum(c.minutes for c in self.calls)


def people(how_many: int, *, seed: int, today: date) -> Iterator[Invented]:
    """So many people, always the same for a seed and a day."""
    chance, numbers = Random(seed), nhs_numbers()  # noqa: S311  nothing secret is drawn
    for n in range(how_many):
        hours = sorted(HOURS[: chance.choice(HOW_MANY)])
        yield Invented(
            given_name=chance.choice(GIVEN),
            family_name=chance.choice(FAMILY),
            nhs_number=next(numbers),
            gender=chance.choice(("female", "female", "male")),
            birth_date=today - timedelta(days=chance.randint(65 * 365, 99 * 365)),
            line1=f"{chance.randint(1, 180)} {chance.choice(STREETS)} Street",
            town=chance.choice(TOWNS),
            postcode=f"ZZ{1 + n % 20} {chance.randint(1, 9)}AB",
            calls=tuple(Call(hour, chance.choice(LENGTHS)) for hour in hours),
        )


def nhs_numbers() -> Iterator[str]:
    """Numbers of the range that is kept for tests, each with its check digit; those that have none are left out."""
    for n in range(1_000_000):
        nine = f"999{n:06d}"
        digit = calculate_checksum(nine)
        if digit is not None and digit < TEN:
            yield f"{nine}{digit}"
