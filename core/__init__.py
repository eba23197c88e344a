"""The core of Safe Conduct: everything but the window. It never imports Qt."""
