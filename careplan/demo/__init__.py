"""The demo slice."""
