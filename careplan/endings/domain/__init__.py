"""Pure decisions about endings."""
