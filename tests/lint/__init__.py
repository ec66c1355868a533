"""House rules that no ready-made tool checks, read from the syntax tree."""
