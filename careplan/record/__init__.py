"""The record slice."""
