"""A bank of small documents, one for each way in which official lists of actions are marked up.

Written from the design's account of markers, endings and hazards alone, in our own words, before any
extractor existed. It says what a reader would take; it knows nothing of how that is found.

Texts are as ACTION.text has them: white space folded, no bullet, no trailing `;` or `; and`, a final full
stop kept. A `heading` stands here without its final colon and white space, a `condition` without its final
comma or colon: compare with `words.rstrip(" :,")`.
"""

from dataclasses import dataclass

ACTIONS = "Actions to Take"


@dataclass(frozen=True, slots=True)
class Section:
    """The texts expected under one heading and condition."""

    texts: tuple[str, ...]
    heading: str | None = ACTIONS
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Hazard:
    """A document and the actions it holds. `is_html` is false for a pasted or hard-wrapped plain text."""

    name: str
    html: str
    sections: tuple[Section, ...] = ()
    is_html: bool = True

    @property
    def expected(self) -> list[str]:
        """The action texts in order."""
        return [text for section in self.sections for text in section.texts]

    @property
    def rows(self) -> list[tuple[str, str | None, str | None]]:
        """Each action with its heading and its condition, in order."""
        return [(text, part.heading, part.condition) for part in self.sections for text in part.texts]

    @property
    def heading(self) -> str | None:
        """The first heading."""
        return self.sections[0].heading if self.sections else None

    @property
    def condition(self) -> str | None:
        """The first section's condition."""
        return self.sections[0].condition if self.sections else None


def _one(name: str, html: str, *texts: str, heading: str | None = ACTIONS, condition: str | None = None) -> Hazard:
    return Hazard(name, html, (Section(texts, heading, condition),) if texts else ())


_HEAD = "<p><strong>Actions to Take:</strong></p>"
_FILL, _LAMP, _DOOR = "Fill every bottle you own.", "Keep a lamp by the bed.", "Lock the outer door at dusk."
_THREE = (_FILL, _LAMP, _DOOR)

_MARKERS = (
    _one("ul", f"{_HEAD}<ul><li>{_FILL}</li><li>{_LAMP}</li><li>{_DOOR}</li></ul>", *_THREE),
    _one("ol", f"{_HEAD}<ol><li>{_FILL}</li><li>{_LAMP}</li><li>{_DOOR}</li></ol>", *_THREE),
    _one("ul of paragraphs", f"{_HEAD}<ul><li><p>{_FILL}</p></li><li><p>{_LAMP}</p></li></ul>", _FILL, _LAMP),
    _one("p with bullet", f"{_HEAD}<p>• {_FILL}</p><p>• {_LAMP}</p><p>•{_DOOR}</p>", *_THREE),
    _one(
        "p with middle dot and spaces",
        f"{_HEAD}<p>·        {_FILL}</p><p>&nbsp;</p><p>·&nbsp;&nbsp;&nbsp;&nbsp; {_LAMP}</p><p>· {_DOOR}</p>",
        *_THREE,
    ),
    _one("p with hyphen", f"{_HEAD}<p>- {_FILL}</p><p>- {_LAMP}</p><p>- {_DOOR}</p>", *_THREE),
    _one("p with en dash", f"{_HEAD}<p>– {_FILL}</p><p>– {_LAMP}</p><p>–&nbsp;{_DOOR}</p>", *_THREE),
    _one("p with asterisk", f"{_HEAD}<p>* {_FILL}</p><p>* {_LAMP}</p><p>* {_DOOR}</p>", *_THREE),
    _one("p with number", f"{_HEAD}<p>1. {_FILL}</p><p>2. {_LAMP}</p><p>3. {_DOOR}</p>", *_THREE),
    _one("p with number and bracket", f"{_HEAD}<p>1) {_FILL}</p><p>2) {_LAMP}</p>", _FILL, _LAMP),
    _one("br with bullets", f"{_HEAD}<p>• {_FILL}<br />\n• {_LAMP}<br />\n• {_DOOR}</p>", *_THREE),
    _one("br without bullets", f"{_HEAD}<p>{_FILL}<br>{_LAMP}<br>{_DOOR}</p>", *_THREE),
    _one(
        "heading and bullets in one paragraph",
        f"<p><b>Actions to Take:</b><br/>• {_FILL}<br/>• {_LAMP}</p>",
        _FILL,
        _LAMP,
    ),
    _one(
        "inline sentences",
        f"<p>Smoke was seen over the harbour.</p><p><strong>Actions to Take:</strong> {_FILL} {_LAMP} {_DOOR}</p>",
        *_THREE,
    ),
    _one(
        "one inline sentence in lower case",
        "<p>A march will cross the ring road at noon. Actions to Take: please keep off the ring road.</p>",
        "please keep off the ring road.",
    ),
    _one(
        "an abbreviation ends no sentence",
        "<p><strong>Actions to Take:</strong> Call the U.S. Embassy before you set out. Be home by 6 p.m. today.</p>",
        "Call the U.S. Embassy before you set out.",
        "Be home by 6 p.m. today.",
    ),
)

