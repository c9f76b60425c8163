"""
Which organisation a host or a name stands for, and whether two of them may be one.

All of it errs towards "the same": two spellings of one employer told as two would be a change that
never was. The second-level suffixes are the usual ones, written by hand; a whole public suffix list
would need a dependency and a way to renew it, for hosts that hardly any contact has.
"""

from __future__ import annotations

import re
from typing import Final

from maatje.identity.words import PARTICLES, folded


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SECOND_LEVEL: Final = _set(
    "co com org net ac edu gov gob gouv gv or ne go govt nhs police sch school ltd plc me asn id"
)
# Under these the second label is a suffix only, whoever registers the third.
_SHARED: Final = _set(
    "github.io gitlab.io blogspot.com wordpress.com herokuapp.com azurewebsites.net onmicrosoft.com web.app eu.org "
    "uk.com eu.com de.com nl.eu.org "
    # Kept free for examples (RFC 2606): whoever writes one means each name under it to be somebody's own.
    "example.com example.net example.org"
)
_FREE_LABELS: Final = _set(
    "gmail googlemail hotmail yahoo ymail rocketmail icloud aol gmx tutanota tuta protonmail fastmail posteo yandex "
    "rediffmail wanadoo tiscali freenet"
)
_FREE: Final = _set(
    "outlook.com outlook.nl outlook.be outlook.de outlook.fr live.com live.nl live.be live.de live.fr live.co.uk "
    "msn.com passport.com me.com mac.com proton.me pm.me hey.com zoho.com zohomail.eu mail.com email.com inbox.com "
    "mail.ru bk.ru list.ru inbox.ru inbox.lv rambler.ru ukr.net qq.com 163.com 126.com sina.com foxmail.com naver.com "
    "web.de t-online.de arcor.de online.de mailbox.org kolabnow.com startmail.com runbox.com disroot.org riseup.net "
    "duck.com mozmail.com privaterelay.appleid.com "
    "ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl home.nl xs4all.nl upcmail.nl chello.nl casema.nl quicknet.nl "
    "telfort.nl tele2.nl versatel.nl solcon.nl caiway.nl caiway.net online.nl wxs.nl freedom.nl zonnet.nl "
    "zeelandnet.nl kabelfoon.nl multiweb.nl hccnet.nl dds.nl euronet.nl delta.nl vodafonethuis.nl ziggomail.com "
    "telenet.be skynet.be scarlet.be proximus.be pandora.be voo.be belgacom.net base.be "
    "orange.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr bluewin.ch chello.at aon.at libero.it virgilio.it alice.it "
    "tin.it telefonica.net terra.es sapo.pt wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz abv.bg "
    "btinternet.com btopenworld.com sky.com virginmedia.com ntlworld.com talktalk.net blueyonder.co.uk tiscali.co.uk "
    "comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net optonline.net "
    "shaw.ca rogers.com sympatico.ca telus.net bigpond.com optusnet.com.au iinet.net.au xtra.co.nz"
)
_ADDRESS: Final = re.compile(r"[0-9.]+|\[.*\]?")
_WORD: Final = re.compile(r"[^\W_]+")
_FORMS: Final = _set(
    "bv nv vof gmbh ag kg sa sarl sas se plc ltd limited inc llc llp corp corporation co company holding group groep "
    "the"
)
_SMALL: Final = PARTICLES | _set("and en und et of for voor the &")
_MIN_SHARED: Final = 4


def organisation_domain(host: str) -> str:
    """
    The part of a host that an organisation owns: ``mail.example.org`` is ``example.org``.

    Args:
        host: what stands behind the ``@``, in lower case.
    Returns: a tail of ``host``; "" for a provider that gives addresses to anybody, for a numeric
        address, and for a host without a dot.
    """
    labels = host.strip(".").split(".")
    if len(labels) < 2 or not all(labels) or _ADDRESS.fullmatch(host):
        return ""
    size = 2
    if len(labels) > 2 and ((len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL) or ".".join(labels[-2:]) in _SHARED):
        size = 3
    domain = ".".join(labels[-size:])
    return "" if labels[-size] in _FREE_LABELS or domain in _FREE or host in _FREE else domain


def may_be_one_domain(one: str, other: str) -> bool:
    """
    Whether two results of ``organisation_domain`` may belong to one organisation.

    So where the labels before the suffix are equal (``example.org``, ``example.com``), or one holds
    the other (``example-group.com``).
    """
    first, second = (domain.partition(".")[0].replace("-", "") for domain in (one, other))
    short, long = sorted((first, second), key=len)
    return first == second or (len(short) >= _MIN_SHARED and short in long)


def may_be_one_name(one: str, other: str) -> bool:
    """
    Whether two names may be spellings of one organisation, or of one title.

    So where nothing is left of the difference without case, accents, signs and legal forms, where
    one has all the words of the other ("Example", "Example Nederland B.V."), and where one is the
    initials of the other.
    """
    first, second = _words(one), _words(other)
    if not first or not second:
        return True
    if set(first) <= set(second) or set(second) <= set(first) or "".join(first) == "".join(second):
        return True
    return _is_short_for(first, second, other) or _is_short_for(second, first, one)


def _words(name: str) -> list[str]:
    found = _WORD.findall(folded(name.replace(".", "")))
    return [word for word in found if word not in _FORMS] or found


def _is_short_for(short: list[str], long: list[str], name: str) -> bool:
    """Whether one word is the initials of several, with or without the small ones among them."""
    if len(short) != 1 or len(long) < 2:
        return False
    every = "".join(word[0] for word in _WORD.findall(folded(name)))
    return short[0] in {every, "".join(word[0] for word in long if word not in _SMALL), "".join(w[0] for w in long)}
