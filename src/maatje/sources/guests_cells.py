"""
One cell or piece of a guest list: cleaned, and what it can be by its own form and words.

Pure and without memory of other cells. Dutch and English, with the basics of German and French.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from maatje.model.record import Coming
from maatje.sources.addresses import clean_address

MAX_CELL: Final = 2_000
"""Characters of a cell that are looked at; the rest is cut."""
MAX_SHORT: Final = 200
"""Characters kept of a name, an organisation, a title or a ticket."""

# Marks that steer the direction of text, or have no width: they change what a name looks like, never what it is.
_UNSEEN: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c\u034f]")
_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
_APOSTROPHES: Final = re.compile("['’`]")
_MENDABLE: Final = re.compile("[ÃÂâÅÄ][\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")

_MAIL: Final = re.compile(r"(?<![\w.+%-])[\w.+%'&=-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_BRACKETED_MAIL: Final = re.compile(rf"[<(\[]*\s*(?:mailto:\s*)?{_MAIL.pattern}\s*[>)\]]*", re.IGNORECASE)
_PHONE: Final = re.compile(r"(?<![\w/.-])(?:\+|00|0|\(\+?\d)[\d\s().\-/\u2011\u2013]{6,24}\d(?![\w])")
_DATE: Final = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2} [^\W\d_]{3,9}\.? \d{4}"
    r"|[^\W\d_]{3,9}\.? \d{1,2},? \d{4})(?:(?:,? |T)(?:at |om )?\d{1,2}[:.]\d\d.{0,20})?"
)
_CLOCK: Final = re.compile(r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]m)?", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[€$£#]? ?-?[\d.,]+ ?(?:%|€|EUR|USD)?")
_CODE: Final = re.compile(r"(?=\S*\d)[\w:/-]+|[\w.-]+://\S+|www\.\S+")
_NAME_WORD: Final = re.compile(r"[^\W\d_][^\W\d_.'’`\-]*(?:['’`.\-]+[^\W\d_]*)*|['’]t|['’]s|&|\+")
_ACRONYM: Final = re.compile(r"[A-Z]{2,6}")

_PARTICLES_TEXT: Final = (
    "van de der den het ten ter te 't in op aan bij la le du des da di do dos von zu zum zur af av bin ibn el al el-"
)
PARTICLES: Final = frozenset(_PARTICLES_TEXT.split())
_COMING: Final = {
    Coming.GOING: (
        "going;yes;yep;ja;jawel;si;y;j;attending;aanwezig;komt;komt wel;ik kom;accepted;"
        "geaccepteerd;approved;goedgekeurd;confirmed;bevestigd;registered;geregistreerd;aangemeld;"
        "ingeschreven;checked in;ingecheckt;attended;will attend;is going;present;oui;zugesagt;zusage;"
        "angenommen;angemeldet;paid;betaald;valid;geldig;true;waar;✓;✔;✅;x;rsvp yes;yes im going;"
        "coming;joining;aanmelding;heeft toegezegd;toegezegd;inscrit;confirme;ik ben erbij;erbij;"
        "komt zeker"
    ),
    Coming.MAYBE: (
        "maybe;misschien;tentative;voorlopig;vielleicht;peut etre;interested;geinteresseerd;?;❓;unsure;"
        "onder voorbehoud;twijfelt;weet nog niet;might go;onzeker;may attend;vorbehalt"
    ),
    Coming.DECLINED: (
        "no;nee;neen;nope;n;nein;non;not going;not attending;declined;afgemeld;afgezegd;komt niet;"
        "verhinderd;cancelled;canceled;geannuleerd;refunded;terugbetaald;deleted;verwijderd;rejected;"
        "afgewezen;no show;absent;afwezig;abgesagt;absage;storniert;excuse;cant go;cant make it;"
        "unable to attend;withdrawn;not approved;transferred;false;onwaar;❌;✗;✘;kan niet;helaas niet;"
        "regrets;annule;ingetrokken;niet aanwezig;is verhinderd;no longer coming"
    ),
    Coming.WAITING: (
        "waitlist;waitlisted;waiting list;on waitlist;on the waitlist;wachtlijst;op de wachtlijst;pending;"
        "pending approval;in afwachting;warteliste;liste dattente;en attente;requested;aangevraagd;wacht;"
        "op wachtlijst"
    ),
    Coming.UNSAID: (
        "invited;uitgenodigd;not responded;no response;no reply;geen reactie;geen antwoord;open;onbekend;"
        "unknown;awaiting reply;eingeladen;needs action;no rsvp;nog geen reactie;awaiting response;"
        "niet gereageerd"
    ),
}
_YES_NO_TEXT: Final = "yes no y n ja nee neen j nein oui non true false waar onwaar x ✓ ✔ ✅ ❌ ✗"
_YES_NO: Final = frozenset(_YES_NO_TEXT.split())
_ANSWERS: Final = {word: coming for coming, words in _COMING.items() for word in words.split(";")}

_ORGANISATION: Final = re.compile(
    r"\b(?:b\.?v\.?|n\.?v\.?|v\.?o\.?f|inc|ltd|llc|llp|gmbh|ag|plc|s\.?a\.?r\.?l|corp|co|company|group|groep|holding|"
    r"gemeente|provincie|ministerie|ministry|stichting|foundation|vereniging|association|society|genootschap|"
    r"universit\w*|hogeschool|college|school|academ\w*|institu\w*|ziekenhuis|hospital|umc|bank|bureau|museum|theater|"
    r"uitgeverij|publishers?|press|media|studios?|consult\w*|advies\w*|advocaten|notari(?:s|aat)|accountants|architecten|"
    r"partners|capital|ventures|labs?|technolog\w*|solutions|systems|software|services|diensten|centrum|centre|center|"
    r"council|waterschap|rijkswaterstaat|politie|bibliotheek|library|galerie|gallery|fonds|fund|koninklijk\w*|royal|"
    r"nationa\w+|nederland|international|zonen|zn|sons|brothers|gebr|makelaar\w*|kantoor|praktijk|verlag|verein|"
    r"kliniek|clinic|redactie|krant|omroep|radio|festival|bedrijf|bedrijven|wonen|zorg|energie|logistiek|transport|"
    r"department|faculty|faculteit|team|club|kring|raad|kamer|coöperatie|cooperatie|maatschap|maatschappij)\b",
    re.IGNORECASE,
)
_JOB: Final = re.compile(
    r"\b(?:\w*direct(?:eur|rice|or)\w*|\w*manager|ceo|cfo|cto|coo|chief|\w*adviseur|advis[oe]r|consultant|hoogleraar|"
    r"professor|docent|\w*leraar|lerares|teacher|lecturer|researcher|onderzoeker|\w*engineer|ingenieur|developer|"
    r"ontwikkelaar|architect|advocaat|lawyer|notaris|arts|doctor|huisarts|verpleegkundige|nurse|journalist|redacteur|"
    r"editor|author|auteur|schrijver|schrijfster|burgemeester|mayor|wethouder|minister|secretaris|secretary|"
    r"voorzitter|chair(?:man|woman)?|penningmeester|treasurer|bestuurslid|founder|oprichter|eigenaar|owner|partner|"
    r"medewerker|\w*leider|leader|head of|hoofd|president|vice[- ]president|vp|analyst|analist|designer|ontwerper|"
    r"coordinat\w+|coördinator|specialist|beleidsmedewerker|student|promovendus|phd candidate|freelance\w*|zzp|"
    r"fotogra\w+|photographer|curator|producer|planner|controller|accountant|recruiter|officer|assistent|assistant|"
    r"geschäftsführer(?:in)?|leiter(?:in)?|directeur|gérant)\b",
    re.IGNORECASE,
)
_DEGREE: Final = re.compile(
    r"(?:(?:msc|bsc|ma|ba|mba|phd|ph\.d|llm|ll\.m|md|ra|rb|ing|ir|jr|sr|emba|mpa|frsc|obe|esq|cfa|pe|ii|iii)\.?,? ?)+",
    re.IGNORECASE,
)
_HOST: Final = re.compile(
    r"\b(?:hosts?|co-?hosts?|gastheer|gastvrouw|gastheren|organi[sz]ers?|organisator\w*|organisatie|organisateur|"
    r"veranstalter|gastgeber(?:in)?|hosted by)\b",
    re.IGNORECASE,
)
_COMPANION: Final = re.compile(
    r"\s*(?:(?:\+|&|en|and|met|with|und|et|plus|incl\.?|inclusief)\s*)(?:zijn |haar |de |his |her |een |1 |a )?"
    r"(?:\d{1,2}|één|partner|echtgeno(?:ot|te)|vrouw|man|vriend(?:in)?|guests?|gast(?:en)?|introduc[eé]e?s?|wife|husband|"
    r"one|spouse|kind(?:eren)?|kids|family|gezin|begleitung|aanhang|collega(?:['’]?s)?)(?: pers(?:onen|\.)?)?\s*\Z"
    r"|\s*\+\s*\d{1,2}\s*\Z",
    re.IGNORECASE,
)


def cleaned(text: str, limit: int = MAX_CELL) -> str:
    """
    Text of one cell on one line: no controls, no marks of direction, no mangled UTF-8, single blanks.

    A leading "=" stays: the text is data, and is never computed.
    """
    text = text[: 4 * limit]
    if text.isascii() and text.isprintable():
        return " ".join(text.split())[:limit].rstrip()
    while (once := _cleaned_once(text, limit)) != text:
        text = once  # each round is shorter: some text was mangled twice
    return text


def _cleaned_once(text: str, limit: int) -> str:
    if _MENDABLE.search(text) is not None:
        text = _mended(text)
    text = _CONTROLS.sub(" ", _UNSEEN.sub("", text))
    return " ".join(unicodedata.normalize("NFC", text).split())[:limit].rstrip()


def _mended(text: str) -> str:
    """UTF-8 that was once read as Windows-1252, turned back where all of it can be."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        try:
            return text.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return text