_HEADINGS = (
    _one(
        "heading in lower case",
        f"<h3>Actions to take:</h3><ul><li>{_FILL}</li></ul>",
        _FILL,
        heading="Actions to take",
    ),
    _one(
        "heading with capital To",
        f"<p>Actions To Take:</p><ul><li>{_LAMP}</li></ul>",
        _LAMP,
        heading="Actions To Take",
    ),
    _one(
        "heading without colon",
        f"<h2>Actions to Take</h2><ul><li>{_FILL}</li><li>{_LAMP}</li></ul>",
        _FILL,
        _LAMP,
    ),
    _one(
        "words before the heading",
        "<p><strong>Health Desk Recommended Actions to Take:</strong></p><ul><li>Boil the water "
        "you drink.</li>"
        "<li>Wash your hands before each meal.</li></ul>",
        "Boil the water you drink.",
        "Wash your hands before each meal.",
        heading="Health Desk Recommended Actions to Take",
    ),
    _one(
        "if you decide to travel",
        "<p>Armed groups hold parts of the hills.</p><p>If you decide to travel to Freedonia:</p><ul>"
        "<li>Write a will before you go.</li><li>Share your route with a friend every evening.</li>"
        "<li>Hire only drivers that your host knows.</li><li>Carry a copy of your visa.</li></ul>",
        "Write a will before you go.",
        "Share your route with a friend every evening.",
        "Hire only drivers that your host knows.",
        "Carry a copy of your visa.",
        heading="If you decide to travel to Freedonia",
    ),
    _one(
        "nationals should",
        "<p>British nationals should:</p><ul><li>keep a bag packed</li><li>follow what the port "
        "authority says</li></ul>",
        "keep a bag packed",
        "follow what the port authority says",
        heading="British nationals should",
    ),
    _one(
        "you should",
        "<p>There is a strike on the railway.</p><p>You should:</p><ul><li>allow two more hours</li>"
        "<li>carry water for the whole trip</li></ul>",
        "allow two more hours",
        "carry water for the whole trip",
        heading="You should",
    ),
    Hazard(
        "a condition holds for its own list only",
        "<p>You should:</p><ul><li>keep your car's tank full</li><li>tell your hosts where you "
        "sleep</li></ul>"
        "<p>Should hostilities resume, British nationals should:</p><ul><li>go indoors, away "
        "from windows</li>"
        "<li>stay there until the all clear</li></ul>",
        (
            Section(("keep your car's tank full", "tell your hosts where you sleep"), "You should"),
            Section(
                ("go indoors, away from windows", "stay there until the all clear"),
                "Should hostilities resume, British nationals should",
                "Should hostilities resume",
            ),
        ),
    ),
    _one(
        "we recommend",
        "<h4>We recommend that you:</h4><ul><li>cross only at the northern gate</li><li>travel by day</li></ul>",
        "cross only at the northern gate",
        "travel by day",
        heading="We recommend that you",
    ),
    _one(
        "German dashes after breaks",
        "<p>Im Norden fahren keine Züge.</p><p>Wir empfehlen Ihnen:<br/>- Bleiben Sie in Ihrer "
        "Unterkunft.<br/>"
        "- Halten Sie Ihr Telefon geladen.<br/>- Meiden Sie den Bahnhof.</p>",
        "Bleiben Sie in Ihrer Unterkunft.",
        "Halten Sie Ihr Telefon geladen.",
        "Meiden Sie den Bahnhof.",
        heading="Wir empfehlen Ihnen",
    ),
)

