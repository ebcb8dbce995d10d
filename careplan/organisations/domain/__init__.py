"""Pure decisions of the organisations slice."""
