"""The visits slice."""
