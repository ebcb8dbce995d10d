"""Forms about people, one module for each part of the record."""
