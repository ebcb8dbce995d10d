"""How outcomes go: what each voice says, what gets in the way, what is agreed to be reached, figures for a council."""
