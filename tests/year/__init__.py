"""A year of the real projects as a script: a test scenario, made up, never shipped as fact."""
