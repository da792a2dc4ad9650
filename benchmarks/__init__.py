"""Measures classplanner on generated instances."""
