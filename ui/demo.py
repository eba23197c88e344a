"""The story of the demo in the real window: the embassy posts, time passes, the embassy changes its mind."""

from PySide6.QtCore import QTimer

from core.demo import embassy as embassies
from core.demo.stage import stage
from ui import app
from ui.window import Window

POSTS_AFTER_MS = 1_500
REWORDS_AFTER_MS = 30_000
EMPTY_HANDED_MS = 250


def run() -> int:
    """Open the window on a temporary profile and play; ends when the window is closed."""
    with stage() as scene:
        application = app.make()
        window = app.open_window(scene.profile, str(scene.catalogue), scene.key)

        def play(alert: embassies.Alert) -> None:
            scene.embassy.publish(alert)
            _check(window)

        QTimer.singleShot(POSTS_AFTER_MS, lambda: play(embassies.ordered_departure(embassies.now())))
        QTimer.singleShot(REWORDS_AFTER_MS, lambda: play(embassies.reworded(embassies.now())))
        return application.exec()


def _check(window: Window) -> None:
    """Look now, or as soon as the window has opened the profile and no other check is under way."""
    if not window.check():
        QTimer.singleShot(EMPTY_HANDED_MS, lambda: _check(window))
