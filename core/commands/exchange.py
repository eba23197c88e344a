"""Commands that take files in and give lists out: import, export."""

import os
from pathlib import Path

from core import intake, limits, lists, sealed
from core.commands import shapes
from core.commands.copies import copy_passphrase, new_copy_passphrase, sender_of, unsealed
from core.commands.reading import bytes_of, list_line
from core.commands.session import Session
from core.errors import InputError
from core.lists import json_list
from core.model import Checklist, Source
from core.paths import write_whole
from core.saving import save_document
from core.store import advisories, checklists, incoming, outgoing, sources
from core.store.open import Store
from core.wording import say, tr, trn

PASTED = "pasted"


def take_in(session: Session) -> int:
    """`import FILE`: an advisory, a checklist or an encrypted copy, whichever the file holds."""
    limits.bound_this_process()
    session.learn_key()  # the key comes down the same pipe, before the file
    given = copy_passphrase(session)
    data = bytes_of(session.options.file)
    listed = unsealed(session, data, given) or lists.read(data)
    if listed:
        with session.store(create=True) as store:
            names = incoming.keep(store, listed, session.now)
            kept_now = {one.id: one for one in checklists.all_lists(store)}
        found = [kept_now[name] for name in names]
        session.give(
            {"advisories": [], "checklists": [shapes.checklist(one) for one in found]},
            [list_line(one) for one in found],
        )
        return 0
    source = Source(id=PASTED, name=tr("Pasted or imported"), issuer="", url="", from_user=True)
    try:
        taken = intake.take(data, source, session.now, fetched=False)
    except InputError as error:
        raise InputError("not-taken", reason=say(error.message)) from error
    with session.store(create=True) as store:
        saved = save_document(store, taken.revisions, sources.trips(store), session.now, first_look=True)
        kept = [one for name in saved.present if (one := advisories.newest(store, name))]
    lines = [f"{one.advisory_id}  {one.title}" for one in kept]
    lines.append(trn("{count} advisory kept.", "{count} advisories kept.", len(kept)))
    session.give({"advisories": [shapes.advisory(one) for one in kept], "checklists": []}, lines)
    return 0


def give_out(session: Session) -> int:
    """`export [--list ID] --to FILE`: the file is replaced whole or not at all; a copy is sealed before that."""
    options = session.options
    is_named_so = options.to.lower().endswith(sealed.ENDING)
    if is_named_so and options.format not in (None, "copy"):
        raise InputError("copy-in-clear", format=options.format)
    is_copy = is_named_so or options.format == "copy"
    format_name = "" if is_copy else lists.format_of(options.to, options.format)
    left_out: list[str] = []
    with session.store() as store:
        written = outgoing.written(store, _chosen(store, options.checklist), session.catalogue)
        if written and is_copy:
            passphrase, sender = new_copy_passphrase(session), sender_of(session)
            written, left_out = outgoing.with_files(store, written)
    if not written:
        raise InputError("nothing-to-export")
    if is_copy:
        data = sealed.seal(json_list.write_whole(written, sender), passphrase)
    else:
        data = lists.WRITERS[format_name](written)
    target = Path(os.path.abspath(options.to))  # noqa: PTH100  # resolve would follow a link to elsewhere
    try:
        write_whole(target, data)
    except OSError as error:
        raise InputError("export-unwritable", file=target.name, reason=error.strerror or "") from error
    count = sum(len(one.items) for one in written)
    lines = [trn("{count} item written.", "{count} items written.", count)]
    if left_out:
        lines.append(tr("These attached files did not fit and stayed out: {files}.").format(files=", ".join(left_out)))
    if is_copy:
        lines.append(tr("Tell the passphrase by another way than the file."))
    session.give({"exported": count, "file": str(options.to), "files_left_out": left_out}, lines)
    return 0


def _chosen(store: Store, wanted: str | None) -> list[Checklist]:
    found = checklists.all_lists(store)
    if wanted is None:
        return [one for one in found if one.archived is None]
    chosen = [one for one in found if one.id == wanted]
    if not chosen:
        raise InputError("unknown-list", list=wanted)
    return chosen
