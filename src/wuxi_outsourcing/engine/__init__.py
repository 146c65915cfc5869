"""The engine: it reads, checks, edits and exports any cited data package. It knows no table but those of provenance."""
