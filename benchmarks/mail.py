"""
How fast mail is read, against the standard library, and how much memory a large mailbox takes.

    python benchmarks/mail.py [--messages N] [--gigabytes G] [--json]

Makes its own mailboxes (seeded, invented people at example.org) with headers of real size:
Received, DKIM, ARC and the rest, about 2.5 KB a message. Both readers read one file in one process
and in turn; the figure to trust is the ratio, as both suffer the same machine.
"""

from __future__ import annotations

import argparse
import base64
import json
import mailbox
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_binary_file, policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import IO

from maatje.model.record import Mail
from maatje.sources import mbox

SEED = 20150303
_FIRST = (
    *("Aafke", "Bram", "Carla", "Daan", "Els", "Femke", "Gijs", "Hanna", "Ivo", "Jet"),
    *("Koen", "Lotte", "Mats", "Noor", "Otto", "Pleun", "Roos", "Sjoerd", "Tess", "Vera"),
)
_LAST = ("Bakker", "Dekker", "Jansen", "Meijer", "Mulder", "Prins", "Smit", "Visser", "Vos", "Willems", "Kuiper", "Kok")
_WORDS = ("offer", "plan", "meeting", "report", "lunch", "draft", "question", "notes", "herring", "visit", "reply")


def people(rng: random.Random, count: int) -> list[tuple[str, str]]:
    """Invented names with addresses at example.org, ``count`` of them, all different."""
    made = []
    for number in range(count):
        first, last = rng.choice(_FIRST), rng.choice(_LAST)
        made.append((f"{first} {last}", f"{first}.{last}.{number}@d{number % 40}.example.org".lower()))
    return made


def _blob(rng: random.Random, size: int, width: int = 64, indent: str = "        ") -> str:
    text = base64.b64encode(rng.randbytes(size)).decode()
    return "\n".join(indent + text[at : at + width] for at in range(0, len(text), width))


def message(rng: random.Random, who: list[tuple[str, str]], number: int) -> bytes:
    """One mbox message with the fields that big providers write today."""
    sender, to = rng.choice(who), rng.sample(who, rng.choice((1, 1, 1, 2, 3)))
    cc = rng.sample(who, rng.choice((0, 0, 0, 1, 4)))
    moment = datetime.fromtimestamp(1_300_000_000 + number * 977, UTC)
    date = format_datetime(moment)
    identifier = f"{number:08d}.{rng.getrandbits(64):016x}"
    subject = ("Re: " if number % 3 else "") + " ".join(rng.sample(_WORDS, 4))
    if number % 10 == 0:
        subject = "=?utf-8?q?Caf=C3=A9_" + "_".join(rng.sample(_WORDS, 2)) + "?="
    hops = "".join(
        f"Received: from mx{hop}.example.net (mx{hop}.example.net [192.0.2.{rng.randrange(256)}])\n"
        f"\tby in{hop}.example.org (Postfix) with ESMTPS id {rng.getrandbits(40):010X}\n"
        f"\t(version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);\n\t{date}\n"
        for hop in range(3)
    )
    fields = (
        f"From {sender[1]} {moment:%a %b %d %H:%M:%S %Y}\nDelivered-To: {to[0][1]}\n{hops}"
        f"ARC-Seal: i=1; a=rsa-sha256; t={number}; cv=none; d=example.net; s=arc-20240605;\n{_blob(rng, 256)}\n"
        "ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net; s=arc-20240605;\n"
        f"        h=to:subject:message-id:date:from:mime-version;\n{_blob(rng, 256)}\n"
        f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=mail;\n{_blob(rng, 256)}\n"
        f"Authentication-Results: mx.example.net; dkim=pass header.i=@example.org; spf=pass\n"
        f"Return-Path: <{sender[1]}>\nX-Received: by 2002:a05:6000:1 with SMTP id x{number};\n        {date}\n"
        f'MIME-Version: 1.0\nFrom: "{sender[0]}" <{sender[1]}>\nDate: {date}\nMessage-ID: <{identifier}@example.org>\n'
        f"Subject: {subject}\nTo: " + ", ".join(f"{name} <{address}>" for name, address in to) + "\n"
    )
    if cc:
        fields += "Cc: " + ",\n ".join(f"{name} <{address}>" for name, address in cc) + "\n"
    if number % 3:
        fields += f"In-Reply-To: <{number - 1:08d}@example.org>\nReferences: <{number - 1:08d}@example.org>\n"
    body = "\n".join(" ".join(rng.choice(_WORDS) for _ in range(11)) for _ in range(rng.randrange(10, 60)))
    return (fields + "Content-Type: text/plain; charset=utf-8\n\n" + body + "\n\n").encode()


