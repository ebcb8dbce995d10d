"""Tables of the visits slice."""
