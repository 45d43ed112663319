"""Every sentence that the program says by itself, in Arabic and in English."""
