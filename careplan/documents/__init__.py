"""What goes out of the house: a plan on paper, its proof, and Easy Read."""
