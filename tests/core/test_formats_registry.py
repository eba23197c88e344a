"""What is read stands in every table that has to name it: a source that is forgotten in one is silently never read."""

import importlib
import pkgutil
from types import ModuleType

from core import catalogue, formats

MODULES = {
    one.name: importlib.import_module(f"core.formats.{one.name}") for one in pkgutil.iter_modules(formats.__path__)
}


def registered(module: ModuleType) -> bool:
    """Whether one of the readers is this module's."""
    return any(reader.__module__ == module.__name__ for reader in formats.READERS.values())


def test_what_a_source_may_answer_can_be_followed() -> None:
    assert set(formats.READERS) == catalogue.READABLE


def test_an_index_is_known_as_one() -> None:
    listed = {module.__name__ for module in MODULES.values() if registered(module) and hasattr(module, "details")}
    assert listed
    assert {reads.__module__ for reads in formats._INDEXES.values()} == listed
    assert set(formats._INDEXES) <= set(formats.READERS)


def test_what_is_read_is_recognised_by_its_beginning() -> None:
    recognised = {name for name, _ in (*formats._JSON, *formats._XML)}
    assert recognised <= set(formats.READERS)
    assert set(formats.READERS) - recognised == {"actions"}  # the form of our own, which names itself