def mails_in(text: str) -> tuple[str, ...]:
    """The mail addresses in a text, checked, each once, in its order."""
    if "@" not in text:
        return ()
    found = (clean_address(match[0].strip("'")) for match in _MAIL.finditer(text))
    return tuple(dict.fromkeys(address for address in found if address))


def without_mails(text: str, instead: str = " ") -> str:
    """The text with ``instead`` in the place of each mail address and the brackets around it."""
    return _BRACKETED_MAIL.sub(instead, text)


def phones_in(text: str) -> tuple[str, ...]:
    """The telephone numbers in a text as written, seven to fifteen digits, each once."""
    found = (match[0].strip() for match in _PHONE.finditer(text))
    return tuple(dict.fromkeys(one for one in found if is_phone(one)))


def without_phones(text: str, instead: str = " ") -> str:
    """The text with ``instead`` in the place of each telephone number."""
    return _PHONE.sub(lambda match: instead if is_phone(match[0]) else match[0], text)


def digits(text: str) -> int:
    """How many digits a text has."""
    return sum(char.isdigit() for char in text)


def is_phone(text: str) -> bool:
    """Whether a whole text is a number that begins as one is dialled: "+", "00" or "0"."""
    return 9 <= digits(text) <= 15 and _PHONE.fullmatch(text.strip()) is not None and not is_date(text)


