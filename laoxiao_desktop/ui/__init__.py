"""OFFICE: everything Qt."""
