"""Pure values and decisions about organisations."""
