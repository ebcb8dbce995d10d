"""Medicines as they are given: each medicine, each occasion; the chart of four weeks; what somebody must be told."""
