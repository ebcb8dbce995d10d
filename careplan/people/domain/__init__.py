"""Pure values and decisions about people."""
