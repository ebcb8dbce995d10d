"""Tables of the outcomes slice."""
