"""The gate: nobody else's page acts, no other name is answered, no request is too much, every answer is dressed."""

from __future__ import annotations

import logging
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from tests.web import web_diary, web_gate_occasions
from tests.web.web_client import Client, digest, raw, status
from tests.web.web_serving import Serving, serving

from maatje.app.home import Home
from maatje.store.db import Db
from maatje.web.gate import MOST_BODY, SECURITY_HEADERS
from maatje.web.routes import ACTIONS, OPEN_PATHS, UPLOADS, VIEWS
from maatje.web.server import create_app, entrance

# Every route that changes something, with an address and a form that it would take.
CASES: dict[str, tuple[str, dict[str, str]]] = {
    "/contact/{contact_id:int}/no-answer-needed": ("/contact/2/no-answer-needed", {}),
    "/contact/{contact_id:int}/not-now": ("/contact/2/not-now", {}),
    "/contact/{contact_id:int}/we-spoke": ("/contact/2/we-spoke", {}),
    "/contact/{contact_id:int}/leave-alone": ("/contact/2/leave-alone", {"on": "yes"}),
    "/contact/{contact_id:int}/circle": ("/contact/2/circle", {"circle": "15"}),
    "/contact/{contact_id:int}/remember": ("/contact/2/remember", {"text": "The boat."}),
    "/contact/{contact_id:int}/edit": ("/contact/2/edit", {"title": "Roofer"}),
    "/contact/{contact_id:int}/clear": ("/contact/2/clear", {"field": "title"}),
    "/contact/{contact_id:int}/split": ("/contact/2/split", {"part": "3"}),
    "/handle/{handle_id:int}/know": ("/handle/2/know", {}),
    "/duplicates": ("/duplicates", {}),
    "/duplicates/again": ("/duplicates/again", {}),
    "/duplicates/{one:int}/{other:int}": ("/duplicates/2/3", {"say": "same"}),
    "/yield": ("/yield", {"text": "A tip", "kind": "information", "direction": "received", "people": "#2"}),
    "/yield/experiment": ("/yield/experiment", {"on": "yes", "question": "comes_by", "months": "12"}),
    "/yield/nothing": ("/yield/nothing", {}),
    "/yield/{number:int}": ("/yield/1", {"text": "A hint", "kind": "information", "direction": "given"}),
    "/yield/{number:int}/remove": ("/yield/1/remove", {}),
    "/week/quiet": ("/week/quiet", {"week": "2026-W24", "on": "yes"}),
    "/aside/{handle_id:int}/keep": ("/aside/2/keep", {}),
    "/aside/{handle_id:int}/unkeep": ("/aside/2/unkeep", {}),
    "/undo": ("/undo", {"id": "1"}),
    "/telephone": ("/telephone", {"number": "1", "say": "no"}),
    "/evaluate": ("/evaluate", {}),
    "/add": ("/add", {}),
    "/language": ("/language", {"lang": "nl"}),
    "/leave": ("/leave", {}),
    "/enter": ("/enter", {"code": "x"}),
    **web_gate_occasions.CASES,
}
# What has to be done first, so that there is something to take apart, or to change.
BEFORE: dict[str, tuple[str, ...]] = {
    "/contact/{contact_id:int}/split": ("/duplicates/{one:int}/{other:int}",),
    "/yield/{number:int}": ("/yield",),
    "/yield/{number:int}/remove": ("/yield",),
    **web_gate_occasions.BEFORE,
}
LOOKS = (
    "/", "/week", "/pile", "/pile?q=van&circle=5&season=quiet&from=50", "/contact/2", "/contact/2/moments", "/why/2",
    "/find", "/find?q=boat", "/aside", "/aside?q=herring", "/add", "/undo", "/evaluate",
    "/duplicates", "/duplicates?from=10", "/duplicates?with=2", "/telephone",
    "/yield", "/yield/add", "/yield/add?line=Sander+gave+me+a+tip", "/yield/add?with=2", "/year", "/year?of=2025",
    *web_gate_occasions.LOOKS,
)  # fmt: skip


