"""Councils, providers, trusts, practices and teams, and the people who work for them."""
