"""GOODS DOOR: files from and to other people."""
