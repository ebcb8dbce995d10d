"""What is true of carers: pure values and decisions."""
