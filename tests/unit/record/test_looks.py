"""Who has looked at a record, in words that anyone understands."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import uuid4

from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.record.domain import looks

HARBOUR = uuid4()


def look(at, role="care_worker", section="plan", action="read", organisation=HARBOUR):
    return SimpleNamespace(
        at=at, name="Joy Mensah", role=role, organisation_id=organisation, section=section, action=action, reason=None
    )


def test_gathers_the_lines_of_a_london_day():
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight in London
    early = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)

    days = looks.by_day([look(late), look(early)], organisations={HARBOUR: "Harbour Care"})

    assert [d.day for d in days] == [date(2026, 7, 1), date(2026, 6, 30)]


def test_says_who_from_where_and_what():
    (day,) = looks.by_day([look(datetime(2026, 6, 30, tzinfo=UTC))], organisations={HARBOUR: "Harbour Care"})
    (line,) = day.lines

    assert (line.name, line.role, line.organisation, line.did, line.part) == (
        "Joy Mensah",
        "care worker",
        "Harbour Care",
        "looked at",
        "your plan",
    )


def test_has_words_for_every_part_of_a_record_and_everything_done():
    of_products = {
        Section.ORGANISATIONS,
        Section.PROVIDER_DAY,
        Section.FHIR_CLIENTS,
        Section.ADMIN,
        Section.COMMISSIONING,
        Section.PAYMENTS,
        Section.AUDIT,
        Section.PROVIDER_PAY,
    }

    assert set(Section) - set(looks.PARTS) == of_products
    assert {a.value for a in Action} <= set(looks.DONE)
    assert set(looks.ROLES) <= set(Role)
