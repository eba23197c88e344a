"""Widgets that show values and know no store and no page."""
