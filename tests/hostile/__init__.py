"""Hostile and broken files, made by code, and the proof that each is refused or contained."""
