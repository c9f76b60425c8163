"""The pages: served to this computer's own browser only, each drawn from one context. Start at ``server.py``."""