@pytest.fixture(scope="module")
def client(served: Serving) -> Client:
    """Somebody who was let in, and only looks."""
    return Client(served)


@contextmanager
def own(folder: Path) -> Iterator[tuple[Home, Client]]:
    """A diary of the test's own, served, with somebody let in."""
    home = web_diary.make(folder)
    with serving(home, web_diary.now) as here:
        yield home, Client(here)


def test_every_act_has_a_case() -> None:
    """A route that changes something cannot be added without being tried with every forgery."""
    assert {route.path for route in ACTIONS} == set(CASES)
    assert all(route.methods == {"POST"} for route in ACTIONS)
    assert all(route.methods == {"GET", "HEAD"} for route in VIEWS)


def forgeries(client: Client, other: Client) -> dict[str, tuple[dict[str, str], str | None]]:
    """Twelve and more ways to act for somebody: headers, and the token (None for none)."""
    base, port = client.served.base, client.served.app.rules.port
    ours = {"Origin": base, "Sec-Fetch-Site": "same-origin"}
    return {
        "another site": ({"Origin": "https://evil.test", "Sec-Fetch-Site": "cross-site"}, client.token),
        "another site, old browser": ({"Origin": "https://evil.test"}, client.token),
        "our origin from another site": ({"Origin": base, "Sec-Fetch-Site": "cross-site"}, client.token),
        "a neighbour of the site": ({"Origin": base, "Sec-Fetch-Site": "same-site"}, client.token),
        "no origin": ({"Origin": "null"}, client.token),
        "no origin, from another site": ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, client.token),
        "neither header": ({}, client.token),
        "another port": ({"Origin": f"http://127.0.0.1:{port + 1}"}, client.token),
        "another scheme": ({"Origin": f"https://127.0.0.1:{port}"}, client.token),
        "another name of ours": ({"Origin": f"http://localhost:{port}", "Sec-Fetch-Site": "same-origin"}, client.token),
        "a longer name": ({"Origin": f"http://127.0.0.1:{port}.evil.test"}, client.token),
        "no token": (ours, None),
        "an empty token": (ours, ""),
        "another browser's token": (ours, other.token),
        "a token with more": (ours, client.token + "x"),
        "no cookie": ({**ours, "Cookie": ""}, client.token),
        "another's cookie name": ({**ours, "Cookie": client.cookie.replace("maatje-", "maatje-1")}, client.token),
    }


@pytest.mark.parametrize("route", sorted(CASES))
def test_forged_acts_are_refused(route: str, served: Serving, client: Client, diary: Home) -> None:
    """No other page, browser or guess can act: 403 each time, and the store is as it was."""
    before = digest(diary)
    path, form = CASES[route]
    for name, (headers, token) in forgeries(client, Client(served)).items():
        data = ({} if token is None else {"token": token}) | form
        answer = client.post(path, data, upload=route in UPLOADS, headers=headers)
        assert answer.status_code == 403, (route, name)
    assert digest(diary) == before


def done(client: Client, route: str) -> httpx.Response:
    """An act done with its own form; where it takes files, with one that it can read."""
    path, form = CASES[route]
    mail = ("files", ("mail.mbox", web_diary.mailbox(1).encode(), "application/mbox"))
    files = [mail if route == "/add" else ("nothing", (None, b""))]
    options = {"files": files} if route in UPLOADS else {}
    return client.post(path, {"token": client.token, **form}, upload=route in UPLOADS, **options)


@pytest.mark.parametrize("route", sorted(set(CASES) - {"/undo", "/enter"}))
def test_own_acts_are_done(route: str, tmp_path: Path) -> None:
    """The same form from our own page is taken: the refusals above are not for another reason."""
    with own(tmp_path) as (_, client):
        for former in BEFORE.get(route, ()):
            assert done(client, former).status_code == 303, former
        answer = done(client, route)
        is_file = route in web_gate_occasions.DOWNLOADS
        assert answer.status_code in ((200,) if route == "/leave" or is_file else (303,)), answer.text
        assert ("attachment" in answer.headers.get("content-disposition", "")) == is_file
        if answer.status_code == 303:
            assert answer.headers["location"].startswith("/")


