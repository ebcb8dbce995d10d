"""Pure decisions about how outcomes go."""
