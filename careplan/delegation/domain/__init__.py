"""Pure decisions of the delegation slice."""