def test_acts_are_undone(tmp_path: Path) -> None:
    """What a page did, its undo page takes back."""
    with own(tmp_path) as (home, client):
        with home.connect(read_only=True) as db:
            before = list(db.execute("SELECT * FROM contacts ORDER BY id"))
        client.post("/contact/2/leave-alone", {"token": client.token, "on": "yes", "back": "/contact/2"})
        assert "To be left alone" in client.get("/contact/2").text
        found = re.search(r'name="id" value="(\d+)"', client.get("/undo").text)
        assert found is not None
        assert client.post("/undo", {"token": client.token, "id": found[1]}).status_code == 303
        with home.connect(read_only=True) as db:
            assert list(db.execute("SELECT * FROM contacts ORDER BY id")) == before


def test_browser_without_origin_acts_by_fetch_site(tmp_path: Path) -> None:
    """Our no-referrer makes browsers write "Origin: null" on our own forms; with same-origin that is ours."""
    with own(tmp_path) as (_, client):
        headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
        answer = client.post("/contact/2/not-now", {"token": client.token}, headers=headers)
        assert answer.status_code == 303


def test_looking_changes_nothing(client: Client, diary: Home) -> None:
    """No page that is looked at changes a row."""
    before = digest(diary)
    for path in LOOKS:
        assert client.get(path).status_code in (200, 303), path
        assert client.http.head(path).status_code in (200, 303), path
    assert digest(diary) == before


HOSTS: tuple[tuple[str, int], ...] = (
    ("127.0.0.1:{port}", 200), ("localhost:{port}", 200), ("LOCALHOST:{port}", 200), ("[::1]:{port}", 200),
    ("evil.test", 421), ("evil.test:{port}", 421), ("localhost.evil.test:{port}", 421),
    ("127.0.0.1.evil.test:{port}", 421),
    ("127.0.0.1", 421), ("localhost", 421), ("127.0.0.1:80", 421), ("127.0.0.1:{port}0", 421),
    ("127.0.0.1:0{port}", 421),
    ("localhost.:{port}", 421), ("0.0.0.0:{port}", 421), ("127.1:{port}", 421), ("2130706433:{port}", 421),
    ("127.0.0.2:{port}", 421), ("[::]:{port}", 421), ("[::ffff:127.0.0.1]:{port}", 421), ("::1:{port}", 421),
    ("user@127.0.0.1:{port}", 421), ("127.0.0.1:{port}@evil.test", 421), ("127.0.0.1:{port}/", 421),
    ("127.0.0.1:{port}#x", 421),
    ("", 421), ("*", 421), ("127.0.0.1:{port}, evil.test", 421),
)  # fmt: skip


@pytest.mark.parametrize(("host", "expected"), HOSTS)
def test_only_our_own_names_are_answered(host: str, expected: int, client: Client) -> None:
    """A name that is not ours, however alike, gets 421: DNS rebinding ends here."""
    named = host.format(port=client.served.app.rules.port)
    request = f"GET /week HTTP/1.1\r\nHost: {named}\r\nCookie: {client.cookie}\r\nConnection: close\r\n\r\n"
    answer = raw(client.served, request.encode())
    assert status(answer) == expected
    assert (b"Joost Wiersma" in answer) == (expected == 200)
    check_dressed(answer)


@pytest.mark.parametrize(
    "lines",
    [
        "GET /week HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.test",
        "GET /week HTTP/1.1\r\nHost: evil.test\r\nHost: 127.0.0.1:{port}",
        "GET /week HTTP/1.1\r\nX: y",
        "GET http://evil.test/week HTTP/1.1\r\nHost: 127.0.0.1:{port}",
        "GET https://127.0.0.1:{port}/week HTTP/1.1\r\nHost: 127.0.0.1:{port}",
        "GET /week HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nRange: bytes=0-1,3-4",
        "GET /static/style.css HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nRange: bytes="
        + ",".join("0-1" for _ in range(5000)),
        "nonsense",
    ],
)
def test_two_names_or_none_are_refused(lines: str, client: Client) -> None:
    """Two Hosts, none, a foreign absolute form, many ranges, no HTTP at all: 400, with our headers on."""
    request = (
        lines.format(port=client.served.app.rules.port) + f"\r\nCookie: {client.cookie}\r\nConnection: close\r\n\r\n"
    )
    answer = raw(client.served, request.encode())
    assert status(answer) == 400
    check_dressed(answer)


