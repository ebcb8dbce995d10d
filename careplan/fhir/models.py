"""Tables of the facade."""
