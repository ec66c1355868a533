"""User stories told through the main window, with keys and clicks alone."""