_ENDINGS = (
    _one(
        "no full stops",
        f"{_HEAD}<ul><li>Stay off the quay</li><li>Charge your phone</li></ul>",
        "Stay off the quay",
        "Charge your phone",
    ),
    _one(
        "mixed endings",
        f"{_HEAD}<ul><li>Stay off the quay</li><li>{_LAMP}</li></ul>",
        "Stay off the quay",
        _LAMP,
    ),
    _one(
        "semicolons and a last and",
        f"{_HEAD}<ul><li>Stay off the quay;</li><li>Charge your phone; and</li><li>Wait for the tug.</li></ul>",
        "Stay off the quay",
        "Charge your phone",
        "Wait for the tug.",
    ),
    _one(
        "a stray and in mid list",
        f"{_HEAD}<p>• Stay off the quay; and</p><p>•  Charge your phone.</p><p>• Wait for the "
        "tug;</p><p>• Bring and share food.</p>",
        "Stay off the quay",
        "Charge your phone.",
        "Wait for the tug",
        "Bring and share food.",
    ),
    _one(
        "white space and entities are folded",
        f"{_HEAD}<ul><li>  Keep&nbsp;off\n   the <b>old</b>\tbridge &amp; its ramps. </li></ul>",
        "Keep off the old bridge & its ramps.",
    ),
)

_CONTACTS = (
    "<ul><li>Duty desk<br/>+964 770 555 0101</li><li>Write to <a "
    "href='mailto:desk@example.org'>desk@example.org</a></li>"
    "<li>Sign up for our messages.</li></ul>"
)

_NEIGHBOURS = (
    _one(
        "assistance follows",
        f"{_HEAD}<ul><li>{_FILL}</li></ul><p><strong>Assistance:</strong></p>{_CONTACTS}",
        _FILL,
    ),
    _one("resources follow", f"{_HEAD}<ul><li>{_FILL}</li></ul><p><b>Resources:</b></p>{_CONTACTS}", _FILL),
    _one(
        "assistance follows in the same paragraph",
        f"<p>Actions to Take:<br/>- {_FILL}<br/>- {_LAMP}<br/>Assistance:<br/>- Duty desk, +964 770 555 0101</p>",
        _FILL,
        _LAMP,
    ),
    _one(
        "operations before the heading",
        "<p><strong>Event:</strong> A fire in the depot.</p><p><strong>Embassy Operations:</strong></p><ul>"
        f"<li>The visa counter is closed on Monday.</li><li>Mail is delayed.</li></ul>{_HEAD}<ul>"
        f"<li>{_DOOR}</li></ul>",
        _DOOR,
    ),
    _one(
        "operations after the list",
        f"{_HEAD}<ul><li>{_DOOR}</li></ul><p><strong>Embassy Operations:</strong></p><ul><li>The "
        "visa counter is "
        f"closed on Monday.</li></ul><p><strong>Assistance:</strong></p>{_CONTACTS}",
        _DOOR,
    ),
    _one(
        "a list before the heading",
        "<p>Roads that the flood has cut:</p><ul><li>the mill road</li><li>the lower ring, east "
        "side</li></ul>"
        f"{_HEAD}<ul><li>{_LAMP}</li><li>{_FILL}</li></ul>",
        _LAMP,
        _FILL,
    ),
)

