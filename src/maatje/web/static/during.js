/* The telephone's page: every tap is kept here first, and handed over later, once by its id. No framework, no markup. */
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const words = $("words").dataset;
  const said = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  const seconds = () => Math.floor(Date.now() / 1000);
  const hex = (bytes) => [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  const random = () => hex(crypto.getRandomValues(new Uint8Array(16)));
  const BATCH = 50, FRESH = 300, LONGEST_PAUSE = 300, PATIENCE = 20000, DAY = 86400;

  // What must outlive the page: IndexedDB, else localStorage, else memory alone (and the page says so).
  const indexed = () => new Promise((resolve, reject) => {
    const ask = indexedDB.open("maatje", 1);
    ask.onupgradeneeded = () => ask.result.createObjectStore("kept");
    ask.onerror = ask.onblocked = () => reject(ask.error);
    ask.onsuccess = () => {
      const use = (mode, work) => new Promise((done, fail) => {
        const act = ask.result.transaction("kept", mode, { durability: "strict" });
        const found = work(act.objectStore("kept"));
        act.oncomplete = () => done(found);
        act.onabort = act.onerror = () => fail(act.error);
      });
      const load = async () => {
        const [keys, values] = await use("readonly", (shelf) => [shelf.getAllKeys(), shelf.getAll()]);
        return new Map(keys.result.map((key, place) => [key, values.result[place]]));
      };
      const write = (changes) => use("readwrite", (shelf) => {
        for (const [key, value] of changes) value === undefined ? shelf.delete(key) : shelf.put(value, key);
      });
      resolve({ lasts: true, load, write });
    };
  });
  const local = () => {
    const mark = "maatje:";
    localStorage.setItem(mark, "");
    const load = async () => new Map(Object.keys(localStorage).filter((key) => key.startsWith(mark) && key !== mark)
      .map((key) => [key.slice(mark.length), JSON.parse(localStorage.getItem(key))]));
    const write = async (changes) => {
      for (const [key, value] of changes)
        value === undefined ? localStorage.removeItem(mark + key) : localStorage.setItem(mark + key, JSON.stringify(value));
    };
    return { lasts: true, load, write };
  };
  const openStore = async () => {
    for (const way of [indexed, local])
      try { const found = await way(); return [found, await found.load()]; } catch { /* the next way */ }
    return [{ lasts: false, write: async () => {} }, new Map()];
  };
  let store, kept = new Map(), unkept = false;
  const keep = async (changes) => {
    for (const [key, value] of changes) value === undefined ? kept.delete(key) : kept.set(key, value);
    try { await store.write(changes); unkept = false; } catch { unkept = true; }
  };
  const byTime = (one, other) => one.at - other.at || (one.id < other.id ? -1 : 1);
  const pending = () => [...kept].filter(([key]) => key.startsWith("tap:")).map(([, tap]) => tap).sort(byTime);
  const token = () => kept.get("token");
  const party = () => kept.get("party");

  // SHA-256, because browsers offer none on plain http: the computer proves itself before anything is handed over.
  const ROOTS = [], CUBES = [];
  for (let n = 2; CUBES.length < 64; n++) {
    let is_prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) is_prime = false;
    const part = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
    if (is_prime) { CUBES.push(part(Math.cbrt(n))); if (ROOTS.length < 8) ROOTS.push(part(Math.sqrt(n))); }
  }
  const sha256 = (bytes) => {
    const data = new DataView(new ArrayBuffer((((bytes.length + 8) >> 6) + 1) * 64));
    bytes.forEach((one, place) => data.setUint8(place, one));
    data.setUint8(bytes.length, 128);
    data.setUint32(data.byteLength - 4, bytes.length * 8);
    const sum = [...ROOTS], w = new Int32Array(64), turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let start = 0; start < data.byteLength; start += 64) {
      for (let i = 0; i < 64; i++) {
        const x = w[i - 15], y = w[i - 2];
        w[i] = i < 16 ? data.getInt32(start + i * 4)
          : (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10)) + w[i - 7] + w[i - 16];
      }
      let [a, b, c, d, e, f, g, h] = sum;
      for (let i = 0; i < 64; i++) {
        const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + CUBES[i] + w[i]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((one, place) => { sum[place] = (sum[place] + one) | 0; });
    }
    const out = new DataView(new ArrayBuffer(32));
    sum.forEach((one, place) => out.setInt32(place * 4, one));
    return new Uint8Array(out.buffer);
  };
  const hmac = (key, text) => {
    const pad = (sign) => [...Array(64)].map((_, place) => (key[place] ?? 0) ^ sign);
    return hex(sha256([...pad(92), ...sha256([...pad(54), ...new TextEncoder().encode(text)])]));
  };

  // Asking the computer.
  const call = async (path, body, bearer) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const headers = body ? { "Content-Type": "application/json" } : {};
      if (bearer) headers.Authorization = `Bearer ${bearer}`;
      const method = body ? "POST" : "GET";
      const ask = { method, headers, signal: stop.signal, cache: "no-store", credentials: "omit", redirect: "error" };
      const answer = await fetch(path, body ? { ...ask, body: JSON.stringify(body) } : ask);
      const shape = await answer.json().catch(() => ({}));
      if (answer.ok) return shape;
      throw Object.assign(new Error(path), { status: answer.status, refused: shape.refused, words: shape.words });
    } finally { clearTimeout(timer); }
  };
  const fault = (refused) => Object.assign(new Error(refused), { refused });
  const prove = async () => {
    const nonce = random(), { token: secret, number } = token();
    const answer = await call(`/here?number=${number}&nonce=${nonce}`);
    const key = sha256(new TextEncoder().encode(secret));
    if (answer.proof !== hmac(key, `${answer.state}:${nonce}`)) throw fault("stranger");
    if (answer.state !== "in") throw fault("revoked");
  };

  // Handing over: only while somebody looks and there is a network; ever longer pauses where nobody answers.
  let busy = false, pause = 0, timer = 0, fetched = 0, trouble = "";
  const refused = new Set(); // occasions that the computer does not know: theirs stay here, and hold up no others
  const next = () => pending().find((tap) => !refused.has(tap.occasion));
  const soon = (ms) => { clearTimeout(timer); timer = setTimeout(deliver, ms); };
  const deliver = async () => {
    if (busy || document.hidden || !navigator.onLine || !token()) return;
    const first = next();
    if (!first && seconds() - fetched < FRESH) return;
    busy = true;
    let isRefused = false;
    try {
      await prove();
      if (first) await handOver(first.occasion);
      if (seconds() - fetched >= FRESH) await refresh();
      pause = 0;
      if (!refused.size) trouble = "";
    } catch (error) {
      await failed(error);
      isRefused = error.status === 400 && first !== undefined;
      if (isRefused) { refused.add(first.occasion); pause = 0; }
    }
    busy = false;
    showStatus();
    if (token() && (isRefused || next() || (!party() && !nothing))) soon(pause ? pause * 1000 * (0.8 + Math.random() * 0.4) : 500);
  };
  const failed = async (error) => {
    pause = Math.min(LONGEST_PAUSE, Math.max(2, pause * 2));
    trouble = error.words ?? words[error.refused] ?? "";
    if (error.refused === "revoked") {
      await keep([["token"], ["party"], ["clashes"]]);
      trouble = "";
      draw();
      showDoor(said("revoked"));
    } else if (error.status === 401) showDoor(said("ended"));
    else if (!error.status && error.refused !== "stranger") trouble = words.away;
  };
  const handOver = async (occasion) => {
    const batch = pending().filter((tap) => tap.occasion === occasion).slice(0, BATCH);
    // From here on these taps are never changed: the computer may have them although its answer was lost.
    await keep(batch.filter((tap) => !tap.sent).map((tap) => [`tap:${tap.id}`, { ...tap, sent: true }]));
    const taps = batch.map(({ id, at, guest, name, spoke, memory }) => ({ id, at, guest, name, spoke, memory }));
    const shape = { occasion, device: kept.get("device"), now: seconds(), taps };
    const answer = await call("/taps", shape, token().token);
    const changes = answer.ids.map((id) => [`tap:${id}`]);
    if (party()?.occasion === occasion) {
      changes.push(["party", { ...party(), talked: answer.talked }]);
      changes.push(["clashes", clashesOf(answer.clashes, batch.map(keyOf))]);
    }
    await keep(changes);
    paint();
  };
  let nothing = false;
  const refresh = async () => {
    const answer = await call("/party", undefined, token().token);
    fetched = seconds();
    nothing = answer.nothing === true;
    const isOther = answer.occasion !== party()?.occasion;
    await keep([["party", nothing ? undefined : answer], ["clashes", nothing || isOther ? {} : clashesOf(answer.clashes, [])]]);
    draw();
  };
  const clashesOf = (found, over) => {
    const left = Object.entries(kept.get("clashes") ?? {}).filter(([key]) => !over.includes(key));
    return Object.fromEntries([...left, ...found.map(([guest, name, text]) => [keyOf({ guest, name }), text])]);
  };

  // Names without accents, in words, so that two letters find them.
  const LETTERS = { ß: "ss", ø: "o", æ: "ae", œ: "oe", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i" };
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[ßøæœđðłþı]/g, (one) => LETTERS[one]);
  const split = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const keyOf = ({ guest, name }) => (guest === null ? `n:${split(name).join(" ")}` : `g:${guest}`);

  // The list.
  const rows = new Map();
  let drawn = "";
  const addRow = (guest, name, organisation, hint, section) => {
    const li = $("row").content.firstElementChild.cloneNode(true);
    const [box] = li.getElementsByTagName("input");
    const row = { key: keyOf({ guest, name }), guest, name, li, box, memory: "", at: 0, draft: 0, line: null };
    row.words = split(`${name} ${organisation}`);
    row.initials = split(name).map((one) => one[0]).join("");
    li.querySelector("b").textContent = name;
    li.querySelector(".hint").textContent = [organisation, hint].filter(Boolean).join("\n");
    box.setAttribute("aria-label", said("spoke", { name }));
    box.addEventListener("change", () => tap(row, box.checked));
    $(`s-${section}`).querySelector("ul").append(li);
    rows.set(row.key, row);
    return row;
  };
  const draw = () => {
    const found = party(), people = JSON.stringify(found?.people ?? null);
    $("name").textContent = found?.name ?? document.title.split(" · ")[0];
    $("when").textContent = found?.when ?? "";
    $("nothing").hidden = !nothing;
    $("list").hidden = !token() && !found;
    if (people !== drawn && !document.activeElement?.closest(".memo")) {
      drawn = people;
      for (const list of document.querySelectorAll("#list ul")) list.replaceChildren();
      rows.clear();
      for (const one of found?.people ?? []) addRow(...one);
    }
    paint();
    search();
  };
  const standing = () => {
    const now = new Map((party()?.talked ?? []).map(([guest, name, memory]) => [keyOf({ guest, name }), { guest, name, memory, spoke: true }]));
    for (const tap of pending().filter((one) => one.occasion === party()?.occasion)) {
      const key = keyOf(tap), before = now.get(key);
      now.set(key, { ...tap, memory: tap.memory || (before?.memory ?? "") });
    }
    return now;
  };
  const paint = () => {
    const now = standing(), clashes = kept.get("clashes") ?? {};
    for (const [key, talk] of now)
      if (!rows.has(key) && (talk.spoke || talk.guest === null)) addRow(talk.guest, talk.name, "", "", "other");
    for (const row of rows.values()) {
      const talk = now.get(row.key), clash = row.li.querySelector(".clash");
      row.box.checked = talk?.spoke ?? false;
      row.memory = talk?.memory ?? row.memory;
      row.li.classList.toggle("spoken", row.box.checked);
      if (row.box.checked && !row.line) addLine(row);
      if (row.line) {
        row.line.parentElement.hidden = !row.box.checked;
        if (document.activeElement !== row.line && !row.draft) row.line.value = row.memory;
      }
      clash.hidden = !clashes[row.key];
      clash.textContent = clashes[row.key] ?? "";
    }
    showStatus();
  };
  const addLine = (row) => {
    const memo = $("memo").content.firstElementChild.cloneNode(true);
    row.line = memo.querySelector("input");
    row.line.setAttribute("aria-label", said("line", { name: row.name }));
    row.line.addEventListener("input", () => { clearTimeout(row.draft); row.draft = setTimeout(saveLine, 800, row); });
    row.line.addEventListener("change", () => saveLine(row));
    row.line.addEventListener("keydown", (event) => { if (event.key === "Enter") row.line.blur(); });
    row.li.querySelector(".tap").after(memo);
  };
  const saveLine = async (row) => {
    clearTimeout(row.draft);
    row.draft = 0;
    const memory = row.line.value.trim();
    if (memory && memory !== row.memory && row.box.checked) await tap(row, true, memory);
  };
  const saveLines = () => { for (const row of rows.values()) if (row.draft) saveLine(row); };

  const tap = async (row, spoke, memory = row.memory) => {
    const before = pending().filter((one) => one.occasion === party().occasion && keyOf(one) === row.key).pop();
    const latest = Math.max(row.at, before?.at ?? 0), now = seconds();
    const isSame = before && !before.sent && before.spoke === spoke;
    // Two taps in one second keep their order; a clock that was set back does not drag the old time along.
    const at = isSame ? before.at : latest >= now && latest - now < 60 ? latest + 1 : now;
    const id = isSame ? before.id : random();
    row.at = at;
    const clashes = { ...kept.get("clashes") };
    delete clashes[row.key];
    const one = { id, occasion: party().occasion, at, guest: row.guest, name: row.name, spoke, memory, sent: false };
    await keep([[`tap:${id}`, one], ["clashes", clashes]]);
    paint();
    if (pause < 2) soon(1500);
  };
  const showStatus = () => {
    const open = pending().length;
    const lines = [unkept ? words.unkept : store.lasts ? "" : words.nowhere];
    lines.push(open === 0 ? (fetched ? words.home : "") : open === 1 ? words.one : said("many", { n: open }), trouble);
    const text = lines.filter(Boolean).join(" ");
    if ($("status").textContent !== text) $("status").textContent = text;
  };

  // Search: what is typed narrows the list; nobody found becomes a proposal for a new face.
  let proposed = "";
  const search = () => {
    const asked = split($("letters").value), letters = asked.join("");
    const isOn = letters.length > 1;
    let count = 0;
    for (const row of rows.values()) {
      const byWord = asked.every((part) => row.words.some((word) => word.startsWith(part)));
      row.li.hidden = isOn && !byWord && !(letters.length < 4 && row.initials.startsWith(letters));
      count += !row.li.hidden;
    }
    for (const part of ["greet", "meet", "all"]) $(`s-${part}`).hidden = !$(`s-${part}`).querySelector("li:not([hidden])");
    document.body.classList.toggle("searching", isOn);
    $("none").hidden = !isOn || count > 0;
    if ($("new").value === proposed) $("new").value = proposed = isOn && count === 0 ? $("letters").value.trim() : "";
  };
  const searchAnew = () => { $("letters").value = ""; search(); };
  $("letters").addEventListener("input", () => { search(); scrollTo(0, 0); });
  $("look").addEventListener("submit", (event) => { event.preventDefault(); $("letters").blur(); });
  $("all").addEventListener("click", () => { searchAnew(); scrollTo(0, 0); });
  $("other").addEventListener("click", () => { $("g-other").scrollIntoView(); $("new").focus(); });
  $("face").addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = $("new").value.trim().replace(/\s+/g, " ");
    if (!split(name).length || !party()) return;
    const row = rows.get(keyOf({ guest: null, name })) ?? addRow(null, name, "", "", "other");
    proposed = $("new").value = "";
    searchAnew();
    await tap(row, true);
    $("status").textContent = `${said("kept", { name })} ${$("status").textContent}`;
  });

  // The door: a code, six digits to compare, a token.
  let asking = "";
  const showDoor = (why = "") => {
    $("door").hidden = false;
    $("door-why").textContent = why;
  };
  const ask = async (code) => {
    $("door-said").textContent = "";
    try {
      const { secret, match } = await call("/pair", { code });
      asking = secret;
      $("match").textContent = `${match.slice(0, 3)} ${match.slice(3)}`;
      $("hand-in").hidden = true;
      $("compare").hidden = false;
      $("door-said").textContent = said("waiting");
      while (asking === secret && !(await answered(secret))) await new Promise((done) => setTimeout(done, 2000));
    } catch (error) { asked(error.status === 403 ? "badcode" : error.status === 429 ? "often" : "away"); }
  };
  const asked = (key) => {
    asking = "";
    $("hand-in").hidden = false;
    $("compare").hidden = true;
    $("code").value = "";
    $("door-said").textContent = key ? said(key) : "";
  };
  const answered = async (secret) => {
    if (document.hidden) return false;
    const answer = await call("/pair/wait", { secret }).catch((error) => { if (error.status) throw error; return { state: "waiting" }; });
    if (answer.state === "waiting" || asking !== secret) return false;
    if (answer.state !== "in") { asked(answer.state); return true; }
    const { token, number, until } = answer;
    await keep([["token", { token, number, until }]]);
    asked("");
    $("door").hidden = true;
    [fetched, pause, trouble] = [0, 0, ""];
    draw();
    deliver();
    return true;
  };
  $("hand-in").addEventListener("submit", (event) => { event.preventDefault(); ask($("code").value); });
  $("give-up").addEventListener("click", () => asked(""));

  const wipe = () => keep([...kept.keys()].filter((key) => key !== "device").map((key) => [key]));
  $("forget").addEventListener("click", async () => {
    if (pending().length) { $("off-said").textContent = said("first"); return; }
    if (token()) await prove().then(() => call("/off", {}, token().token)).catch(() => {});
    await wipe();
    [fetched, nothing, trouble] = [0, false, ""];
    draw();
    showDoor(said("gone"));
  });

  const awake = () => { pause = 0; refused.clear(); deliver(); };
  document.addEventListener("visibilitychange", () => (document.hidden ? saveLines() : awake()));
  addEventListener("pagehide", saveLines);
  addEventListener("online", awake);

  // The square's address has the code behind a #, which no server and no log sees.
  const takeCode = () => {
    const code = location.hash.slice(1);
    if (!code) return;
    history.replaceState(null, "", location.pathname);
    if ($("door").hidden) return;
    $("code").value = code;
    ask(code);
  };
  addEventListener("hashchange", takeCode);

  const begin = async () => {
    [store, kept] = await openStore();
    if (!kept.get("device")) await keep([["device", random()]]);
    const until = token()?.until ?? 0;
    if (until + DAY < seconds() && !pending().length && party()) await wipe(); // a list nobody needs any more
    draw();
    if (until < seconds()) showDoor(until && party() ? said("ended") : "");
    takeCode();
    deliver();
    if (document.body.classList.contains("secure") && navigator.serviceWorker) {
      const policy = window.trustedTypes?.createPolicy("maatje", { createScriptURL: (url) => url });
      navigator.serviceWorker.register(policy ? policy.createScriptURL("/worker.js") : "/worker.js").catch(() => {});
      navigator.storage?.persist?.().catch(() => {});
    }
  };
  begin();
})();
