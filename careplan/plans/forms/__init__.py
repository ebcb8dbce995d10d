"""Forms of the pages of plans."""
