"""A desktop ledger for the projects of a prefecture's elderly-care and childcare plan."""
