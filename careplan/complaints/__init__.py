"""What the person says was wrong, answered with words by a date: a visit that did not happen, or anything else."""
