"""Pure decisions of the plans slice."""
