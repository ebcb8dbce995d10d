"""News: each party around a person is told of what the others did."""
