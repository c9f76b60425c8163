"""
What an address alone tells: that nobody reads it, that it is a list, a room, a booking desk.

Only words that name a machine count. ``info@``, ``sales@`` and ``contact@`` do not: behind many of
them sits one person with a small firm (decisions/0005).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

BOUNCE: Final = "bounce"
NO_REPLY: Final = "no-reply"
NOTICE: Final = "notice"
NEWSLETTER: Final = "newsletter"
ONE_TIME: Final = "one-time-address"
BOOKING: Final = "booking"
LIST: Final = "mailing-list"
ROOM: Final = "room"


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SEPARATORS: Final = re.compile(r"[._+=-]+")
_NO_REPLY: Final = re.compile(
    r"no.?reply|noreply|donotreply|dontreply|nepasrepondre|nepasrépondre|geenantwoord|nietantwoorden|nietbeantwoorden"
    r"|nichtantworten|keineantwort|noresponder|nonrispondere|naoresponda|naoresponder|unattended|unmonitored|noaddress"
)
_BOUNCE_WORDS: Final = _set("mailerdaemon maildaemon mdaemon postmaster bounce bounces mailerdemon")
_BOUNCE: Final = re.compile(
    r"bounces?[-+=_.].*|.*[-+_.]bounces?|.*-return-\d.*|(?:.*[-_.])?(?:mailer-?daemon|postmaster)"
)
_LIST: Final = re.compile(
    r"owner-.+|.+-(?:owner|request|subscribe|unsubscribe|digest|announce|list)|listserv|majordomo|mailman|sympa"
    r"|(?:un)?subscribe|(?:leave|join)-.+|unsubscribe-.+|list"
)
_DISTRIBUTION: Final = re.compile(
    r"(?:all|everyone|everybody|iedereen|alle-medewerkers|allstaff|all-staff)(?:[._-].*)?"
)
_ROOM: Final = re.compile(
    r"(?:vergader|conferentie|meeting|conference|conf|board|besprechungs|konferenz)[-_.]?"
    r"(?:zaal|ruimte|kamer|rooms?|raum)(?:[-_.]?\w+)*|(?:room|zaal|raum|salle|kamer|res|resource)[-_.]?\d[\w.-]*"
)
_NOTICE_WORDS: Final = _set(
    "notification notifications notify notifier notificatie notificaties notifica alert alerts automailer autoreply "
    "autoresponder automated autoconfirm mailrobot edelivery feedbackloop notice notices administrator"
)
_NOTICE_ALONE: Final = _set(
    "root cron daemon robot calendar messenger invitations feeds arsystem jira bugzilla gitlab jenkins nagios nobody"
)
_NEWS_WORDS: Final = _set(
    "newsletter newsletters nieuwsbrief nieuwsbrieven nieuwsflits mailing mailings mailinglist mailinglijst ezine "
    "announce announcement announcements aankondiging aankondigingen digest infolettre bulletin campaign campaigns "
    "promo promotions promotion update updates aanbiedingen angebote offers subscriptions abonnement abonnementen"
)
_NEWS_ALONE: Final = _set("news nieuws headlines daily weekly members editor mail email deals actie acties")
_BOOKING_WORDS: Final = _set(
    "confirmation confirmations bevestiging bevestigingen bestaetigung booking bookings boeking boekingen buchung "
    "reservation reservations reservering reserveringen reservierung eticket etickets itinerary receipt receipts "
    "invoice invoices factuur facturen rechnung facture bestelling bestellingen verzending shipment tracking"
)
_BOOKING_ALONE: Final = _set("order orders tickets bookings payments betalingen")
_MACHINE_HOSTS: Final = _set(
    "facebookmail.com resource.calendar.google.com group.calendar.google.com group.v.calendar.google.com "
    "docs.google.com amazonses.com mcsv.net rsgsv.net mandrillapp.com createsend.com sendgrid.net reply.github.com"
)
_ROOM_HOSTS: Final = _set("resource.calendar.google.com group.calendar.google.com group.v.calendar.google.com")
_LIST_HOSTS: Final = _set("googlegroups.com yahoogroups.com egroups.com groups.io freelists.org lists.riseup.net")
_LIST_LABELS: Final = _set("list lists listserv mailman listbox mailinglist groups-noreply")
_NEWS_LABELS: Final = _set(
    "newsletter newsletters nieuwsbrief nieuwsbrieven mailing mailings emailing news-mail mktg campaign "
    "campaigns edm bounce bounces"
)
_NOTICE_LABELS: Final = _set(
    "notification notifications notify alerts alert mailer noreply no-reply reply replies response"
)
_TOKEN: Final = re.compile(r"(?=[a-f0-9]*\d)(?=[a-f0-9]*[a-f])[a-f0-9]{16,}|[a-z0-9]{28,}")
_SERIAL: Final = re.compile(
    r"(?=.{16,})(?=(?:.*\d){6})[a-z0-9]+(?:[-_.+#][a-z0-9-]*\d[a-z0-9]*){3,}.*|\d+[.-]\d{4,}[.-].+"
)


@lru_cache(maxsize=1 << 16)
def handle_rule(address: str) -> str:
    """
    The rule by which an address is set aside whatever it sends, or "" for a person's.

    Args:
        address: a mail address in lower case, as ``mail_handle`` gives it.
    Returns: one of "bounce", "no-reply", "notice", "newsletter", "one-time-address", "booking",
        "mailing-list", "room" or "". Pure and cheap: answers are remembered.
    """
    full, _, host = address[:400].lower().rpartition("@")
    # A container's address (an Exchange or Notes name packed into one) is a person's, however odd.
    if full.startswith("imcea"):
        return ""
    local = full.partition("+")[0] or full
    words = [word for word in _SEPARATORS.split(local) if word]
    return (
        _by_local(full, local, words)
        or _by_words([word.rstrip("0123456789") for word in words])
        or _by_host(host)
        or (ONE_TIME if _is_one_time(full) else "")
    )


def _by_local(full: str, local: str, words: list[str]) -> str:
    """By the whole of what stands before the ``@``."""
    if "".join(words) in _BOUNCE_WORDS or _BOUNCE.fullmatch(full):
        return BOUNCE
    if _NO_REPLY.search("".join(words)):
        return NO_REPLY
    if _LIST.fullmatch(local) or _DISTRIBUTION.fullmatch(local):
        return LIST
    return ROOM if _ROOM.fullmatch(local) else ""


def _by_words(words: list[str]) -> str:
    """By one of its words; some words count only where they stand alone or begin or end it."""
    alone = words[0] if len(words) == 1 else ""
    if alone in _NOTICE_ALONE or any(word in _NOTICE_WORDS or word.startswith("rss") for word in words):
        return NOTICE
    if any(word in _NEWS_WORDS for word in words) or alone in _NEWS_ALONE:
        return NEWSLETTER
    is_booking = any(word in _BOOKING_WORDS for word in words) or alone in _BOOKING_ALONE
    return BOOKING if is_booking else ""


def _by_host(host: str) -> str:
    """By the host: services that carry no person's own mail, and subdomains named for what they do."""
    if host in _ROOM_HOSTS:
        return ROOM
    if host in _MACHINE_HOSTS:
        return NOTICE
    labels = host.split(".")
    first = labels[0].rstrip("0123456789") if len(labels) > 2 else ""
    if host in _LIST_HOSTS or first in _LIST_LABELS:
        return LIST
    if first in _NEWS_LABELS:
        return NEWSLETTER
    return NOTICE if first in _NOTICE_LABELS else ""


def _is_one_time(full: str) -> bool:
    """A local part made for one message: another's address in it, a long token, a row of serial numbers."""
    if "=" in full or "#" in full:
        return True
    if not any(char.isdigit() for char in full) or len(full) < 16:
        return False
    tokens = _SEPARATORS.split(full)
    return any(_TOKEN.fullmatch(token) and not token.isdigit() for token in tokens) or bool(_SERIAL.fullmatch(full))
