"""Outcome-based care planning with a shared care record, for English councils."""