def write_mailbox(path: Path, messages: int) -> tuple[int, float]:
    """Writes a seeded mailbox; returns its bytes and the mean size of a header block."""
    rng = random.Random(SEED)
    who = people(rng, 800)
    heads = 0
    with path.open("wb") as file:
        for number in range(messages):
            made = message(rng, who, number)
            heads += made.index(b"\n\n")
            file.write(made)
    return path.stat().st_size, heads / max(messages, 1)


def read_ours(path: Path) -> int:
    """Reads the mailbox our way; returns how many messages there were."""
    return sum(isinstance(found, Mail) for found in mbox.read(path, name=path.name))


def _parse(file: IO[bytes]) -> EmailMessage:
    return message_from_binary_file(file, policy=policy.default)  # type: ignore[return-value]


def _stdlib_fields(box: mailbox.mbox) -> Iterator[tuple[object, ...]]:
    for found in box:
        to = [(one.display_name, one.addr_spec) for one in found["to"].addresses]
        cc = [(one.display_name, one.addr_spec) for one in found["cc"].addresses] if found["cc"] else []
        sender = found["from"].addresses[0]
        yield found["date"].datetime, sender.addr_spec, to, cc, str(found["subject"]), str(found["message-id"])


def read_stdlib(path: Path) -> int:
    """Reads the same fields as a programmer would with mailbox and email; returns how many messages there were."""
    box = mailbox.mbox(path, factory=_parse)  # type: ignore[arg-type]
    try:
        return sum(1 for _ in _stdlib_fields(box))
    finally:
        box.close()


def cpu_seconds(read: Callable[[Path], int], path: Path) -> tuple[int, float]:
    """Messages read and the processor seconds it took."""
    before = time.process_time()
    count = read(path)
    return count, time.process_time() - before


def peak_memory(folder: Path, gigabytes: float) -> dict[str, float]:
    """Reads a mailbox of this size in a fresh process; returns its size, messages, seconds and peak memory in MB."""
    block = folder / "block.mbox"
    write_mailbox(block, 20_000)
    data = block.read_bytes()
    block.unlink()
    path = folder / "large.mbox"
    with path.open("wb") as file:
        while file.tell() < gigabytes * 1e9:
            file.write(data)
    code = f"import runpy; runpy.run_path({str(Path(__file__))!r})['report_memory']({str(path)!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    path.unlink()
    return result


def report_memory(path: str) -> None:
    """Runs in the fresh process: reads one mailbox and prints what it took as JSON."""
    before = _high_water()
    count, seconds = cpu_seconds(read_ours, Path(path))
    peak = _high_water()
    size = Path(path).stat().st_size
    json.dump(
        {"bytes": size, "messages": count, "cpu_seconds": seconds, "peak_mb": peak, "start_mb": before}, sys.stdout
    )


def _high_water() -> float:
    """
    This process's peak memory in MB.

    Linux keeps the parent's ``ru_maxrss`` over a fork, so the kernel's own line is read first.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Runs the comparison, and the memory run if asked for, and prints the figures."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[1] if __doc__ else None)
    options.add_argument("--messages", type=int, default=20_000, help="messages in the compared mailbox")
    options.add_argument("--gigabytes", type=float, default=0.0, help="also read a mailbox of this size for its memory")
    options.add_argument("--json", action="store_true", help="print JSON")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "compare.mbox"
        size, head = write_mailbox(path, chosen.messages)
        count, ours = cpu_seconds(read_ours, path)
        same, theirs = cpu_seconds(read_stdlib, path)
        if count != same:
            raise SystemExit(f"the readers disagree: {count} and {same} messages")
        figures: dict[str, object] = {
            "messages": count,
            "bytes": size,
            "header_bytes": round(head),
            "ours_per_second": round(count / ours),
            "ours_microseconds": round(ours / count * 1e6, 1),
            "stdlib_per_second": round(count / theirs),
            "ratio": round(theirs / ours, 1),
        }
        if chosen.gigabytes:
            figures["large"] = peak_memory(folder, chosen.gigabytes)
    if chosen.json:
        print(json.dumps(figures))
        return
    print(f"{count:,} messages, {size / 1e6:,.0f} MB, headers of {head:,.0f} bytes (processor time, one process)")
    print(f"  maatje            {count / ours:>9,.0f} messages/s   {ours / count * 1e6:.1f} µs each")
    print(f"  mailbox + email   {count / theirs:>9,.0f} messages/s")
    print(f"  ratio             {theirs / ours:>9.1f}   (asked for: 8)")
    if chosen.gigabytes:
        large = peak_memory_line(figures["large"])
        print(large)


def peak_memory_line(large: object) -> str:
    """The memory run's figures as one line."""
    assert isinstance(large, dict)
    return (
        f"{large['bytes'] / 1e9:.2f} GB, {large['messages']:,} messages: {large['cpu_seconds']:.1f} s, "
        f"peak memory {large['peak_mb']:.0f} MB ({large['start_mb']:.0f} MB before reading)"
    )


if __name__ == "__main__":
    main()
