"""The locks hold for every reader: pip takes a package asked for with an extra as another than the one without."""

import re

import pytest

from tests.contracts.reading_code import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"^[A-Za-z0-9][\w.-]*(\[[\w, -]+\])?==[^ ;]+", re.M)


@pytest.mark.parametrize("lock", LOCKS)
def test_keep_the_extras_by_which_a_package_is_asked_for(lock):
    """Without them pip refuses the whole lock on the day on which a later version of such a package comes out."""
    text = (ROOT / lock).read_text()

    assert "--no-strip-extras" in text.splitlines()[1]
    assert any(extras for extras in PIN.findall(text))
