"""The stage of the demo: a temporary profile under a key that is never written down, and the embassy's catalogue."""

import json
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.demo.embassy import PATH, Embassy
from core.paths import Profile, make_folder, write_whole
from core.store import sources
from core.store.open import Store
from core.wrapping import KEY_BYTES

SOURCE = "demo-embassy"


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything the story plays on. The key lives in this process alone; without it the profile is noise."""

    profile: Profile
    catalogue: Path
    key: bytes
    embassy: Embassy

    def store(self) -> Store:
        """The profile's store."""
        return Store.open(self.profile.database, self.key)


@contextmanager
def stage() -> Iterator[Stage]:
    """Set everything up, follow the embassy, and take everything away at the end."""
    folder = Path(tempfile.mkdtemp(prefix="safeconduct-demo-"))
    try:
        with Embassy() as embassy:
            profile = Profile(folder / "profile")
            make_folder(profile.folder)
            entry = {
                "id": SOURCE,
                "name": "Embassy in Glasgow Bay, alerts (demo)",
                "issuer": "Embassy in Glasgow Bay",
                "format": "rss",
                "url": embassy.site + PATH,
                "kind": "alert",
            }
            catalogue = folder / "catalogue.json"
            write_whole(catalogue, json.dumps({"sources": [entry]}).encode())
            # The identity says that a passphrase is wanted, and there is none: only this process can open it.
            identity = {"format": 1, "id": secrets.token_hex(16), "key": "passphrase"}
            write_whole(profile.identity, json.dumps(identity).encode())
            made = Stage(profile, catalogue, secrets.token_bytes(KEY_BYTES), embassy)
            with made.store() as store, store.transaction():
                sources.follow(store, [SOURCE], [])
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)