def is_mail(text: str) -> bool:
    """Whether a whole text is one mail address."""
    return _MAIL.fullmatch(text.removeprefix("mailto:").strip("<>")) is not None


def is_date(text: str) -> bool:
    """Whether a text is a date or a time of day, in any usual way of writing."""
    return _DATE.fullmatch(text) is not None or _CLOCK.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Whether a text is a number or an amount."""
    return _NUMBER.fullmatch(text) is not None


def is_code(text: str) -> bool:
    """Whether a text is a number, an amount, a link or an order's code: nothing said of a person."""
    return is_number(text) or _CODE.fullmatch(text) is not None


def is_yes_no(text: str) -> bool:
    """Whether a text is a bare yes or no, ticked boxes too."""
    return text.casefold() in _YES_NO


def plain_words(text: str) -> str:
    """A text as words are compared: small letters without accents, single blanks, no punctuation."""
    kept = text.casefold()
    if not kept.isascii():
        kept = "".join(char for char in unicodedata.normalize("NFKD", kept) if not unicodedata.combining(char))
    kept = _APOSTROPHES.sub("", kept)
    words = re.sub(r"[^\w✓✔✅❌✗✘❓?]+|_", " ", kept).split()
    return " ".join(words)


@lru_cache(4_096)
def coming_of(text: str) -> Coming | None:
    """What a status says, or None where the text is no status that is known."""
    words = plain_words(text[:60])
    return _ANSWERS.get(words) if words else None


def is_organisation(text: str) -> bool:
    """Whether a text has a word that only organisations have in their names, or is an acronym."""
    return _ORGANISATION.search(text) is not None or _ACRONYM.fullmatch(text) is not None


def is_job(text: str) -> bool:
    """Whether a text has a word for somebody's work."""
    return _JOB.search(text) is not None


def is_degree(text: str) -> bool:
    """Whether a text is a degree that stands behind a name."""
    return _DEGREE.fullmatch(text.strip()) is not None


def is_host(text: str) -> bool:
    """Whether a text says that somebody invites."""
    return _HOST.search(text) is not None


def companion(text: str) -> re.Match[str] | None:
    """The "+ partner" or "+1" that ends a text."""
    return _COMPANION.search(text)


def is_name(text: str, least: int = 2) -> bool:
    """
    Whether a text looks like a person's name: ``least`` to eight words of letters, none of an organisation's.

    A name in small letters only passes with four words at the most.
    """
    words = text.replace(",", " ").split()
    if not least <= len(words) <= 8 or len(text) > 80 or _ORGANISATION.search(text) is not None:
        return False
    if any(_NAME_WORD.fullmatch(word) is None for word in words) or coming_of(text) is not None:
        return False
    own = [word for word in words if word.casefold() not in PARTICLES]
    capital = sum(word[0].isupper() or not word[0].islower() for word in own)
    return bool(own) and (capital * 2 > len(own) or (capital == 0 and len(words) <= 4))


def share(cells: Iterable[bool]) -> float:
    """Which part of the cells it holds for; scalar in 0..1, 0 for none."""
    found = list(cells)
    return sum(found) / len(found) if found else 0.0
