"""The maintainer's round over a catalogue: a line for each source, what answered and what did not."""

import json
from pathlib import Path

import pytest

from tests import try_sources
from tests.core import governments as g
from tests.servers import LoopbackFeed
from tests.texts import ALERT_1, embassy_feed


def _write(folder: Path, feed: LoopbackFeed, **entries: dict[str, str]) -> str:
    listed = [{"id": name, "name": name, "url": feed.url(f"/{name}")} | entry for name, entry in entries.items()]
    file = folder / "catalogue.json"
    file.write_text(json.dumps({"sources": listed}))
    return str(file)


def test_every_source_gets_one_line_and_one_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with LoopbackFeed() as feed:
        feed.publish("/good", embassy_feed([ALERT_1]))
        feed.redirect("/moved", "/good", 301)
        feed.serve("/portal", b"<html><body>Sign in</body></html>", "text/html")
        feed.status("/gone", 410)
        file = _write(tmp_path, feed, good={"format": "rss"}, moved={}, portal={}, gone={}, odd={"format": "gopher"})
        assert try_sources.main(["--catalogue", file]) == 3
        said = capsys.readouterr().out.splitlines()
        assert sorted(request.path for request in feed.requests) == ["/gone", "/good", "/good", "/moved", "/portal"]
        assert try_sources.main(["--catalogue", file, "good"]) == 0
        assert try_sources.main(["--catalogue", file, "none"]) == 2
    assert [line[:4].strip() for line in said] == ["ok", "ok", "FAIL", "FAIL", "FAIL", "2 of"]
    assert said[0].startswith("ok   good: rss, 1 advisories, 7 actions")
    assert "moved to" in said[1]
    assert "page instead of a feed" in said[2] and "error 410" in said[3]


def test_of_an_index_one_document_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with LoopbackFeed() as feed:
        feed.publish("/uk", g.dump(g.uk_index(g.uk_child("freedonia", "Austria"))), "application/json")
        feed.publish("/uk/freedonia", g.dump(g.uk_country("freedonia", "Austria")), "application/json")
        file = _write(tmp_path, feed, uk={"format": "govuk"})
        assert try_sources.main(["--catalogue", file, "--country", "AT"]) == 0
        assert "; one document: govuk, 1 advisories" in capsys.readouterr().out
        assert [request.path for request in feed.requests] == ["/uk", "/uk/freedonia"]
        assert try_sources.main(["--catalogue", file, "--country", "IQ"]) == 3
    assert "no document for IQ" in capsys.readouterr().out
