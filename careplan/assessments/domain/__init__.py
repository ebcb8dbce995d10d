"""What is true of assessments: pure values and decisions."""
