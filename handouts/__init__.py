"""handouts: Japanese patient handouts, set from YAML into printable PDF."""

__version__ = "0.1.0"