def test_own_absolute_form_is_answered(client: Client) -> None:
    """The absolute form of our own address is the same page."""
    port = client.served.app.rules.port
    lines = (f"GET http://127.0.0.1:{port}/week HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Cookie: {client.cookie}")
    request = "\r\n".join((*lines, "Connection: close")) + "\r\n\r\n"
    assert status(raw(client.served, request.encode())) == 200


def test_rebound_page_cannot_act(client: Client, diary: Home) -> None:
    """A rebound page has Host and Origin alike; it still is not us."""
    before = digest(diary)
    headers = {"Host": "rebound.evil.test", "Origin": "http://rebound.evil.test", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/contact/2/not-now", {"token": client.token}, headers=headers).status_code == 421
    assert digest(diary) == before


def test_forwarded_headers_mean_nothing(client: Client) -> None:
    """What a proxy would say of host, scheme or address neither opens nor closes anything."""
    forged = {
        "X-Forwarded-Host": "evil.test", "X-Forwarded-For": "8.8.8.8", "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil.test;proto=https", "X-HTTP-Method-Override": "DELETE", "X-Original-URL": "/undo",
    }  # fmt: skip
    answer = client.http.get("/week", headers=forged)
    assert answer.status_code == 200
    assert "evil.test" not in answer.text
    bare = httpx.get(
        f"{client.served.base}/week",
        headers={**forged, "X-Forwarded-Host": f"127.0.0.1:{client.served.app.rules.port}"},
    )
    assert bare.status_code == 403


def check_dressed(answer: bytes) -> None:
    head = answer.split(b"\r\n\r\n", 1)[0].decode("latin-1").lower().split("\r\n")[1:]
    for name, value in SECURITY_HEADERS:
        assert head.count(f"{name.decode()}: {value.decode().lower()}") == 1, name
    assert not [line for line in head if line.startswith(("server:", "access-control-"))]


def test_every_answer_is_dressed(client: Client) -> None:
    """Each page, file, redirect and error carries the whole header set, once."""
    port = client.served.app.rules.port
    lines = [
        f"GET {path} HTTP/1.1"
        for path in (*LOOKS, "/static/style.css", "/static/maatje.js", "/static/nothing", "/no/where")
    ]
    lines += [
        "GET /static/../server.py HTTP/1.1",
        "GET /contact/999999 HTTP/1.1",
        "DELETE /week HTTP/1.1",
        "OPTIONS /week HTTP/1.1",
    ]
    lines += [
        "TRACE / HTTP/1.1",
        "PUT /undo HTTP/1.1",
        "POST /week HTTP/1.1",
        "POST /undo HTTP/1.1",
        "HEAD /pile HTTP/1.1",
    ]
    seen = set()
    for line in lines:
        request = f"{line}\r\nHost: 127.0.0.1:{port}\r\nCookie: {client.cookie}\r\nConnection: close\r\n\r\n"
        answer = raw(client.served, request.encode())
        seen.add(status(answer))
        check_dressed(answer)
    assert {200, 303, 403, 404, 405} <= seen


def test_nobody_else_sees_anything(served: Serving) -> None:
    """Without a session every page is the same closed diary, in the browser's language, with nobody's name."""
    pages = set()
    for path in (*LOOKS, "/contact/999", "/no/where"):
        answer = httpx.get(served.base + path, headers={"Accept-Language": "nl"})
        assert answer.status_code == 403
        pages.add(answer.text)
    assert len(pages) == 1
    assert 'lang="nl"' in pages.pop()
    assert {"/enter"} == OPEN_PATHS


def test_code_opens_once_and_leaving_closes(served: Serving) -> None:
    """A code lets one browser in once; after leaving its cookie is dead, and the browser forgets what it holds."""
    code = served.app.sessions.new_code()
    first = httpx.post(
        f"{served.base}/enter", data={"code": code}, headers={"Origin": "null", "Sec-Fetch-Site": "cross-site"}
    )
    assert first.status_code == 303
    cookie = first.headers["set-cookie"]
    assert cookie.startswith("__Host-")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= {part.strip() for part in cookie.split(";")}
    again = httpx.post(f"{served.base}/enter", data={"code": code}, headers={"Origin": "null"})
    assert again.status_code == 403
    assert "set-cookie" not in again.headers
    client = Client(served)
    answer = client.post("/leave", {"token": client.token})
    assert "storage" in answer.headers["clear-site-data"]
    assert client.get("/week").status_code == 403


def test_code_in_an_address_opens_nothing(served: Serving) -> None:
    """A code or token that stands in a URL is not even looked at."""
    code = served.app.sessions.new_code()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "null"}
    assert httpx.post(f"{served.base}/enter?code={code}", headers=headers).status_code == 403
    assert httpx.get(f"{served.base}/week?code={code}&token={code}").status_code == 403


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
def test_forms_come_as_forms(kind: str, client: Client) -> None:
    """A body of another kind than the route takes is refused before it is read."""
    headers = {"Origin": client.served.base, "Content-Type": kind}
    answer = client.http.post("/contact/2/not-now", content=f"token={client.token}", headers=headers)
    assert answer.status_code == 415


