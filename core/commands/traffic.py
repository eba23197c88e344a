"""The command `network`: the proxy and the data saver, what was asked, what it cost, what the network learns."""

from core.commands.session import Session
from core.exposure import learns
from core.proxy import proxy_in
from core.store import network as kept
from core.store import sources
from core.times import to_text
from core.wording import say, sentence, tr, trn

_LINES = 20


def network(session: Session) -> int:
    """`network [--proxy ADDRESS] [--data-saver on|off]`: change it, or only say how it is."""
    options = session.options
    if options.proxy is not None:
        proxy_in(options.proxy)  # refused before a profile is made
    with session.store(create=options.proxy is not None or options.data_saver is not None) as store:
        if options.proxy is not None:
            kept.set_proxy(store, options.proxy.strip())
        if options.data_saver is not None:
            kept.set_saves_data(store, saves=options.data_saver == "on")
        proxy, saves = proxy_in(kept.proxy(store)), kept.saves_data(store)
        days, requests, moves = kept.days(store), kept.requests(store), kept.moves(store)
        followed = [one for one in sources.records(store).values() if one.followed and one.id in session.catalogue]
    exposed = {one.id: learns(session.catalogue[one.id], one.countries, proxy) for one in followed}
    shape = {
        "proxy": str(proxy) if proxy else None,
        "data_saver": saves,
        "days": [{"day": one.day.isoformat(), "requests": one.requests, "received": one.received} for one in days],
        "requests": [
            {
                "at": to_text(one.at),
                "source": one.source,
                "outcome": sentence(say(one.outcome)),
                "received": one.received,
                "milliseconds": one.milliseconds,
            }
            for one in requests
        ],
        "moves": [
            {
                "source": one.source,
                "from": one.origin,
                "to": one.target,
                "since": to_text(one.since),
                "adopted": to_text(one.adopted),
            }
            for one in moves.values()
        ],
        "learns": [{"id": name, "sentences": [say(one) for one in said]} for name, said in exposed.items()],
    }
    lines = [
        tr("Proxy: {proxy}").format(proxy=proxy or tr("none")),
        tr("Data saver: on; by itself only what trips need is fetched.") if saves else tr("Data saver: off"),
    ]
    for day in days[:7]:
        asked = trn("{count} request", "{count} requests", day.requests)
        lines.append(f"{day.day.isoformat()}  {_bytes(day.received)}  {asked}")
    for move in moves.values():
        adopted = tr("asked there now") if move.adopted else tr("not believed yet")
        lines.append(tr("{source} has moved to {address} ({state})").format(
            source=move.source, address=move.target, state=adopted
        ))  # fmt: skip
    lines += [f"{name}: {' '.join(say(one) for one in said)}" for name, said in exposed.items()]
    for one in requests[:_LINES]:
        spent = f"{_bytes(one.received)}, {one.milliseconds} ms"
        lines.append(f"{to_text(one.at)}  {one.source}: {say(one.outcome)} ({spent})")
    session.give(shape, lines)
    return 0


def _bytes(count: int) -> str:
    """ "12 kB", "1.3 MB"."""
    return f"{count / 1e6:.1f} MB" if count >= 1_000_000 else f"{-(-count // 1000)} kB"
