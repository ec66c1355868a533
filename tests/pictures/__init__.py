"""The pictures of the manual, taken from the living window."""
