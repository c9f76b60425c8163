"""The telephone's page in Chromium, 390 by 844: the network cut in between, the page closed, taps home exactly once."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.web.web_during import Phoning, Telephone, free_port, host, phoning, tap
from tests.web.web_serving import CHROMIUM_ARGUMENTS, chromium

from maatje.app import after, clock, guests, occasions
from maatje.app.home import Home
from maatje.web.lan import Plan
from maatje.web.lan_gate import Origin

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
NAME = "party.test"
"""A name that is no loopback: to a browser the page is then as insecure as on any local network."""

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "en"}
NASTY = "<img src=x onerror=document.title='pwned'>"
REPORT = """
window.reports = [];
document.addEventListener("securitypolicyviolation", (event) => reports.push(event.violatedDirective));
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium here: set MAATJE_CHROMIUM or install it"),
]


@pytest.fixture(scope="module")
def mobile(chrome: Browser) -> Iterator[Browser]:
    """A Chromium that finds the party's name at the loopback."""
    arguments = [*CHROMIUM_ARGUMENTS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
    found = chrome.browser_type.launch(executable_path=chromium(), args=arguments)
    yield found
    found.close()


@pytest.fixture
def party(tmp_path: Path) -> tuple[Home, int]:
    """A home with a party of the test's own."""
    return host(tmp_path)


@pytest.fixture
def here(party: tuple[Home, int]) -> Iterator[Phoning]:
    """Its list, offered plainly on the local network."""
    port = free_port()
    with phoning(*party, Plan("127.0.0.1", port, Origin("http", NAME, port))) as found:
        yield found


class Phone:
    """A telephone with a screen; what its page complains of is written down."""

    def __init__(self, served: Phoning, mobile: Browser, **options: Any) -> None:
        self.served = served
        self.context: BrowserContext = mobile.new_context(**{**PHONE, **options})
        self.context.add_init_script(REPORT)
        self.complaints: list[str] = []
        self.page: Page = self.open()

    def open(self) -> Page:
        """A new page of the same telephone."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def pair(self) -> Phone:
        """Follow the square's address, and have the six digits confirmed."""
        pairings = self.served.offered.pairings
        self.page.goto(f"{self.served.base}/#{pairings.new_code()}")
        self.page.locator("#compare").wait_for()
        assert pairings.match(self.page.locator("#match").inner_text())
        self.page.locator("#s-all li").first.wait_for()
        assert "#" not in self.page.url
        return self

    def spoke(self, name: str) -> None:
        """Tap on somebody's row."""
        self.page.locator(".guest", has_text=name).locator(".tap").tap()
        self.status("not handed over yet")  # kept here first; handed over a moment later

    def line(self, name: str, text: str) -> None:
        """Write the one line about somebody."""
        self.page.locator(".guest", has_text=name).locator(".memo input").fill(text)

    def status(self, text: str) -> None:
        """Wait until the status line says this."""
        self.page.locator("#status", has_text=text).wait_for(timeout=15_000)

    def is_spoken(self, name: str) -> bool:
        """Whether the box of somebody is checked."""
        return self.page.locator(".guest", has_text=name).locator("input[type=checkbox]").is_checked()

    def done(self) -> None:
        """Nothing was complained of."""
        self.complaints += self.page.evaluate("window.reports || []")
        assert self.complaints == []
        self.context.close()


def found(page: Page) -> list[str]:
    """The names that are left on the list."""
    return page.locator(".guest:not([hidden]) b").all_text_contents()


def talked(served: Phoning) -> list[tuple[str, str]]:
    """Who was spoken, and the lines, as the diary has them."""
    with served.home.connect(read_only=True) as db:
        return sorted((one.name, one.memory) for one in after.page(db, served.occasion, clock.now()).talked)


def test_an_evening_with_the_network_cut(here: Phoning, mobile: Browser) -> None:
    """Two letters, a tap, a line, a new face, with the network gone in between: home once, in one's own words."""
    phone = Phone(here, mobile).pair()
    page = phone.page
    assert page.evaluate("isSecureContext") is False
    assert page.locator(".banner").is_visible()
    page.locator("#letters").fill("zü")
    assert found(page) == ["Émile Zürcher"]
    page.locator("#letters").fill("an")
    assert found(page) == ["Émile Zürcher"], "by the organisation, Ångström"
    page.locator("#letters").fill("yc")
    assert found(page) == ["Yara Coenen"], "by the initials"
    phone.spoke("Yara Coenen")
    phone.status("All of it is on the computer.")
    assert talked(here) == [("Yara Coenen", "")]

    phone.context.set_offline(True)
    phone.line("Yara Coenen", f"The care board {NASTY}")
    page.locator("#all").tap()
    phone.spoke("Søren")
    phone.spoke("Roos Dijkema")
    phone.spoke("Sander Blom")
    phone.spoke("Sander Blom")
    page.locator("#letters").fill("Wietske Nieuw")
    assert page.locator("#none").is_visible()
    assert page.locator("#new").input_value() == "Wietske Nieuw"
    page.locator("#face button").tap()
    page.locator("#s-other .guest").wait_for()
    phone.line("Wietske Nieuw", "Sails too")
    page.wait_for_timeout(1200)
    phone.status("not handed over yet")
    assert page.locator("#s-other .guest .memo").is_visible()
    assert talked(here) == [("Yara Coenen", "")]

    phone.context.set_offline(False)
    phone.status("All of it is on the computer.")
    assert talked(here) == [
        ("Roos Dijkema", ""),
        ("Søren Ærø", ""),
        ("Wietske Nieuw", "Sails too"),
        ("Yara Coenen", f"The care board {NASTY}"),
    ]
    page.reload()
    page.locator("#s-other .guest").wait_for()
    assert (phone.is_spoken("Roos"), phone.is_spoken("Sander"), phone.is_spoken("Wietske")) == (True, False, True)
    assert page.locator(".guest", has_text="Yara").locator(".memo input").input_value() == f"The care board {NASTY}"
    assert page.title() == "At the occasion · maatje"
    phone.done()


def test_lost_answers_deliver_once(here: Phoning, mobile: Browser) -> None:
    """Taps arrive, the answer is lost, three times: they are sent again, and are one talk each."""
    phone = Phone(here, mobile).pair()
    sent: list[str] = []

    def lose(route: Any) -> None:
        sent.append(route.request.post_data)
        if len(sent) <= 2:
            headers = {**route.request.headers, "Host": here.host}
            assert httpx.post(f"{here.socket}/taps", content=route.request.post_data, headers=headers).is_success
            route.abort()
        else:
            route.continue_()

    phone.page.route("**/taps", lose)
    phone.spoke("Yara Coenen")
    phone.line("Yara Coenen", "Once")
    phone.status("The computer does not answer")
    phone.status("All of it is on the computer.")
    assert len(sent) >= 3
    assert talked(here) == [("Yara Coenen", "Once")]
    phone.done()


@pytest.mark.parametrize("hidden", ["", "indexedDB"], ids=["indexeddb", "localstorage"])
def test_what_was_tapped_outlives_the_page(here: Phoning, mobile: Browser, hidden: str) -> None:
    """A page that closes with taps in it has them when it opens again, whichever store the browser has."""
    phone = Phone(here, mobile)
    if hidden:
        phone.context.add_init_script(f"Object.defineProperty(window, '{hidden}', {{ value: undefined }})")
    phone.pair()
    phone.context.set_offline(True)
    phone.spoke("Yara Coenen")
    phone.line("Yara Coenen", "Kept")
    phone.page.evaluate("document.activeElement.blur()")
    phone.status("not handed over yet")
    phone.page.wait_for_timeout(200)
    phone.page.close()
    phone.page = phone.open()
    phone.context.set_offline(False)
    phone.page.goto(here.base)
    phone.status("All of it is on the computer.")
    assert talked(here) == [("Yara Coenen", "Kept")]
    phone.done()


def test_a_browser_that_keeps_nothing_says_so(here: Phoning, mobile: Browser) -> None:
    """Without any store the page still works while it is open, and says that it must stay so."""
    phone = Phone(here, mobile)
    phone.context.add_init_script(
        "for (const name of ['indexedDB', 'localStorage']) Object.defineProperty(window, name, { value: undefined })"
    )
    phone.pair()
    phone.status("leave it open until all is handed over")
    phone.spoke("Yara Coenen")
    phone.status("All of it is on the computer.")
    assert talked(here) == [("Yara Coenen", "")]
    phone.done()


def test_another_telephone_said_otherwise(here: Phoning, mobile: Browser) -> None:
    """Where another telephone spoke later and differently, that stands, and is said in words beside the name."""
    phone = Phone(here, mobile).pair()
    other = Telephone(here).pair()
    guest = {row[1]: row[0] for row in other.get("/party").json()["people"]}["Yara Coenen"]
    phone.context.set_offline(True)
    phone.spoke("Yara Coenen")
    later = clock.now() + 30
    other.deliver(tap(guest, "Yara Coenen", at=later - 1), tap(guest, "Yara Coenen", at=later, spoke=False))
    phone.context.set_offline(False)
    phone.page.get_by_text("On another telephone it says that you did not speak.").wait_for()
    assert not phone.is_spoken("Yara Coenen")
    assert talked(here) == []
    phone.done()


def test_nothing_is_handed_to_a_stranger(here: Phoning, mobile: Browser) -> None:
    """In another network something else may answer at this address: it gets neither token nor taps, and it is said."""
    phone = Phone(here, mobile).pair()
    seen: list[str] = []
    phone.page.on("request", lambda request: seen.append(request.url.rsplit("/", 1)[1]))
    phone.page.route("**/here?*", lambda route: route.fulfill(json={"state": "revoked", "proof": "0" * 64}))
    phone.spoke("Yara Coenen")
    phone.status("Something else answers at this address")
    assert "taps" not in seen
    assert phone.page.locator("#s-all li").count() > 20
    phone.page.unroute("**/here?*")
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.status("All of it is on the computer.")
    phone.done()


def test_taps_of_an_occasion_that_is_gone_hold_up_no_others(tmp_path: Path, mobile: Browser) -> None:
    """Taps that the computer can no longer place stay on the telephone, are told of, and the next evening goes on."""
    home, number = host(tmp_path)
    port = free_port()
    with phoning(home, None, Plan("127.0.0.1", port, Origin("http", NAME, port))) as here:
        phone = Phone(here, mobile).pair()
        phone.context.set_offline(True)
        phone.spoke("Yara Coenen")
        now = clock.now()
        with home.connect() as db:
            made = occasions.new(db, occasions.Draft("Lecture", now - 60, now + 3600, kind="reception"), now)
            occasions.remove(db, number, now)
            guests.add(db, guests.preview(db, made.id, "Wietske Nieuw, Zorgraad"), now)
        phone.context.set_offline(False)
        phone.page.reload()
        phone.page.locator("h1", has_text="Lecture").wait_for()
        phone.spoke("Wietske Nieuw")
        phone.status("2 not handed over yet")
        phone.status("one not handed over yet")
        assert talked(replace(here, occasion=made.id)) == [("Wietske Nieuw", "")]
        phone.page.wait_for_timeout(100)
        assert "no occasion" in phone.page.locator("#status").inner_text().lower()
        phone.done()


def test_taken_off_loses_the_list_and_keeps_the_taps(here: Phoning, mobile: Browser) -> None:
    """A telephone that the computer took off has no list any more; what it had not handed over it still has."""
    phone = Phone(here, mobile).pair()
    phone.context.set_offline(True)
    phone.spoke("Yara Coenen")
    phone.status("one not handed over yet")
    here.offered.pairings.revoke(here.offered.pairings.telephones()[0].number)
    phone.context.set_offline(False)
    phone.page.get_by_text("The computer took this telephone off.").wait_for()
    assert phone.page.locator(".guest").count() == 0
    assert talked(here) == []
    phone.pair()
    phone.status("All of it is on the computer.")
    assert talked(here) == [("Yara Coenen", "")]
    phone.page.locator("#forget").tap()
    phone.page.get_by_text("The list is off this telephone.").wait_for()
    assert here.offered.pairings.telephones() == ()
    assert "Yara" not in phone.page.content()
    phone.done()


def test_big_targets_and_a_quiet_page(here: Phoning, mobile: Browser) -> None:
    """Rows and buttons are big enough for a thumb, nothing is wider than the screen, in either language and scheme."""
    for lang, name in (("en", "Yara Coenen"), ("nl", "Roos Dijkema")):
        phone = Phone(here, mobile, locale=lang).pair()
        page = phone.page
        assert page.locator("html").get_attribute("lang") == lang
        row = page.locator(".guest", has_text=name)
        row.locator(".tap").tap()
        row.locator(".memo input").wait_for()
        sizes = page.locator(".tap, button, input:not([type=checkbox])").evaluate_all(
            "(all) => all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().height)"
        )
        assert min(sizes) >= 48
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        phone.done()


def test_everybody_can_use_it(here: Phoning, mobile: Browser) -> None:
    """axe finds no serious or critical fault at the door or on the list, in the light and in the dark."""
    if not AXE.is_file():
        pytest.skip("axe.min.js is not here: `make` puts it in tests/web/vendor")
    source = AXE.read_text(encoding="utf-8")
    faults: list[Any] = []

    def look(page: Page, where: str) -> None:
        page.evaluate(source + "; 0")
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        faults.extend(
            (where, one["id"], one["nodes"][0]["html"][:160])
            for one in found
            if one["impact"] in ("serious", "critical")
        )

    for scheme in ("light", "dark"):
        phone = Phone(here, mobile, color_scheme=scheme)
        phone.page.goto(here.base)
        phone.page.locator("#hand-in").wait_for()
        look(phone.page, f"door {scheme}")
        phone.pair()
        phone.spoke("Yara Coenen")
        phone.page.locator(".memo input").first.wait_for()
        look(phone.page, f"list {scheme}")
        phone.context.close()
    assert faults == []


def test_it_comes_in_sixty_kilobytes(here: Phoning, mobile: Browser) -> None:
    """All that the page loads, from nothing to the list, is under 60 kB over the wire, and quick on a slow network."""
    phone = Phone(here, mobile)
    session = phone.context.new_cdp_session(phone.page)
    session.send("Network.enable")
    # What Chromium calls "Slow 3G" in its tools: 400 kbit/s, 400 ms there and back.
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000},
    )
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    phone.pair()
    phone.spoke("Yara Coenen")
    phone.status("All of it is on the computer.")
    assert 0 < sum(received) <= 60_000
    phone.done()


