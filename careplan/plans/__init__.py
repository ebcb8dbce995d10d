"""The plans slice."""
