"""The telephone's server: one page, its list and its taps for who was let in, and nothing else for anybody."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.web.web_client import digest, status
from tests.web.web_during import Phoning, Telephone, host, phoning, tap

from maatje.app import after, clock
from maatje.web import routes as desktop
from maatje.web.gate import SECURITY_HEADERS
from maatje.web.lan import Limits
from maatje.web.lan_gate import BURST, LAN_HEADERS, MOST_POSTED, origin_of
from maatje.web.lan_routes import GUARDED

OPEN = ("/", "/during.css", "/during.js", "/herring.svg")
POSTS = ("/pair", "/pair/wait", "/taps", "/off")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phoning]:
    """A party's list, served plainly."""
    with phoning(*host(tmp_path_factory.mktemp("lan"))) as found:
        yield found


@pytest.fixture
def phone(served: Phoning) -> Telephone:
    """A telephone that was let in."""
    return Telephone(served).pair()


def raw(served: Phoning, request: str) -> bytes:
    """Send a request as it is written, and read until the server closes."""
    address = served.base.removeprefix("http://").split(":")
    with socket.create_connection((address[0], int(address[1])), timeout=10) as connection:
        connection.sendall(request.encode())
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer


def check_dressed(answer: bytes, headers: tuple[tuple[bytes, bytes], ...] = LAN_HEADERS) -> None:
    head = answer.split(b"\r\n\r\n", 1)[0].decode("latin-1").lower().split("\r\n")[1:]
    for name, value in headers:
        assert head.count(f"{name.decode()}: {value.decode().lower()}") == 1, name
    assert not [line for line in head if line.startswith(("server:", "access-control-", "set-cookie"))]


def test_every_other_path_is_not_there(phone: Telephone) -> None:
    """No address of the desktop's pages, nor any made up, is there for a telephone, let in or not."""
    paths = [re.sub(r"\{[^}]*\}", "2", route.path) for route in (*desktop.VIEWS, *desktop.ACTIONS)]
    paths += ["/static/style.css", "/static/../server.py", "/during", "/party/", "/taps/1", "/%2e%2e/party", "/pair/"]
    paths += ["/worker.js", "/manifest.webmanifest", "/authority.crt", "/enter", "/export", "/settings", "//party"]
    for path in {*paths} - {"/"}:
        for method in ("GET", "POST", "PUT", "DELETE"):
            answer = httpx.request(method, phone.served.base + path, headers=phone.headers())
            assert answer.status_code == 404, (method, path)


def test_paths_have_one_method(phone: Telephone) -> None:
    """What is looked at is not posted to, what is posted is not looked at, and nothing is deleted."""
    for method, paths in {"GET": POSTS, "POST": (*OPEN, "/party", "/here"), "DELETE": (*OPEN, *POSTS)}.items():
        for path in paths:
            answer = httpx.request(method, phone.served.base + path, headers=phone.headers())
            assert answer.status_code == 405, (method, path)


HOSTS = (
    "evil.test", "evil.test:{port}", "localhost:{port}", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:0{port}",
    "127.0.0.1.evil.test:{port}", "0.0.0.0:{port}", "[::1]:{port}", "user@127.0.0.1:{port}", "127.0.0.1:{port}/", "",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTS)
def test_only_its_own_name_is_answered(name: str, phone: Telephone) -> None:
    """Another Host gets 421, whoever asks: DNS rebinding ends here."""
    port = phone.served.base.rsplit(":", 1)[1]
    lines = (f"GET /party HTTP/1.1\r\nHost: {name.format(port=port)}", f"Authorization: Bearer {phone.token}")
    answer = raw(phone.served, "\r\n".join((*lines, "Connection: close")) + "\r\n\r\n")
    assert status(answer) == 421
    assert b"Herring" not in answer
    check_dressed(answer)


def test_two_hosts_and_other_forms_are_refused(phone: Telephone) -> None:
    """Two Hosts, an absolute target, many ranges, no HTTP: 400, with the headers on."""
    here = phone.served.base.removeprefix("http://")
    for lines, headers in (
        (f"GET / HTTP/1.1\r\nHost: {here}\r\nHost: evil.test", SECURITY_HEADERS),  # uvicorn's own refusals, dressed
        ("nonsense", SECURITY_HEADERS),
        (f"GET http://evil.test/ HTTP/1.1\r\nHost: {here}", LAN_HEADERS),
        (f"GET / HTTP/1.1\r\nHost: {here}\r\nRange: bytes=0-1,3-4", LAN_HEADERS),
    ):
        answer = raw(phone.served, f"{lines}\r\nConnection: close\r\n\r\n")
        assert status(answer) == 400, lines
        check_dressed(answer, headers)


