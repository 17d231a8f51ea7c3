"""The specifications of the reports under ``raw/``."""
