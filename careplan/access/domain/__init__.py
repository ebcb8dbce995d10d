"""Pure decisions about access."""
