"""Whether a worker fits a visit."""

import pytest

from careplan.kernel.errors import Invalid
from careplan.visits.domain.fitting import (
    FARTHEST_METRES,
    Caution,
    CautionKind,
    Heeded,
    Place,
    Traits,
    Unheeded,
    Wishes,
    check_heeded,
    is_far,
    metres_between,
    unmet,
)

HOME = Place(53_800_000, -1_550_000)
# A minute of latitude is a nautical mile, so 0.0868 degrees are 6.0 miles and a little more.
SIX_MILES_ON = Place(HOME.latitude + 86_830, HOME.longitude)
A_LITTLE_MORE = Place(HOME.latitude + 86_850, HOME.longitude)


class TestIsFar:
    def test_is_more_than_six_miles_in_a_straight_line(self):
        assert metres_between(HOME, SIX_MILES_ON) <= FARTHEST_METRES < metres_between(HOME, A_LITTLE_MORE)
        assert not is_far(HOME, SIX_MILES_ON)
        assert is_far(HOME, A_LITTLE_MORE)

    def test_is_not_asked_where_a_place_is_not_known(self):
        assert not is_far(None, HOME)
        assert not is_far(HOME, None)


class TestUnmet:
    @pytest.mark.parametrize(
        ("wishes", "traits", "expected"),
        [
            (Wishes(), None, ()),
            (Wishes(gender="female"), Traits(gender="female"), ()),
            (Wishes(gender="female"), Traits(gender="male"), (CautionKind.GENDER,)),
            (Wishes(gender="female"), None, (CautionKind.GENDER,)),
            (Wishes(language="pa"), Traits(languages=frozenset({"en", "pa"})), ()),
            (Wishes(language="pa"), Traits(languages=frozenset({"en"})), (CautionKind.LANGUAGE,)),
            (Wishes(culture="Sikh"), Traits(culture="sikh, vegetarian"), ()),
            (Wishes(culture="Sikh"), Traits(), (CautionKind.CULTURE,)),
        ],
    )
    def test_names_each_wish_that_is_not_met_or_not_known_to_be(self, wishes, traits, expected):
        assert unmet(wishes, traits) == expected


class TestCheckHeeded:
    WISH = Caution(CautionKind.GENDER, "wishes for a woman")
    NOT_MET = Caution(CautionKind.NOT_MET, "have not met")

    def test_lets_pass_what_gives_no_cause(self):
        check_heeded((), None)

    def test_is_shown_first(self):
        with pytest.raises(Unheeded) as refused:
            check_heeded((self.NOT_MET,), None)

        assert refused.value.cautions == (self.NOT_MET,)

    def test_lets_pass_what_somebody_has_read(self):
        check_heeded((self.NOT_MET,), Heeded())

    @pytest.mark.parametrize(
        ("reason", "agreed", "fields"),
        [("", False, ["reason", "person_agreed"]), ("Nobody else", False, ["person_agreed"]), (" ", True, ["reason"])],
    )
    def test_a_wish_is_overridden_with_a_reason_and_the_persons_yes(self, reason, agreed, fields):
        with pytest.raises(Invalid) as refused:
            check_heeded((self.WISH, self.NOT_MET), Heeded(reason, agreed))

        assert [p.field for p in refused.value.problems] == fields

    def test_a_wish_with_both_passes(self):
        check_heeded((self.WISH,), Heeded("Nobody else is free", True))
