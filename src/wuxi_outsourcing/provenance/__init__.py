"""Provenance: what a quote makes of a cell, and whether a copy of an article holds what is cited from it."""
