"""Pure values of the assembled record."""
