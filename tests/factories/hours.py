"""Hours for tests: a person with a plan's terms, and shorthand for what happens to a bank."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import UUID

from careplan.access.domain.actor import SYSTEM, Actor
from careplan.hours import queries, service
from careplan.hours.domain.terms import Assessed, ContingencyTerms, Funder, Grant, Terms
from careplan.hours.domain.view import BankView
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes

FIRST_DAY = date(2026, 11, 9)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TWENTY_TEN = (Minutes(1200), Minutes(600), Minutes(1200), Minutes(600))
CHEST = Assessed("chest_infection", "A chest infection")
CARER_AWAY = Assessed("carer_away", "Jean cannot come")
PERSONAL_CARE = Assessed("personal_care", "Help with washing and dressing")


def make_terms(*, person_id: UUID | None = None, weeks: tuple[Minutes, ...] = TWENTY_TEN, **changes: object) -> Terms:
    """A first version that grants 20, 10, 20 and 10 hours from the council and keeps four hours aside."""
    one, two, three, four = weeks
    terms = Terms(
        plan_version_id=new_id(),
        plan_id=new_id(),
        person_id=person_id or new_id(),
        provider_id=new_id(),
        version_number=1,
        service_starts_on=FIRST_DAY,
        counts_from=FIRST_DAY,
        grants=(Grant(Funder.COUNCIL, (one, two, three, four)),),
        contingency=ContingencyTerms(Minutes(240), (CHEST, CARER_AWAY), (PERSONAL_CARE,), Minutes(60)),
    )
    return replace(terms, **changes)  # type: ignore[arg-type]  # any field may be changed


def next_version(terms: Terms, *, counts_from: date, **changes: object) -> Terms:
    """The version after, for the same plan."""
    changed = {"plan_version_id": new_id(), "version_number": terms.version_number + 1, "counts_from": counts_from}
    return replace(terms, **(changed | changes))  # type: ignore[arg-type]  # any field may be changed


def weekly(*minutes: int, funder: Funder = Funder.COUNCIL) -> tuple[Grant, ...]:
    """One funder's four weeks."""
    one, two, three, four = (Minutes(m) for m in minutes)
    return (Grant(funder, (one, two, three, four)),)


@dataclass
class Story:
    """A plan whose bank things happen to; the caller's session must see everything."""

    terms: Terms
    actor: Actor = SYSTEM
    now: datetime = field(default=NOW)

    def open(self, terms: Terms | None = None) -> "Story":
        """Opens the bank, or takes a further version to heart."""
        self.terms = terms or self.terms
        service.open_bank(terms=self.terms, actor=self.actor, now=self.now)
        return self

    def plan(self, minutes: int, *, visit: UUID | None = None, on: date = FIRST_DAY) -> service.Reserved:
        """Plans a visit."""
        return service.reserve_visit(
            visit_id=visit or new_id(),
            plan_id=self.terms.plan_id,
            person_id=self.terms.person_id,
            funder=None,
            starts_on=on,
            minutes=Minutes(minutes),
            actor=self.actor,
            now=self.now,
        )

    def deliver(
        self,
        minutes: int,
        *,
        record: UUID | None = None,
        visit: UUID | None = None,
        on: date = FIRST_DAY,
        funder: Funder | None = None,
        releases: int | None = None,
    ) -> service.Drawn:
        """Records a visit; answers how it stands."""
        record = record or new_id()
        service.draw_for_record(
            record_id=record,
            visit_id=visit,
            plan_id=self.terms.plan_id,
            person_id=self.terms.person_id,
            funder=funder,
            starts_on=on,
            countable=Minutes(minutes),
            actor=self.actor,
            now=self.now,
            releases=Minutes(releases) if releases is not None else None,
        )
        return service.drawn_by(record_id=record)

    def take_back(self, record: UUID) -> bool:
        """Takes a record back."""
        return service.reverse_record(record_id=record, actor=self.actor, now=self.now)

    def view(self, number: int = 0) -> BankView:
        """The picture of a period."""
        return queries.get_bank_view(plan_id=self.terms.plan_id, number=number, today=self.now.date())
