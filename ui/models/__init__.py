"""Qt item models: what the core holds, as rows."""
