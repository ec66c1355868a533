"""DESK: the one door to an open ledger, one function per user intention."""
