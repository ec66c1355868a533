"""Measurements: ours beside a named reference in the same run, paired and by the median; only ratios count."""
