"""To come."""


def page() -> None:
    """Draws the page."""
