"""Pure decisions of the hours slice."""
