"""A desktop ledger for the projects of a prefecture's elderly-care and childcare plan."""

__version__ = "0.2.0"
