"""ARCHIVE: the SQLite file, its schema and its log."""
