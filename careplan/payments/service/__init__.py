"""What one can do with contracts, pay runs, contributions and charge runs; nothing here commits."""
