"""
The demo's archives: twelve invented years of an organisation adviser, Hanneke Oldenhof of Zwolle.

``people`` and ``crowd`` say who lives there, ``ties`` and ``projects`` what they do, ``story`` puts
it together, ``mails``, ``cards`` and ``diary`` know the formats, ``archives`` writes the files.
Nobody in it exists, and every address lies under the example domains.
"""

from maatje.app.demo.archives import SEED, DemoArchives, Truth, write_archives
from maatje.app.demo.civil import DEMO_NOW
from maatje.app.demo.story import TrueTie, TrueYield
from maatje.app.demo.telling import MARK, UTC_OFFSET_MINUTES, note_offset, tell

__all__ = [
    "DEMO_NOW", "MARK", "SEED", "UTC_OFFSET_MINUTES", "DemoArchives", "TrueTie", "TrueYield", "Truth", "note_offset",
    "tell", "write_archives",
]  # fmt: skip
