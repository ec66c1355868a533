"""GROUND: plain frozen values and the rules of the field."""