def test_every_answer_is_dressed_and_sets_no_cookie(phone: Telephone) -> None:
    """Page, file, list, refusal and fault carry the whole header set once, and never a cookie."""
    here = phone.served.base.removeprefix("http://")
    for path in (*OPEN, "/party", "/here?number=1&nonce=x", "/nothing", "/taps"):
        lines = f"GET {path} HTTP/1.1\r\nHost: {here}\r\nAuthorization: Bearer {phone.token}\r\nConnection: close"
        check_dressed(raw(phone.served, f"{lines}\r\n\r\n"))


def test_without_a_token_nobody_sees_anybody(served: Phoning) -> None:
    """The open page and its files hold no name; list, taps and leaving are locked, whatever is sent instead."""
    for path in OPEN:
        assert not re.search("Herring|Marijke|Yara|Zorgraad", httpx.get(served.base + path).text), path
    wrong = Telephone(served, token="x" * 43)
    for telephone in (Telephone(served), wrong):
        assert telephone.get("/party").status_code == 401
        assert telephone.post("/taps", {}).status_code == 401
        assert telephone.post("/off", {}).status_code == 401
    good = Telephone(served).pair().token
    for headers in ({"Cookie": f"token={good}"}, {"Authorization": good}, {"Authorization": f"Basic {good}"}):
        assert httpx.get(served.base + "/party", headers=headers).status_code == 401
    assert httpx.get(f"{served.base}/party?token={good}").status_code == 401
    assert {"/party", "/taps", "/off"} == GUARDED


def test_forged_posts_are_refused(phone: Telephone) -> None:
    """No other page can post, even with a token it should not have: 403; nothing is kept."""
    before = digest(phone.served.home)
    port = phone.served.base.rsplit(":", 1)[1]
    shape = {"occasion": phone.served.occasion, "device": phone.device, "now": clock.now(), "taps": [tap(1, "x")]}
    for name, value in (
        ("Origin", "https://evil.test"), ("Origin", "null"), ("Origin", f"http://127.0.0.1:{int(port) + 1}"),
        ("Origin", f"https://127.0.0.1:{port}"), ("Origin", ""), ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Site", "none"),
    ):  # fmt: skip
        headers = {**phone.headers(), name: value}
        if (name, value) == ("Origin", "null"):
            del headers["Sec-Fetch-Site"]  # what plain pages of other sites send
        if not value:
            del headers[name]
        assert phone.post("/taps", shape, headers).status_code == 403, (name, value)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        assert phone.post("/taps", shape, phone.headers(Content_Type=kind)).status_code == 415, kind
    assert digest(phone.served.home) == before


def test_too_much_is_refused(phone: Telephone) -> None:
    """More bytes than an evening has, said or sent, packed or deep, is refused, and the server lives."""
    big = b"[" * (MOST_POSTED + 1)
    url = phone.served.base + "/taps"
    assert httpx.post(url, content=big, headers=phone.headers()).status_code == 413
    assert httpx.post(url, content=iter([big[:1000]] * 300), headers=phone.headers()).status_code == 413
    assert httpx.post(url, content=b"[" * 100_000, headers=phone.headers()).status_code == 400
    assert httpx.post(url, content=b"{}", headers=phone.headers(Content_Encoding="gzip")).status_code == 415
    assert phone.get("/party").status_code == 200


NONSENSE: tuple[Any, ...] = (
    {}, [], None, {"occasion": "1"}, {"occasion": True}, {"occasion": -1}, {"occasion": 10**30}, {"taps": {}},
    {"taps": [[]]}, {"taps": [{}]}, {"taps": [tap(1, "x", spoke="yes")]}, {"taps": [tap(1, "x", at="now")]},
    {"taps": [tap(1, "x", at=10**15)]}, {"taps": [tap("1", "x")]}, {"taps": [tap(1, ["x"])]},
    {"taps": [tap(1, "x", id=7)]}, {"taps": [tap(1, "x")] * 1001}, {"now": None}, {"device": 3},
)  # fmt: skip


