"""What a contract's terms may say, which rates they need, and how a line explains itself by them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from careplan.kernel.errors import Invalid
from careplan.kernel.minutes import Minutes
from careplan.payments.domain.explaining import explained, said_of_level
from careplan.payments.domain.level import AgreedLevel, check_level
from careplan.payments.domain.pay_model import Counted, Model, RateName
from careplan.payments.domain.rural import postcode_starts
from careplan.payments.domain.terms import PaySettings, Rate
from tests.factories.money import MARGARET, PERIOD, make_contract

LEVEL = AgreedLevel(MARGARET, date(2026, 4, 6), Minutes(600), date(2026, 5, 4), Minutes(90))


class TestRuralPostcodes:
    @pytest.mark.parametrize(
        ("typed", "starts"),
        [
            ("", ()), (" nb7 ,NB8  1;nb7\nec1a", ("EC1A", "NB7", "NB8 1")), ("M1,", ("M1",)),
        ],
    )  # fmt: skip
    def test_are_read_however_they_are_typed(self, typed, starts):
        assert postcode_starts(typed) == starts

    @pytest.mark.parametrize("wrong", ["7NB", "NB", "NB7 1AB", "NB71234", "NB7-1", "the hills"])
    def test_name_what_is_none(self, wrong):
        with pytest.raises(Invalid, match=f"“{wrong.upper()}” is not the beginning of a postcode. Type such as NB7"):
            postcode_starts(f"NB7, {wrong}")


class TestRatesThatLack:
    def test_are_those_that_begin_after_the_terms(self):
        late = (Rate(RateName.DELIVERED, 2064, date(2026, 4, 7)), Rate(RateName.BANK_HOLIDAY, 1032, date(2026, 4, 6)))
        contract = make_contract(Model.DELIVERED, starts_on=date(2026, 4, 6), all_rates=late)

        assert contract.lacks == (RateName.DELIVERED,)
        assert replace(contract, settings=PaySettings(rural_postcodes=("NB7",))).lacks[1:] == (RateName.RURAL,)
        assert replace(contract, model=Model.BLOCK).lacks == (RateName.BLOCK,)


class TestALevel:
    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"weekly": Minutes(10_081)}, "weekly"), ({"then": Minutes(10_081)}, "then"),
            ({"achieved_on": None}, "achieved_on"), ({"achieved_on": date(2026, 4, 5)}, "achieved_on"),
        ],
    )  # fmt: skip
    def test_that_cannot_be_is_refused(self, said, field):
        with pytest.raises(Invalid) as refused:
            check_level(replace(LEVEL, **said))
        assert refused.value.problems[0].field == field

    def test_may_end_on_the_day_it_begins_and_in_nothing(self):
        check_level(replace(LEVEL, achieved_on=LEVEL.since, then=Minutes(0)))

    def test_says_until_when_it_goes_on_and_what_follows(self):
        words = "From 6 April 2026: 10 hours a week. The outcomes were agreed as achieved on 4 May 2026."
        assert said_of_level(LEVEL, weeks=6) == f"{words} From 15 June 2026: 1 hour 30 minutes a week."
        assert said_of_level(replace(LEVEL, then=Minutes(0)), weeks=0) == f"{words} From 4 May 2026: nothing."


class TestALineExplainsItself:
    def test_by_each_terms_that_held_in_its_days(self):
        changes = PERIOD.starts_on + timedelta(days=7)
        old = make_contract(Model.TOLERANCE, ends_on=changes - timedelta(days=1))
        capped = PaySettings(travel=Minutes(8), tolerance_is_capped=True)
        new = replace(old, starts_on=changes, ends_on=None, settings=capped)

        said = explained([old, new], Counted.ACTUAL_AND_TRAVEL, span=PERIOD)
        assert said[0].endswith(": 5 minutes are added to each visit.")
        assert said[1].endswith(": 8 minutes are added to each visit, up to its commissioned time.")
        assert explained([new], Counted.ACTUAL_AND_TRAVEL, span=PERIOD) == [said[1].split(": ")[1]]

    @pytest.mark.parametrize(
        ("model", "counts", "words"),
        [
            (Model.STEPPED, Counted.LATER_WEEKS, "first 9 weeks"),
            (Model.DELIVERED, Counted.RURAL, "begin with NB7 or NB8 1."),
            (Model.INCENTIVE, Counted.LEVEL, "goes on for 4 weeks"),
        ],
    )  # fmt: skip
    def test_by_what_its_kind_of_minutes_rests_on(self, model, counts, words):
        settings = PaySettings(higher_weeks=9, level_goes_on_weeks=4, rural_postcodes=("NB7", "NB8 1"))
        said = explained([make_contract(model, settings=settings)], counts, span=PERIOD, levels=[LEVEL])

        assert words in said[0]
        assert len(said) == 1 + (counts is Counted.LEVEL)

    def test_not_where_minutes_count_as_they_are(self):
        assert explained([make_contract(Model.ACTUAL)], Counted.ACTUAL, span=PERIOD) == []
        assert explained([make_contract(Model.BLOCK)], None, span=PERIOD) == []
