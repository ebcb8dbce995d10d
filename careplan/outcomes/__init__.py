"""The outcomes slice."""
