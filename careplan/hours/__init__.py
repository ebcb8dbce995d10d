"""The hours slice."""
