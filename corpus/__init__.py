"""Files and pages become articles, and articles become passages."""
