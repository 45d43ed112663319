"""The pages that a reader sees: one module a page, and what they share."""
