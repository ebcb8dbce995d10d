"""No address without an answer to who is let in."""

from tests.oracles.routes import BY_ADDRESS, OPEN_TO_ALL, WITH_A_TOKEN, addresses


def test_the_oracle_knows_every_address_and_no_other(application):
    known = set(BY_ADDRESS) | OPEN_TO_ALL | WITH_A_TOKEN

    assert set(addresses(application)) - known == set(), "say in tests/oracles/routes.py who may ask for these"
    assert known - set(addresses(application)) == set(), "these are gone: take them out of tests/oracles/routes.py"