def test_in_a_secure_context_it_opens_without_network(party: tuple[Home, int], chrome: Browser) -> None:
    """Behind our own authority the page is installed, opens without network, takes taps, and brings them home."""
    pytest.importorskip("cryptography", reason="cryptography is not installed: maatje[tls]")
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    from maatje.web.authority import certificates

    home, occasion = party
    found = certificates(home.path, "127.0.0.1", clock.now())
    leaf = x509.load_pem_x509_certificate(found.chain.read_bytes())
    spki = leaf.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pin = base64.b64encode(hashlib.sha256(spki).digest()).decode()
    trusting = chrome.browser_type.launch(
        executable_path=chromium(),
        args=[*CHROMIUM_ARGUMENTS, f"--ignore-certificate-errors-spki-list={pin}"],
    )
    port = free_port()
    plan = Plan("127.0.0.1", port, Origin("https", "127.0.0.1", port), *found)
    with phoning(home, occasion, plan, hints=True) as here:
        phone = Phone(here, trusting).pair()
        page = phone.page
        assert page.evaluate("isSecureContext") is True
        assert page.locator(".banner").count() == 0
        page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        manifest = page.evaluate("fetch('/manifest.webmanifest').then((answer) => answer.json())")
        assert (manifest["display"], manifest["start_url"]) == ("standalone", "/")
        assert page.evaluate("caches.open('maatje-during').then((one) => one.keys()).then((all) => all.length)") == 5
        phone.context.set_offline(True)
        page.close()
        phone.page = page = phone.open()
        page.goto(here.base)
        page.locator("#s-all li").first.wait_for()
        assert page.locator("h1").inner_text() == "Herring party"
        phone.spoke("Yara Coenen")
        phone.status("one not handed over yet")
        page.reload()
        page.locator("#s-all li").first.wait_for()
        assert phone.is_spoken("Yara Coenen")
        phone.context.set_offline(False)
        phone.status("All of it is on the computer.")
        assert talked(here) == [("Yara Coenen", "")]
        phone.done()
    trusting.close()
