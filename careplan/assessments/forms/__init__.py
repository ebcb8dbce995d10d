"""Forms of the pages of assessments."""
