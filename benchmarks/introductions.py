"""
How fast a path of introduction is found, against a plain Dijkstra over dictionaries, on the same pairs in one run.

Run ``python benchmarks/introductions.py [--edges N] [--people N] [--json]``. Invented pairs: some people know
hundreds, most a few dozen. Times are process CPU. Dijkstra stops at two people in between, as ours does, and
both must find the same best score; the run fails where they do not.
"""

from __future__ import annotations

import argparse
import heapq
import math
import random
import time

from figures import peak_mb, show
from maatje.model.units import DAY, Seconds
from maatje.planning.acquaintance import Edges, Graph, build
from maatje.planning.introductions import LEAST_SCORE, Asking, introduce

NOW = Seconds(1_780_000_000)
ME = -1
MOST_HOPS = 3
MOST_SECONDS = 0.150


def invented(pairs: int, people: int, rng: random.Random) -> Edges:
    """So many pairs, the popular more often; the counts as they are in life: mostly one thread."""
    weights = [1.0 / (n + 50) ** 0.6 for n in range(people)]
    draws = rng.choices(range(1, people + 1), weights, k=3 * pairs)
    found: dict[tuple[int, int], None] = {}
    for one, other in zip(draws[::2], draws[1::2], strict=False):
        if one != other and len(found) < pairs:
            found[min(one, other), max(one, other)] = None
    ones, others = [pair[0] for pair in found], [pair[1] for pair in found]
    threads = [min(60, int(rng.paretovariate(1.1))) for _ in ones]
    meetings = [int(rng.random() < 0.15) for _ in ones]
    last = [NOW - int(rng.expovariate(1 / 900)) * DAY for _ in ones]
    zeros = [0] * len(ones)
    return Edges(ones, others, threads, meetings, zeros, zeros, last)


Plain = dict[int, list[tuple[int, float]]]


def plain_graph(graph: Graph, ready: dict[int, float]) -> Plain:
    """The same pairs as a dictionary of lists, with the user in it; lengths are minus the logarithm."""
    plain: Plain = {ME: [(who, -math.log(gladly)) for who, gladly in ready.items()]}
    for person in graph.people:
        plain[person] = [
            (graph.people[graph.targets[at]], -math.log(graph.weights[at]))
            for at in graph.row(person)
            if graph.weights[at]
        ]
    return plain


def dijkstra(plain: Plain, to: int) -> float:
    """The score of the best path from the user to somebody with one or two people in between, or 0."""
    heap = [(0.0, 0, ME)]
    done: set[tuple[int, int]] = set()
    while heap:
        length, hops, person = heapq.heappop(heap)
        if person == to:
            return math.exp(-length)
        if (person, hops) in done or hops == MOST_HOPS:
            continue
        done.add((person, hops))
        for other, step in plain.get(person, ()):
            if (other, hops + 1) not in done:
                heapq.heappush(heap, (length + step, hops + 1, other))
    return 0.0


def thin_hub_s(edges: Edges, rng: random.Random) -> float:
    """The hardest case known: one thread a pair, a target who knows the most people, none of whom is asked."""
    ones, nothing = [1] * len(edges.one), edges.editions
    graph = build(Edges(edges.one, edges.other, ones, nothing, nothing, nothing, nothing), NOW)
    hub = max(graph.people, key=lambda who: len(graph.row(who)))
    near = {graph.people[graph.targets[at]] for at in graph.row(hub)}
    ready = {who: rng.random() ** 3 * 0.9 for who in graph.people if who not in near and who != hub}
    began = time.process_time()
    introduce(graph, hub, Asking(ready))
    return time.process_time() - began


def main() -> None:
    """Make the pairs, ask for many paths both ways, print the times and the least and worst of ours."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--edges", type=int, default=1_000_000)
    options.add_argument("--people", type=int, default=20_000)
    options.add_argument("--asked", type=int, default=60)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    rng = random.Random(20_260_611)
    edges = invented(chosen.edges, chosen.people, rng)
    began = time.process_time()
    graph = build(edges, NOW)
    build_s = time.process_time() - began
    everybody = list(graph.people)
    # The user knows half of them, most of them hardly; two hundred are at the party.
    ready = {who: rng.random() ** 3 * 0.9 for who in rng.sample(everybody, len(everybody) // 2)}
    strangers = [who for who in everybody if who not in ready]
    targets = [max(strangers, key=lambda who: len(graph.row(who))), *rng.sample(strangers, chosen.asked - 1)]
    asking = Asking(ready, present=frozenset(rng.sample(sorted(ready), 200)))
    lonely = Asking(dict.fromkeys(ready, 0.001))
    plain = plain_graph(graph, ready)
    ours: list[float] = []
    nobody: list[float] = []
    theirs: list[float] = []
    same = 0
    for to in targets:
        began = time.process_time()
        paths = introduce(graph, to, asking)
        ours.append(time.process_time() - began)
        began = time.process_time()
        assert not introduce(graph, to, lonely)
        nobody.append(time.process_time() - began)
        best = max((path.score for path in introduce(graph, to, Asking(ready))), default=0.0)
        assert paths or best == 0.0
        began = time.process_time()
        score = dijkstra(plain, to)
        theirs.append(time.process_time() - began)
        if score > LEAST_SCORE:
            assert math.isclose(score, best, rel_tol=1e-9), (to, score, best)
            same += 1
        else:
            assert best == 0.0
    ours.sort()
    figures = {
        "pairs": len(edges.one),
        "people": len(everybody),
        "queries": len(targets),
        "build s": build_s,
        "query median ms": 1e3 * ours[len(ours) // 2],
        "query worst ms": 1e3 * ours[-1],
        "nobody to be found, worst ms": 1e3 * max(nobody),
        "hub among thin pairs ms": 1e3 * thin_hub_s(edges, rng),
        "dijkstra median ms": 1e3 * sorted(theirs)[len(theirs) // 2],
        "dijkstra worst ms": 1e3 * max(theirs),
        "times faster, all queries": sum(theirs) / sum(ours),
        "same best score": same,
        "bound ms": 1e3 * MOST_SECONDS,
        "peak MB": peak_mb(),
    }
    show("introductions", figures, as_json=chosen.json)


if __name__ == "__main__":
    main()
