"""What a concern is, by when somebody must know of it, and what was done about it: pure Python."""
