"""Readings as typed: units, slips of the decimal point, and what is asked back."""

from decimal import Decimal

import pytest

from careplan.delegation.domain.delegation import NormalRange
from careplan.delegation.domain.reading import ask_back, lies_within, read_reading

GLUCOSE = NormalRange("Blood glucose", "mmol/L", Decimal(4), Decimal(15))
FEVER = NormalRange("Temperature", "°C", Decimal("35.5"), Decimal(38))
OXYGEN = NormalRange("Oxygen", "%", Decimal(92), None)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("12.0", (Decimal("12.0"), None)),
        ("12,5", (Decimal("12.5"), None)),
        ("216 mg/dl", (Decimal(216), "mg/dl")),
        ("38.2°C", (Decimal("38.2"), "°C")),
        ("93%", (Decimal(93), "%")),
        ("1 200", (Decimal(1200), None)),
        ("high", None),
        ("", None),
        ("1.2.3", (Decimal("1.2"), ".3")),
    ],
)
def test_a_number_is_read_with_the_unit_that_was_typed_with_it(typed, expected):
    assert read_reading(typed) == expected


@pytest.mark.parametrize(
    ("normal", "value", "unit", "asked"),
    [
        (GLUCOSE, "12.0", "mmol/L", None),
        (GLUCOSE, "1200", "mmol/L", "12 mmol/L"),
        (GLUCOSE, "120", "mmol/l", "12 mmol/L"),
        (GLUCOSE, "0.5", "mmol/L", "5 mmol/L"),
        (GLUCOSE, "17", "mmol/L", None),  # out of range and no slip: it is told, not asked
        (GLUCOSE, "216", "mg/dL", "11.99 mmol/L"),
        (GLUCOSE, "12", "stone", "asks for mmol/L"),
        (FEVER, "100.4", "F", "38 °C"),
        (FEVER, "-3", "°C", "far from"),
        (OXYGEN, "88", "%", None),
    ],
)
def test_what_looks_like_a_slip_is_asked_back(normal, value, unit, asked):
    question = ask_back(normal, Decimal(value), unit)

    assert (question is None) if asked is None else (asked in (question or ""))


@pytest.mark.parametrize(
    ("normal", "value", "unit", "expected"),
    [
        (GLUCOSE, "12", "mmol/L", True),
        (GLUCOSE, "306", "mg/dl", False),
        (GLUCOSE, "216", "mg/dl", True),
        (FEVER, "102", "°F", False),
        (OXYGEN, "93", "percent", True),
        (OXYGEN, "93", "kPa", None),
    ],
)
def test_a_reading_is_compared_in_whatever_unit_it_was_read(normal, value, unit, expected):
    assert lies_within(normal, Decimal(value), unit) is expected