def test_too_much_is_refused_at_once(client: Client) -> None:
    """A body that says it is too long, or turns out to be, is refused without being kept."""
    port = client.served.app.rules.port
    head = (
        f"POST /add HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {client.cookie}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nConnection: close\r\n"
    )
    answer = raw(client.served, f"{head}Content-Length: {MOST_BODY + 1}\r\n\r\n".encode())
    assert status(answer) == 413
    assert status(raw(client.served, f"{head}Content-Length: {2**70}\r\n\r\n".encode())) in (400, 413)
    assert status(raw(client.served, f"{head}Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc".encode())) == 415

    def endless() -> Iterator[bytes]:
        yield f'--b\r\nContent-Disposition: form-data; name="token"\r\n\r\n{client.token}\r\n--b\r\n'.encode()
        yield b'Content-Disposition: form-data; name="files"; filename="x.mbox"\r\n\r\n'
        for _ in range(MOST_BODY // 2**20 + 1):
            yield b"x" * 2**20

    headers = {"Origin": client.served.base, "Content-Type": "multipart/form-data; boundary=b"}
    assert client.http.post("/add", content=endless(), headers=headers).status_code == 413


def test_many_fields_are_refused(client: Client) -> None:
    """Ten thousand fields, or one huge one, are refused quickly; the gate reads no more than it must."""
    began = time.monotonic()
    form = {"token": client.token} | {f"f{number}": "x" for number in range(10_000)}
    assert client.post("/contact/2/not-now", form).status_code == 403
    parts = [("files", (f"{number}.mbox", b"x", "text/plain")) for number in range(10_000)]
    assert client.post("/add", {"token": client.token}, upload=True, files=parts).status_code == 400
    assert client.post("/contact/2/remember", {"token": client.token, "text": "x" * 2**21}).status_code == 413
    fields = {"token": client.token, "me": "x" * (2**20 + 1)}
    assert client.post("/add", fields, upload=True).status_code == 400
    assert time.monotonic() - began < 30


def test_upload_begins_with_its_token(client: Client, diary: Home) -> None:
    """A file form whose token does not come first is refused before any file is kept."""
    before = digest(diary)
    body = (
        '--b\r\nContent-Disposition: form-data; name="files"; filename="x.mbox"\r\n\r\nx\r\n'
        f'--b\r\nContent-Disposition: form-data; name="token"\r\n\r\n{client.token}\r\n--b--\r\n'
    )
    headers = {"Origin": client.served.base, "Content-Type": "multipart/form-data; boundary=b"}
    assert client.http.post("/add", content=body.encode(), headers=headers).status_code == 403
    assert digest(diary) == before


def test_files_are_read_and_thrown_away(tmp_path: Path) -> None:
    """An uploaded archive is read like any other, tells what it was, and leaves no copy behind."""
    with own(tmp_path) as (home, client):
        text = web_diary.message(
            ("Nieuw Gezicht", "nieuw@example.org"), ("H", web_diary.ME), web_diary.TODAY.replace(day=1), "Hello"
        )
        files = [("files", ("../../evil name.mbox", text.encode(), "application/mbox"))]
        answer = client.post("/add", {"token": client.token, "me": ""}, upload=True, files=files)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/add"
        assert "Just read" in client.get("/add").text
        assert "<mark>Gezicht</mark>" in client.get("/find?q=gezicht").text
        assert [path.name for path in home.path.iterdir() if path.name.startswith("given-")] == []


@pytest.mark.parametrize(
    "back", ["//evil.test", "https://evil.test/", "/\\evil.test", "javascript:alert(1)", "/week\r\nX: y"]
)
def test_the_way_back_stays_here(back: str, tmp_path: Path) -> None:
    """However the form names the page to return to, it is one of ours."""
    with own(tmp_path) as (_, client):
        answer = client.post("/language", {"token": client.token, "lang": "nl", "back": back})
        assert answer.headers["location"] == "/week"


def test_language_is_kept_in_a_cookie(client: Client) -> None:
    """The button in the foot changes the language for this browser, and nothing in the store."""
    answer = client.post("/language", {"token": client.token, "lang": "nl", "back": "/pile?q=van"})
    assert answer.headers["location"] == "/pile?q=van"
    chosen = answer.headers["set-cookie"].split(";")[0]
    page = client.http.get("/pile", headers={"Cookie": f"{client.cookie}; {chosen}", "Accept-Language": "en"})
    assert '<html lang="nl">' in page.text


def test_fragments_come_alone(client: Client) -> None:
    """htmx gets the one block that it asks for; a block that is none is the whole page."""
    part = client.get("/week", HX_Request="true", HX_Target="greetings").text
    assert part.startswith('<section class="block" id="greetings"')
    assert client.get("/week", HX_Request="true", HX_Target="nothing").text.startswith("<!doctype html>")


class BrokenHome(Home):
    """A home whose store fails with somebody's name in the error."""

    @contextmanager
    def connect(self, *, read_only: bool = False) -> Iterator[Db]:
        raise RuntimeError("Canary van der Name <canary@example.org>")
        yield


def test_our_faults_tell_nobody_s_name(diary: Home, caplog: pytest.LogCaptureFixture) -> None:
    """When we are wrong the page says so with a mark; the error's text is in neither page nor log, and all goes on."""
    with caplog.at_level(logging.DEBUG), serving(BrokenHome(diary.path, diary.settings), web_diary.now) as here:
        name, value = here.cookie()
        answers = [httpx.get(f"{here.base}/pile", headers={"Cookie": f"{name}={value}"}) for _ in range(2)]
    ours = [record for record in caplog.records if record.name.split(".")[0] not in ("httpx", "httpcore")]
    log = "\n".join(logging.Formatter().format(record) for record in ours)
    for answer in answers:
        assert answer.status_code == 500
        assert "made a mistake" in answer.text
        for header, wanted in SECURITY_HEADERS:
            assert answer.headers[header.decode()] == wanted.decode()
        mark = re.search(r"<code>([0-9a-f]{6})</code>", answer.text)
        assert mark is not None
        assert mark[1] in log
        assert "Canary" not in answer.text
    assert not {word for word in ("Canary", "Traceback", value, "/pile") if word in log}


def test_the_door_is_for_its_owner(diary: Home, tmp_path: Path) -> None:
    """The file that opens the diary can be read by its owner only, and its code is in nothing else."""
    app = create_app(diary, port=12345)
    door = entrance(app, tmp_path)
    assert stat.S_IMODE(door.stat().st_mode) == 0o600
    text = door.read_text(encoding="utf-8")
    found = re.search(r'name="code" value="([^"]+)"', text)
    assert found is not None
    assert 'action="http://127.0.0.1:12345/enter"' in text
    assert "<button>" in text
    assert app.sessions.enter(found[1]) is not None
    assert app.sessions.enter(found[1]) is None
