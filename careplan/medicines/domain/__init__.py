"""Pure decisions of the medicines slice."""
