"""Pure decisions about transfers."""
