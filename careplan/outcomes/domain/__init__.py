"""Pure decisions of the outcomes slice."""
