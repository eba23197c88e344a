"""One file a page; no page knows another, `ui.window` leads from one to the next."""
