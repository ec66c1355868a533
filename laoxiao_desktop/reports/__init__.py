"""PRINT ROOM: finished pages from plain values."""
