"""Fields for dates, times and durations, and where errors go."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from werkzeug.datastructures import MultiDict

from careplan.kernel.errors import DomainError, Problem
from careplan.web.fields import component_of, component_params
from careplan.web.forms import listed_errors, summary_items
from tests.fixtures.web.samples import VisitForm

GOOD = {
    "name": " Joy ",
    "day-day": "21",
    "day-month": "11",
    "day-year": "2026",
    "at": "12:30",
    "length-hours": "1",
    "length-minutes": "30",
    "workers": "2",
    "meal": "b",
    "room": "a",
}


@pytest.fixture(autouse=True)
def context() -> Iterator[None]:
    app = Flask("small")
    app.secret_key = "small"
    Babel(app)
    with app.test_request_context():
        yield


def filled(**changes: Any) -> VisitForm:
    form = VisitForm(MultiDict(GOOD | {k.replace("_", "-"): v for k, v in changes.items()}), meta={"csrf": False})
    form.validate()
    return form


class TestReading:
    def test_gives_values_as_the_domain_knows_them(self) -> None:
        form = filled()

        assert form.errors == {}
        assert (form.name.data, form.day.data, form.at.data) == ("Joy", date(2026, 11, 21), time(12, 30))
        assert (form.length.data, form.workers.data) == (90, 2)

    @pytest.mark.parametrize(
        ("day", "month", "year"),
        [("31", "2", "2026"), ("x", "2", "2026"), ("1", "", "2026"), ("1", "13", "2026"), ("1", "1", "26"),
         ("-1", "1", "2026"), ("١", "1", "2026"), ("1", "1", "99999")],
    )  # fmt: skip
    def test_refuses_what_is_no_date_and_keeps_what_was_typed(self, day: str, month: str, year: str) -> None:
        form = filled(day_day=day, day_month=month, day_year=year)

        assert form.day.errors == ["Type a real date, such as 21 11 2026"]
        assert form.day.typed == {"day": day, "month": month, "year": year}

    def test_asks_for_a_date_that_was_left_out(self) -> None:
        assert list(filled(day_day="", day_month="", day_year="").day.errors) == ["Say which day"]

    @pytest.mark.parametrize(("typed", "read"), [("08:30", time(8, 30)), ("8.30", time(8, 30)), ("0830", time(8, 30))])
    def test_reads_a_time_as_people_write_it(self, typed: str, read: time) -> None:
        assert filled(at=typed).at.data == read

    @pytest.mark.parametrize("typed", ["25:00", "12:60", "noon", "8", "12:3", "1:2:3"])
    def test_refuses_what_is_no_time(self, typed: str) -> None:
        form = filled(at=typed)

        assert form.at.errors
        assert form.at._value() == typed

    @pytest.mark.parametrize(("hours", "minutes", "total"), [("1", "", 60), ("", "45", 45), ("0", "90", 90)])
    def test_takes_hours_or_minutes_alone(self, hours: str, minutes: str, total: int) -> None:
        assert filled(length_hours=hours, length_minutes=minutes).length.data == total

    @pytest.mark.parametrize("field", ["name", "story"])
    def test_refuses_a_character_that_cannot_be_stored(self, field: str) -> None:
        assert filled(**{field: "a\x00b"}).errors

    def test_shows_what_is_stored(self) -> None:
        form = VisitForm(
            data={"day": date(2026, 11, 21), "length": 90, "at": time(8, 5)}, formdata=None, meta={"csrf": False}
        )

        assert form.day.typed == {"day": "21", "month": "11", "year": "2026"}
        assert form.length.typed == {"hours": "1", "minutes": "30"}
        assert form.at._value() == "08:05"


class TestErrors:
    def test_lead_to_the_first_box_of_their_field(self) -> None:
        assert summary_items(filled(day_day="31", day_month="2")) == [
            {"text": "Type a real date, such as 21 11 2026", "href": "#day-day"}
        ]

    def test_say_what_to_type(self) -> None:
        assert [e.text for e in listed_errors(filled(workers="x", room="z"))] == [
            "Type a whole number, such as 3",
            "Choose one of these",
        ]

    def test_of_the_domain_stand_at_the_fields_that_they_name(self) -> None:
        form = filled()
        form.show(DomainError("No.", problems=(Problem("visits.0.at", "The round is full then."),)))

        assert form.at.errors == ["The round is full then."]

    def test_of_the_domain_stand_on_top_when_they_name_none(self) -> None:
        form = filled()
        form.show(DomainError("The plan has ended."))

        assert summary_items(form) == [{"text": "The plan has ended."}]


class TestComponents:
    def test_has_one_for_every_kind_of_field(self) -> None:
        form = filled()

        assert {f.name: component_of(f) for f in form} == {
            "name": "input",
            "day": "parts",
            "at": "input",
            "length": "parts",
            "workers": "input",
            "meal": "radios",
            "room": "select",
            "jobs": "checkboxes",
            "urgent": "yes",
            "note": "count",
            "story": "textarea",
        }

    def test_keeps_a_choice(self) -> None:
        params = component_params(filled().meal)

        assert [item["checked"] for item in params["items"]] == [False, True, False]

    def test_makes_a_label_the_heading_of_a_page_that_asks_one_thing(self) -> None:
        assert component_params(filled().name, heading=True)["label"]["isPageHeading"] is True
