"""Tables of the organisations slice."""
