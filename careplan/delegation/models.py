"""Tables of the delegation slice."""