@pytest.mark.parametrize("wrong", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_is_refused_in_words(wrong: Any, phone: Telephone) -> None:
    """What no telephone of ours sends is refused as a whole, in a sentence; the store is as it was."""
    before = digest(phone.served.home)
    good = {"occasion": phone.served.occasion, "device": phone.device, "now": clock.now(), "taps": []}
    answer = phone.post("/taps", {**good, **wrong} if isinstance(wrong, dict) and wrong else wrong)
    assert answer.status_code == 400
    assert answer.json()["words"]
    assert digest(phone.served.home) == before


def test_taps_of_no_occasion_stay_on_the_telephone(phone: Telephone) -> None:
    """Taps of an occasion that is not there are refused in words, so the telephone keeps them."""
    answer = phone.deliver(tap(1, "x"), occasion=999)
    assert answer.status_code == 400
    assert "ids" not in answer.json()


def test_the_list_is_the_party(phone: Telephone) -> None:
    """Who was let in gets the guests with name and organisation, and on plain http no fact about any."""
    shape = phone.get("/party").json()
    assert (shape["name"], shape["occasion"]) == ("Herring party", phone.served.occasion)
    people = {row[1]: row for row in shape["people"]}
    assert people["Yara Coenen"][2:] == ["Zorgraad", "", "all"]
    assert people["Bo Nasty"][2] == "{{7*7}} & Zn"
    assert all(row[3] == "" for row in shape["people"])


def test_delivered_three_times_is_once(phone: Telephone) -> None:
    """The same taps three times, in any order, are one talk each; every answer lets the telephone forget them all."""
    people = {row[1]: row[0] for row in phone.get("/party").json()["people"]}
    taps = [
        tap(people["Yara Coenen"], "Yara Coenen", memory="The care board"),
        tap(people["Sander Blom"], "Sander Blom"),
        tap(None, "Wietske Nieuwkomer", memory="Sails too"),
    ]
    answers = [phone.deliver(*taps), phone.deliver(*reversed(taps)), phone.deliver(*taps, ahead=7200)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert all(set(answer.json()["ids"]) == {one["id"] for one in taps} for answer in answers)
    with phone.served.home.connect(read_only=True) as db:
        talked = [(one.name, one.memory) for one in after.page(db, phone.served.occasion, clock.now()).talked]
    for one in taps:
        assert talked.count((one["name"], one["memory"])) == 1
    again = {row[1]: row[2] for row in phone.get("/party").json()["talked"]}
    assert again["Yara Coenen"] == "The care board"
    assert again["Wietske Nieuwkomer"] == "Sails too"


def test_two_telephones_that_disagree_are_told(served: Phoning) -> None:
    """What another telephone said later stands, and the one that hears of it is told in words; lines are both kept."""
    one, other = Telephone(served).pair(), Telephone(served).pair()
    people = {row[1]: row[0] for row in one.get("/party").json()["people"]}
    guest = people["Roos Dijkema"]
    now = clock.now()
    first = tap(guest, "Roos Dijkema", at=now - 60, memory="Knows Yara")
    assert other.deliver(tap(guest, "Roos Dijkema", at=now - 50)).json()["clashes"] == []
    other.deliver(tap(guest, "Roos Dijkema", at=now - 10, spoke=False))
    clashes = one.deliver(first).json()["clashes"]
    assert [[row[0], "did not speak" in row[2]] for row in clashes if row[0] == guest] == [[guest, True]]
    other.deliver(tap(guest, "Roos Dijkema", at=now - 5, memory="Has a boat"))
    shape = one.get("/party").json()
    assert {row[1]: row[2] for row in shape["talked"]}["Roos Dijkema"] == "Knows Yara; Has a boat"
    assert any("Different lines" in row[2] for row in shape["clashes"] if row[0] == guest)


def test_codes_open_once_and_only_with_a_yes(served: Phoning) -> None:
    """A code is used up by its first use; without the computer's yes there is no token; a no is told."""
    telephone, pairings = Telephone(served), served.offered.pairings
    code = pairings.new_code()
    asked = telephone.post("/pair", {"code": code.lower()}).json()
    assert telephone.post("/pair", {"code": code}).status_code == 403
    assert "token" not in telephone.post("/pair/wait", {"secret": asked["secret"]}).json()
    assert not pairings.match("000000" if asked["match"] != "000000" else "111111")
    assert [one.match for one in pairings.waiting()] == [asked["match"]]
    assert pairings.answer(pairings.waiting()[0].number, let_in=False)
    assert telephone.post("/pair/wait", {"secret": asked["secret"]}).json() == {"state": "refused"}
    assert telephone.post("/pair/wait", {"secret": asked["secret"]}).json() == {"state": "over"}
    for wrong in ({}, {"code": 7}, {"code": "x" * 100}, [], {"code": ""}):
        assert telephone.post("/pair", wrong).status_code == 403
    assert telephone.post("/pair/wait", {"secret": 7}).json() == {"state": "over"}


def test_a_token_is_told_once(served: Phoning) -> None:
    """Who asks again with the same secret gets no second token."""
    telephone, pairings = Telephone(served), served.offered.pairings
    asked = telephone.post("/pair", {"code": pairings.new_code()}).json()
    pairings.match(asked["match"])
    assert telephone.post("/pair/wait", {"secret": asked["secret"]}).json()["token"]
    assert telephone.post("/pair/wait", {"secret": asked["secret"]}).json() == {"state": "over"}


def test_taken_off_is_off_at_once(served: Phoning) -> None:
    """A telephone that was taken off, by the computer or by itself, sees nothing from the next request on."""
    one, other = Telephone(served).pair(), Telephone(served).pair()
    assert served.offered.pairings.revoke(one.number)
    assert one.get("/party").json() == {"refused": "revoked"}
    assert other.post("/off", {}).status_code == 200
    assert other.get("/party").status_code == 401
    assert other.deliver(tap(1, "x")).status_code == 401


def test_the_computer_proves_itself(phone: Telephone) -> None:
    """Only who knows the token can seal the telephone's nonce; a revoked telephone gets a sealed word of that."""
    nonce = "0f" * 16
    key = hashlib.sha256(phone.token.encode()).digest()

    def sealed(word: str) -> dict[str, str]:
        return {"state": word, "proof": hmac.new(key, f"{word}:{nonce}".encode(), "sha256").hexdigest()}

    path = f"/here?number={phone.number}&nonce={nonce}"
    assert httpx.get(phone.served.base + path).json() == sealed("in")
    for wrong in (f"/here?number={phone.number}", f"/here?number=1&nonce={nonce}", f"/here?number=x&nonce={nonce}",
                  f"/here?number={phone.number}&nonce=", f"/here?number={'9' * 20}&nonce={nonce}"):  # fmt: skip
        assert httpx.get(phone.served.base + wrong).status_code == 401
    phone.served.offered.pairings.revoke(phone.number)
    assert httpx.get(phone.served.base + path).json() == sealed("revoked")


def test_looking_changes_nothing(phone: Telephone) -> None:
    """No request that only looks changes a row."""
    before = digest(phone.served.home)
    for path in (*OPEN, "/party", "/here"):
        phone.get(path)
    assert digest(phone.served.home) == before


def test_what_is_asked_too_often_waits(served: Phoning) -> None:
    """Ten codes at once and no more, whoever asks; and an address that floods is told to wait, not the others."""
    with phoning(served.home, served.occasion, limits=Limits()) as here:
        telephone = Telephone(here)
        answers = [telephone.post("/pair", {"code": "WRONGWRONG"}).status_code for _ in range(20)]
        assert answers == [403] * 10 + [429] * 10
        assert telephone.post("/pair", {"code": here.offered.pairings.new_code()}).status_code == 429
        with httpx.Client(base_url=here.base) as client:
            seen = [client.get("/herring.svg").status_code for _ in range(BURST + 60)]
        assert seen[:100] == [200] * 100
        assert 429 in seen


def test_the_page_is_light(phone: Telephone) -> None:
    """Page, script, sheet and a list of three hundred come in 60 kB, unpacked as well as packed."""
    rows = [[number, f"Somebody van der Name {number}", f"Firm number {number}", "", "all"] for number in range(300)]
    party = json.dumps({**phone.get("/party").json(), "people": rows}, separators=(",", ":"))
    files = [httpx.get(phone.served.base + path, headers={"Accept-Encoding": "identity"}) for path in OPEN]
    assert sum(len(one.content) for one in files) + len(party) <= 60_000
    packed = 0
    for path in OPEN:
        with httpx.stream("GET", phone.served.base + path, headers={"Accept-Encoding": "gzip"}) as answer:
            packed += sum(len(piece) for piece in answer.iter_raw())
    assert packed <= 20_000


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://maatje.example.org", "https://maatje.example.org"),
        ("https://Maatje.Example.org:443/", "https://maatje.example.org"),
        ("https://box.tail.example:8443", "https://box.tail.example:8443"),
        ("http://[fd00::1]:8766", "http://[fd00::1]:8766"),
        ("https://x.example.org/path", None),
        ("https://me@x.example.org", None),
        ("ftp://x.example.org", None),
        ("x.example.org", None),
        ("https://x.example.org:99999", None),
        ("", None),
    ],
)
def test_origins(address: str, base: str | None) -> None:
    """An address is an origin as browsers write it, or none."""
    found = origin_of(address)
    assert (found.base if found else None) == base
