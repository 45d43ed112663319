"""What texts claim: their figures, and whether two sentences say the same."""