_SHAPES = (
    _one(
        "an empty first bullet",
        f"{_HEAD}<ul><li></li><li>&nbsp;</li><li>{_FILL}</li><li>{_LAMP}</li></ul>",
        _FILL,
        _LAMP,
    ),
    _one("a typed empty first bullet", f"{_HEAD}<p>•</p><p>• {_FILL}</p><p>• {_LAMP}</p>", _FILL, _LAMP),
    _one("two bullets on one line", f"{_HEAD}<p>• {_FILL} • {_LAMP}<br />\n• {_DOOR}</p>", *_THREE),
    _one("two bullets in one item", f"{_HEAD}<ul><li>{_FILL} • {_LAMP}</li><li>{_DOOR}</li></ul>", *_THREE),
    _one(
        "two sentences in one item stay together",
        f"{_HEAD}<ul><li>Leave by the north gate. Take nothing that burns.</li><li>{_LAMP}</li></ul>",
        "Leave by the north gate. Take nothing that burns.",
        _LAMP,
    ),
    _one(
        "nested bullets",
        f"{_HEAD}<ul><li>Agree on a plan with your family.<ul><li>Choose a place to meet.</li>"
        f"<li>Name one relative abroad whom all of you call.</li></ul></li><li>{_LAMP}</li></ul>",
        "Agree on a plan with your family.",
        "Choose a place to meet.",
        "Name one relative abroad whom all of you call.",
        _LAMP,
    ),
    _one(
        "an item that begins with a number",
        f"{_HEAD}<ul><li>72 hours of food belong in every home: store them now.</li><li>{_LAMP}</li></ul>",
        "72 hours of food belong in every home: store them now.",
        _LAMP,
    ),
    _one(
        "dashes inside an item",
        f"{_HEAD}<p>- Avoid the Karada – Jadriya road - it is mined.</p><p>- {_LAMP}</p>",
        "Avoid the Karada – Jadriya road - it is mined.",
        _LAMP,
    ),
    Hazard(
        "hard-wrapped plain text",
        "The dam is full.\n\nActions to Take:\n\n- Move your car to the upper\n  town before the evening.\n"
        "- Fill every bottle you own.\n\nAssistance:\n\n- Duty desk, +964 770 555 0101\n",
        (Section(("Move your car to the upper town before the evening.", _FILL)),),
        is_html=False,
    ),
)

_NO_ACTIONS = (
    _one(
        "a list of links",
        "<p>Read more:</p><ul><li><a href='https://example.org/a'>travel advice on health</a></li>"
        "<li><a href='https://example.org/b'>travel advice on insurance</a></li></ul>",
    ),
    _one(
        "a list of links after the actions",
        f"{_HEAD}<ul><li>{_FILL}</li></ul><p>See also our pages:</p><ul>"
        "<li><a href='https://example.org/a'>travel advice on earthquakes</a></li></ul>",
        _FILL,
    ),
    _one(
        "a list of dangers",
        "<p>Do not travel to Freedonia because of:</p><ul><li>armed conflict</li>"
        "<li>kidnapping</li><li>mines</li></ul>",
    ),
    _one(
        "a list of regions",
        "<p>We advise against all travel to:</p><ul><li>the strip within 20 km of the border</li>"
        "<li>the towns of Upper and Lower Sylvan</li></ul>",
    ),
    Hazard(
        "no list and no advice",
        "<p>The consulate moved to a new building in May. Its door is on the park side.</p>",
    ),
)

HAZARDS: tuple[Hazard, ...] = (
    *_MARKERS,
    *_HEADINGS,
    *_ENDINGS,
    *_NEIGHBOURS,
    *_SHAPES,
    *_NO_ACTIONS,
)
"""All of them; names are unique and fit for `pytest.mark.parametrize(ids=...)`."""
