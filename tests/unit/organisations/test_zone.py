"""A zone's shares come to the whole at most; places may stay unfilled."""

from uuid import uuid4

import pytest

from careplan.kernel.money import Pence
from careplan.organisations.domain.zone import Scheme, Share, SharesTooLarge, Zone, check_shares


def shares(*percents):
    return tuple(Share(uuid4(), p, Pence(2450)) for p in percents)


@pytest.mark.parametrize("percents", [(80, 20), (60, 20, 20), (60, 20), ()])
def test_takes_shares_up_to_the_whole(percents):
    check_shares(shares(*percents))


@pytest.mark.parametrize("percents", [(80, 30), (100, 1), (0, 50), (-5, 50)])
def test_refuses_more_than_the_whole_and_shares_of_nothing(percents):
    with pytest.raises(SharesTooLarge) as refused:
        check_shares(shares(*percents))

    assert refused.value.problems[0].field == "shares"


def test_says_what_nobody_holds():
    assert Zone(uuid4(), uuid4(), "Meadow Bank", Scheme.LEAD_60, shares(60, 20)).unfilled == 20
