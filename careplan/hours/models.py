"""Tables of the hours slice."""
