"""
What a mail folder's name says: that its mail was sent by the user, never sent, or unwanted.

Names come from file and folder names of many programs and languages ("Sent Items",
"[Gmail]/Verzonden berichten", "_sent_mail", "Envoy&AOk-s"), and from Gmail's label header.
"""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from typing import Final

from maatje.model.record import Mark

_SENT: Final = frozenset(
    """
    sent|sent items|sent mail|sent messages|sent msgs|sentmail|sentitems|sent email|sent emails|sent objects
    my sent mail|all sent|outgoing mail|sent archive|mail sent
    verzonden|verzonden items|verzonden berichten|verzonden e mail|verzonden e mails|verzonden mail|verstuurd
    verstuurde berichten|gesendet|gesendete|gesendete objekte|gesendete elemente|gesendete nachrichten
    postausgang gesendet|envoyés|envoyé|éléments envoyés|messages envoyés|courrier envoyé|objets envoyés|mails envoyés
    enviados|enviado|elementos enviados|correo enviado|mensajes enviados|itens enviados|mensagens enviadas
    e mails enviados|e mail enviado|inviata|inviati|posta inviata|elementi inviati|messaggi inviati
    skickat|skickade|skickade objekt|skickat mail|sendt|sendte elementer|sendt post|sendt mail|sendte|lähetetyt
    lähetetyt viestit|wysłane|elementy wysłane|wysłana poczta|odeslané|odeslaná pošta|odoslané|elküldött
    elküldött elemek|trimise|elemente trimise|poslano|poslane stavke|изпратени|отправленные|надіслані|απεσταλμένα
    gönderilmiş|gönderilmiş öğeler|gönderilenler|送信済み|送信済みメール|送信済みアイテム|已发送|已发送邮件
    已傳送|寄件備份
    보낸편지함|보낸 메일함|보낸 편지함|saatetud kirjad|nosūtītie|išsiųsta
    """.replace("\n", "|")
    .replace("    ", "")
    .split("|")
) - {""}
_DRAFT: Final = frozenset(
    """
    drafts|draft|templates|unsent messages|outbox|concepten|sjablonen|postvak uit|entwürfe|vorlagen
    postausgang|brouillons|modèles|boîte d’envoi|borradores|plantillas|rascunhos|bozze|modelli|utkast|kladder|luonnokset
    wersje robocze|koncepty|piszkozatok|ciorne|черновики|чернетки|πρόχειρα|taslaklar|下書き|草稿|임시보관함
    """.replace("\n", "|")
    .replace("    ", "")
    .split("|")
) - {""}
_JUNK: Final = frozenset(
    """
    spam|junk|junk e mail|junk email|junk mail|bulk mail|ongewenst|ongewenste e mail|ongewenste mail|reclame
    junk e mail ordner|spamverdacht|unerwünscht|unerwünschte werbung|pourriel|courrier indésirable|indésirables
    correo no deseado|lixo eletrônico|lixo eletrónico|posta indesiderata|skräppost|søppelpost|uønsket mail|roskaposti
    niechciane|wiadomości śmieci|nevyžádaná pošta|спам|нежелательная почта|迷惑メール|垃圾邮件|스팸메일함
    """.replace("\n", "|")
    .replace("    ", "")
    .split("|")
) - {""}

_COMPONENT: Final = re.compile(r"[/\\!]+")
_SUFFIX: Final = re.compile(r"\.(?:mbox|mbx|sbd|mbs|imapmbox|offlineimap|msf|txt|mailbox)$")
_SEPARATORS: Final = re.compile(r"[\s_\-\[\]]+")
_UTF7: Final = re.compile(r"&([A-Za-z0-9+,]*)-")


def is_sent_folder(name: str) -> bool:
    """Whether mail at this path or in this folder was sent by the user; any part of the path may say so."""
    return bool(folder_marks(name) & Mark.SENT)


@lru_cache(maxsize=1024)
def folder_marks(name: str) -> Mark:
    """
    The marks that a path or folder name gives to all its mail: ``SENT``, ``DRAFT``, ``JUNK`` or none.

    Args:
        name: a path or folder name as the user sees it; zip members after "!" are fine.
    """
    marks = Mark.NONE
    for component in _COMPONENT.split(name):
        for part in _readings(component):
            if part in _SENT:
                marks |= Mark.SENT
            elif part in _DRAFT:
                marks |= Mark.DRAFT
            elif part in _JUNK:
                marks |= Mark.JUNK
    return marks


def label_marks(labels: str) -> Mark:
    """The marks of a decoded ``X-Gmail-Labels`` header: a comma-separated list of label names."""
    marks = Mark.NONE
    for label in labels.split(",")[:50]:
        marks |= folder_marks(label.strip().strip('"'))
    return marks


def _readings(component: str) -> tuple[str, ...]:
    """The folder names a path part may mean: itself, and for Maildir's ``.Parent.Child`` each dotted part."""
    plain = _SUFFIX.sub("", _unescaped(component).casefold())
    whole = _SEPARATORS.sub(" ", plain).strip()
    if "." not in plain:
        return (whole,)
    return (whole, *(_SEPARATORS.sub(" ", part).strip() for part in plain.split(".") if part))


def _unescaped(component: str) -> str:
    """IMAP's modified UTF-7 ("Envoy&AOk-s") read, as Maildirs and Thunderbird keep it in file names."""
    return _UTF7.sub(_utf7, component) if "&" in component else component


def _utf7(match: re.Match[str]) -> str:
    if not match[1]:
        return "&"
    text = match[1].replace(",", "/")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4)).decode("utf-16-be")
    except ValueError:
        return match[0]
