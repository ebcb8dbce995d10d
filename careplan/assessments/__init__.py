"""Assessing what a person needs, deciding whether they are eligible, and who helps them to take part in it."""
