"""
A child process for other people's parsers: little memory, little time, no network.

The libraries that work out recurrences were attacked before and will be again. They run in a
child that is started once and asked many times, over two pipes, in JSON: what the child says is
data and never code. If it dies or dawdles, the one thing it was asked fails and a new child
answers the next. Where a system has no resource limits (Windows), the time limit still holds.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import os
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, Any, Final, NoReturn

Json = Any
"""What JSON can say: None, booleans, numbers, text, lists and dictionaries of these."""

MEMORY: Final = 512 * 1024 * 1024
CPU_SECONDS: Final = 10
WALL_SECONDS: Final = 30.0
"""More than the CPU limit, for machines that are busy with something else."""
_MOST_BYTES: Final = 16 * 1024 * 1024
_LENGTH: Final = struct.Struct(">I")
_START: Final = "import json, sys; sys.path[:] = json.loads(sys.argv[2]); import maatje.sources.sandbox as s; s.serve()"
_REFUSED_EVENTS: Final = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.startfile")


class SandboxError(Exception):
    """The child died, took too long or raised: what it was asked has no answer."""


class Sandbox:
    """
    One function in a child process, asked again and again.

    The child starts at the first question. A process that was forked with a running child starts
    its own. Not meant to be shared between threads without need, but safe if it is.
    """

    def __init__(self, target: str, *, cpu_seconds: int = CPU_SECONDS, wall_seconds: float = WALL_SECONDS) -> None:
        """
        Args:
            target: "package.module:function" taking and giving JSON; imported in the child only.
            cpu_seconds: CPU a question may take, > 0.
            wall_seconds: time until the child is given up, > 0.
        """
        self._target = target
        self._cpu_seconds = cpu_seconds
        self._wall_seconds = wall_seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._owner = 0
        self._lock = threading.Lock()

    def ask(self, question: Json) -> Json:
        """
        The function's answer to one question.

        Raises: SandboxError: no answer; the next question goes to a new child.
        """
        with self._lock:
            child = self._running()
            try:
                assert child.stdin is not None
                _send(child.stdin, json.dumps(question).encode())
                raw = self._answers.get(timeout=self._wall_seconds)
            except (OSError, queue.Empty):
                raw = None
            if raw is None:
                self._stop()
                raise SandboxError("the child died or took too long")
        answer = json.loads(raw)
        if "error" in answer:
            raise SandboxError(answer["error"])
        return answer["answer"]

    def close(self) -> None:
        """End the child. Safe to repeat; a later question starts a new one."""
        with self._lock:
            self._stop()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._owner == os.getpid() and self._child.poll() is None:
            return self._child
        if self._owner == os.getpid():
            self._stop()
        words = [sys.executable, "-c", _START, self._target, json.dumps(sys.path), str(self._cpu_seconds)]
        # No environment but what Python itself needs: nothing secret is handed on.
        environment = {key: os.environ[key] for key in ("SYSTEMROOT", "PATH", "TMPDIR", "TEMP") if key in os.environ}
        self._child = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        self._owner = os.getpid()
        self._answers = queue.SimpleQueue()
        assert self._child.stdout is not None
        reader = threading.Thread(target=_collect, args=(self._child.stdout, self._answers), daemon=True)
        reader.start()
        return self._child

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None or self._owner != os.getpid():
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                # Closing flushes; to a dead child that fails, and does not matter.
                with contextlib.suppress(OSError):
                    pipe.close()


_shared: dict[str, Sandbox] = {}


def shared(target: str, *, cpu_seconds: int = CPU_SECONDS) -> Sandbox:
    """The sandbox for this function that the whole process shares, closed when the process ends."""
    if target not in _shared:
        _shared[target] = Sandbox(target, cpu_seconds=cpu_seconds)
        atexit.register(_shared[target].close)
    return _shared[target]


def _collect(pipe: IO[bytes], answers: queue.SimpleQueue[bytes | None]) -> None:
    """Put each answer in the queue, and None when the child is gone."""
    with contextlib.suppress(OSError, ValueError):
        while (answer := _receive(pipe)) is not None:
            answers.put(answer)
    answers.put(None)


def _send(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > _MOST_BYTES:
        return None
    data = pipe.read(length)
    return data if len(data) == length else None


def serve() -> None:
    """The child: import the function, give up the world, answer until the pipe closes."""
    module, _, function = sys.argv[1].partition(":")
    answer_to: Callable[[Json], Json] = getattr(importlib.import_module(module), function)
    cpu_seconds = int(sys.argv[3])
    _limit_memory()
    sys.addaudithook(_refuse)
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    while (raw := _receive(questions)) is not None:
        _limit_cpu(cpu_seconds)
        try:
            answer: Json = {"answer": answer_to(json.loads(raw))}
        except MemoryError:
            answer = {"error": "too much memory"}
        except Exception as error:  # noqa: BLE001 - the record boundary: told to the parent by its kind, never its text
            answer = {"error": type(error).__name__}
        _send(answers, json.dumps(answer).encode())


def _refuse(event: str, _: object) -> None:
    if event.startswith(_REFUSED_EVENTS):
        _deny(event)


def _deny(event: str) -> NoReturn:
    raise PermissionError(f"{event} is not for parsers")


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    # macOS accepts the call and ignores it, or refuses it; both leave the other limits standing.
    for kind, limit in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (limit, limit))


def _limit_cpu(seconds: int) -> None:
    """Allow so much more CPU time from now on; beyond it the system ends the process."""
    try:
        import resource
    except ImportError:  # Windows
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    with contextlib.suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, hard))
