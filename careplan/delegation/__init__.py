"""The delegation slice."""
