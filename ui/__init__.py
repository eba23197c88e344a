"""The window: Qt widgets over the core. Only this package and `main` know Qt."""
