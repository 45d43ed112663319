"""How what ships fitted was fitted."""
