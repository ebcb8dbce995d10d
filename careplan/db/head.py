"""Which migration this program was written for."""

EXPECTED_HEAD = "0078"
