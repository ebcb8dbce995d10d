"""Pure decisions of the people slice."""
