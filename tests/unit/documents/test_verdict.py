"""What a code says about the paper it stands on."""

import pytest

from careplan.documents.domain.verdict import OF_STATE, Verdict, verdict_on
from careplan.plans.domain.state import VersionState


def test_every_state_has_its_verdict():
    assert set(OF_STATE) == set(VersionState)


@pytest.mark.parametrize(
    ("states", "verdict"),
    [
        ((VersionState.IN_FORCE,), Verdict.IN_FORCE),
        ((VersionState.PROPOSED,), Verdict.NOT_YET),
        ((VersionState.SUPERSEDED,), Verdict.FORMER),
        ((), Verdict.UNKNOWN),
        ((VersionState.IN_FORCE, VersionState.SUPERSEDED), Verdict.UNKNOWN),
    ],
)
def test_a_code_that_fits_exactly_one_version_says_how_it_stands(states, verdict):
    assert verdict_on(states) is verdict
