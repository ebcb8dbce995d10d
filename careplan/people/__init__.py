"""The people slice."""
