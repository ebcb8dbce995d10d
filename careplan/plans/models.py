"""Tables of the plans slice."""
