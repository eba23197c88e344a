"""The story of an alert, told by the real core: a small embassy of our own on loopback, and a temporary profile."""
