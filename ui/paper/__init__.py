"""What goes on paper: what is said on it, how it is set, and the window that shows it first. Imported when used."""
