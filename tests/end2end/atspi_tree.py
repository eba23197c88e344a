"""Print, as JSON, what a screen reader sees of the program with a process id. Run by /usr/bin/python3.

    /usr/bin/python3 atspi_tree.py PID
    /usr/bin/python3 atspi_tree.py PID --showing    leaves out what is hidden, but for rows of lists
    /usr/bin/python3 atspi_tree.py PID --act 0/3/1 Press
    /usr/bin/python3 atspi_tree.py PID --write 0/3/1 WORDS
    /usr/bin/python3 atspi_tree.py --serve          answers such arguments, a JSON list a line, and saves its start

Debian's interpreter, because it has gi and Atspi; it needs the private bus and display of `Desktop.env`.
A path is the way down from the application by child numbers. With no such program (yet): `null`.
"""

import json
import os
import sys
from typing import Any

import gi  # type: ignore[import-not-found, unused-ignore]  # only Debian's own Python has it

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found, unused-ignore]  # noqa: E402  # as above

_MOST_CHILDREN = 500

# Any, in this file: objects of gi, which has no types.


def _application(pid: int) -> Any:
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(index)
        if child is not None and child.get_process_id() == pid:
            return child
    return None


def _describe(node: Any, path: tuple[int, ...], *, all_of_it: bool = True) -> dict[str, Any]:
    try:
        states = [state.value_nick for state in node.get_state_set().get_states()]
        if not all_of_it and path and "showing" not in states and node.get_role() != Atspi.Role.LIST_ITEM:
            return {"path": "/".join(map(str, path)), "gone": "hidden"}
        place = node.get_component_iface()
        area = place.get_extents(Atspi.CoordType.SCREEN) if place else None
        acts = node.get_action_iface()
        words = node.get_text_iface()
        described = {
            "path": "/".join(map(str, path)),
            "role": node.get_role_name(),
            "name": node.get_name() or "",
            "description": node.get_description() or "",
            "states": states,
            "x": area.x if area else 0,
            "y": area.y if area else 0,
            "width": area.width if area else 0,
            "height": area.height if area else 0,
            "actions": [acts.get_action_name(n) for n in range(acts.get_n_actions())] if acts else [],
            "text": Atspi.Text.get_text(words, 0, Atspi.Text.get_character_count(words)) if words else None,
        }
        count = min(node.get_child_count(), _MOST_CHILDREN)
        children = [(index, node.get_child_at_index(index)) for index in range(count)]
    except GLib.Error as error:  # the object went away while we looked
        return {"path": "/".join(map(str, path)), "gone": str(error)}
    described["children"] = [
        _describe(child, (*path, index), all_of_it=all_of_it) for index, child in children if child is not None
    ]
    return described


def _below(node: Any, path: str) -> Any:
    for index in path.split("/"):
        node = node.get_child_at_index(int(index)) if index else node
    return node


def _act(node: Any, path: str, name: str) -> bool:
    node = _below(node, path)
    acts = node.get_action_iface()
    for number in range(acts.get_n_actions() if acts else 0):
        if acts.get_action_name(number) == name:
            return bool(acts.do_action(number))
    return False


def _answer(arguments: list[str]) -> Any:
    Atspi.init()
    application = _application(int(arguments[0]))
    if application is None:
        return None
    if arguments[1:2] == ["--act"]:
        return _act(application, arguments[2], arguments[3])
    if arguments[1:2] == ["--write"]:
        field = _below(application, arguments[2]).get_editable_text_iface()
        return bool(field is not None and Atspi.EditableText.set_text_contents(field, arguments[3]))
    return _describe(application, (), all_of_it=arguments[1:2] != ["--showing"])


def _serve() -> None:
    """Answer a JSON list of arguments a line, each in a fresh copy of this process: what Atspi holds grows stale."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                print(json.dumps(_answer(json.loads(line))), flush=True)
                status = 0
            finally:
                os._exit(status)
        if os.waitpid(child, 0)[1]:
            print("null", flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["--serve"]:
        _serve()
    else:
        print(json.dumps(_answer(sys.argv[1:])))
