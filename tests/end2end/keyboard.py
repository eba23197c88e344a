"""Letters that the display's keyboard lacks, put on spare keys for good.

xdotool binds such a letter for the moment of the stroke and takes it away again; a program that asks for
the map a little later then reads another letter. A key that stays bound has no such race.
"""

import ctypes

_NO_SYMBOL = 0


def _xlib() -> ctypes.CDLL:
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XGetKeyboardMapping.restype = ctypes.POINTER(ctypes.c_ulong)
    x.XGetKeyboardMapping.argtypes = [
        ctypes.c_void_p,
        ctypes.c_ubyte,
        ctypes.c_int,
        ctypes.POINTER(ctypes.c_int),
    ]
    x.XDisplayKeycodes.argtypes = [
        ctypes.c_void_p,
        ctypes.POINTER(ctypes.c_int),
        ctypes.POINTER(ctypes.c_int),
    ]
    x.XChangeKeyboardMapping.argtypes = [
        *(ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.POINTER(ctypes.c_ulong), ctypes.c_int)
    ]
    x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
    x.XFree.argtypes = [ctypes.c_void_p]
    x.XCloseDisplay.argtypes = [ctypes.c_void_p]
    return x


def _symbol(letter: str) -> int:
    found = ctypes.CDLL("libxkbcommon.so.0").xkb_utf32_to_keysym(ord(letter))
    if found == _NO_SYMBOL:
        raise ValueError(f"no key can give {letter!r}")
    return int(found)


def add_letters(display: str, text: str) -> None:
    """Give every letter of the text a key, with its capital under Shift where it has one."""
    x = _xlib()
    connection = x.XOpenDisplay(display.encode())
    if not connection:
        raise OSError(f"no display {display}")
    try:
        first, last, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_int()
        x.XDisplayKeycodes(connection, first, last)
        count = last.value - first.value + 1
        table = x.XGetKeyboardMapping(connection, first.value, count, width)
        rows = [table[n * width.value : (n + 1) * width.value] for n in range(count)]
        x.XFree(table)
        present = {symbol for row in rows for symbol in row}
        spare = [first.value + n for n, row in enumerate(rows) if not any(row)]
        for letter in dict.fromkeys(text):
            if letter.isspace() or _symbol(letter) in present:
                continue
            if not spare:
                raise ValueError("no spare key is left")
            pair = [_symbol(side) if len(side) == 1 else _NO_SYMBOL for side in (letter.lower(), letter.upper())]
            if pair[0] == pair[1]:
                pair[1] = _NO_SYMBOL
            x.XChangeKeyboardMapping(connection, spare.pop(), 2, (ctypes.c_ulong * 2)(*pair), 1)
            present.update(pair)
        x.XSync(connection, 0)
    finally:
        x.XCloseDisplay(connection)
