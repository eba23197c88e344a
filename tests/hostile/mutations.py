"""Captures that were damaged in every way that bytes can be: `python -m tests.hostile.mutations [COUNT] [SEED]`.

Each is given to `read --json --full`. What must hold: exit 0 with one JSON document whose HTML is of our own tags, or
exit 2 with one line; at most five seconds, and no process over 400 MB. Prints what did not hold, and figures.
The captures are not part of the project (`../shared/data`).
"""

import contextlib
import html.parser
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from core import commands
from core.commands import arguments

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
BATCH = 250
MOST_SECONDS = 5.0
MOST_KIB = 400 * 1024
OUR_TAGS = {"h3", "p", "ul", "li", "a", "b"}
_INSERTS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"\r", b"\x1b[2J",
    "\u202e".encode(), "\u0000\u2028".encode(), b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>",
    b"&b;", b"<div>" * 20_000, b"[" * 20_000, b'{"a":' * 20_000, b"<li>" * 5_000, b"&#x110000;", b"&#55555;",
    b"<script>alert(1)</script>", b"<img src=//evil.example/x>", b"<a href='\\\\evil.example'>x</a>",
    b"<a href='https://evil.example@example.org/'>x</a>", b"<style>*{}</style>", b"<iframe src=x>", b"1e999999",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one damaged capture came to; `wrong` is empty where everything held."""

    status: int
    seconds: float
    wrong: str


def captures() -> list[Path]:
    """Every capture there is, in one order."""
    return sorted(path for path in DATA.rglob("*") if path.is_file() and path.suffix != ".md")


def damaged(draw: random.Random, data: bytes, other: bytes) -> bytes:
    """The bytes with one kind of damage or several; `other` are bytes of another capture."""
    held = bytearray(data)
    for _ in range(draw.choice([1, 1, 1, 2, 3, 6])):
        at = draw.randrange(len(held) + 1)
        kind = draw.randrange(9)
        if kind == 0:
            for _ in range(draw.randint(1, 40)):
                if held:
                    held[draw.randrange(len(held))] = draw.randrange(256)
        elif kind == 1:
            del held[at:]
        elif kind == 2:
            del held[at : at + draw.randint(1, 5000)]
        elif kind == 3:
            held[at:at] = draw.choice(_INSERTS)
        elif kind == 4:
            begin = draw.randrange(len(other) + 1)
            held[at:at] = other[begin : begin + draw.randint(1, 20_000)]
        elif kind == 5:
            held[at:at] = held[at : at + draw.randint(1, 3000)] * draw.randint(2, 60)
        elif kind == 6:
            held = bytearray(
                held.decode("utf-8", "replace").encode(draw.choice(["utf-16", "latin-1", "cp1251"]), "replace")
            )
        elif kind == 7:
            held = held.replace(
                draw.choice([b">", b'"', b"</", b":", b"<p"]), draw.choice([b"", b"<", b'""']), draw.randint(1, 50)
            )
        else:
            held[:0] = draw.choice(
                [b"<html>", b"\n\n", b"{}", b"<?xml version='1.0' encoding='utf-16'?>", b"From: x\n\n"]
            )
    return bytes(held)


class _Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in OUR_TAGS or any(name != "href" or not str(value).startswith("https://") for name, value in attrs):
            self.strange.append(f"<{tag} {attrs}>")


def tried(file: Path) -> Outcome:
    """Read a file as the command line does."""
    out, err = io.StringIO(), io.StringIO()
    begun = time.monotonic()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = commands.run(arguments.parse(["read", str(file), "--json", "--full"]))
    seconds = time.monotonic() - begun
    wrong = []
    if seconds > MOST_SECONDS:
        wrong.append(f"took {seconds:.1f} s")
    if status == 0:
        tags = _Tags()
        for advisory in json.loads(out.getvalue())["advisories"]:
            tags.feed(advisory["html"])
        wrong += tags.strange[:3]
        if out.getvalue().count("\n") != 1 or "\x1b" in out.getvalue():
            wrong.append("not one line of JSON")
    elif status == 2:
        if out.getvalue() or err.getvalue().count("\n") != 1:
            wrong.append(f"said {out.getvalue()[:80]!r} {err.getvalue()[:200]!r}")
    else:
        wrong.append(f"exit {status}: {err.getvalue()[:300]!r}")
    return Outcome(status, seconds, "; ".join(wrong))


def batch(first: int, count: int) -> None:
    """Try some, a line of JSON each: number, capture, outcome."""
    files = captures()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            draw = random.Random(number)
            one, other = draw.choice(files), draw.choice(files)
            file = Path(folder) / f"damaged{one.suffix}"
            file.write_bytes(damaged(draw, one.read_bytes(), other.read_bytes()))
            print(json.dumps({"number": number, "capture": one.name}), flush=True)
            found = tried(file)
            print(json.dumps({"status": found.status, "seconds": found.seconds, "wrong": found.wrong}), flush=True)
    print(json.dumps({"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}), flush=True)


def run(count: int, first: int = 0) -> tuple[Counter[int], float, int, list[str]]:
    """Try so many: the count of each exit status, the longest in seconds, the highest peak in KiB, what was wrong."""
    statuses: Counter[int] = Counter()
    longest, peak, wrong = 0.0, 0, []
    for begin in range(first, first + count, BATCH):
        some = min(BATCH, first + count - begin)
        done = subprocess.run(
            [sys.executable, "-m", "tests.hostile.mutations", "--batch", str(begin), str(some)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        name = ""
        for line in lines:
            if "number" in line:
                name = f"{line['number']} ({line['capture']})"
            elif "peak" in line:
                peak = max(peak, line["peak"])
            else:
                statuses[line["status"]] += 1
                longest = max(longest, line["seconds"])
                wrong += [f"{name}: {line['wrong']}"] if line["wrong"] else []
        if done.returncode:
            wrong.append(f"{name}: the reader ended with {done.returncode}: {done.stderr[-300:]}")
    if peak > MOST_KIB:
        wrong.append(f"a process took {peak // 1024} MiB")
    return statuses, longest, peak, wrong


def main(arguments_given: list[str]) -> None:
    """Try and print."""
    if arguments_given[:1] == ["--batch"]:
        batch(int(arguments_given[1]), int(arguments_given[2]))
        return
    count = int(arguments_given[0]) if arguments_given else 10_000
    first = int(arguments_given[1]) if arguments_given[1:] else 0
    statuses, longest, peak, wrong = run(count, first)
    print("\n".join(wrong))
    figures = f"the longest {longest:.2f} s; at most {peak // 1024} MiB; {len(wrong)} wrong"
    print(f"{count} tried: exits {dict(statuses)}; {figures}")


if __name__ == "__main__":
    main(sys.argv[1:])
