"""Worries about somebody's safety, from the first word to the outcome, hidden from whoever is alleged."""
