"""Pure decisions of the visits slice."""
