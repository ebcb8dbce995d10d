"""The organisations slice."""
