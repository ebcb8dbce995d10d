"""Contracts, frozen visits, pay runs, contributions and charges as frozen values."""
