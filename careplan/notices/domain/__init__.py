"""What a notice is, and who stands for whom. No database, no web, no clock."""
