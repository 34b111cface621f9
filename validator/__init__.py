"""Says, before the deploy, whether AWS logs will arrive."""

__version__ = "0.1.0"
