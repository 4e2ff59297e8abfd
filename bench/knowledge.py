"""How long a hybrid search takes among many passages: over HTTP, by the client, in the embedded Qdrant."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bench.arithmetic import Spread
from bench.qdrant import running_qdrant
from bench.report import Figure
from bench.retrieval import SEEN, read_questions, shop_passages
from chatwootai.domain.knowledge import Passage
from chatwootai.integrations.qdrant.knowledge import QdrantKnowledge
from chatwootai.integrations.qdrant.lexical import question_vectors

SHOPS = ("bela_cosmeticos", "casa_verde", "vida_plena")
NORMAL, QUICK = (1_000, 10_000, 100_000), (1_000, 10_000)
SEARCHES = 300


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one account with so many passages: `build` in seconds, `searches` and the client's `cpu` in ms."""

    build: float
    searches: Spread
    cpu: float


def knowledge_figures(sizes: Sequence[int] = NORMAL) -> list[Figure]:
    """One value for each size."""
    measured = asyncio.run(_measured(sizes))
    told = ", ".join(f"{size:,}" for size in sizes)
    group = f"Hybrid search in an account of {told} passages"
    return [
        Figure(group, "search over HTTP, p50", "ms", [one.searches.p50 for one in measured]),
        Figure(group, "search over HTTP, p99", "ms", [one.searches.p99 for one in measured]),
        Figure(group, "CPU of the client, a search", "ms", [one.cpu for one in measured]),
        Figure(group, "the account built anew", "s", [one.build for one in measured]),
        Figure(group, "reading of a question alone", "ms", [_reading()] * len(measured)),
    ]


async def _measured(sizes: Sequence[int]) -> list[Measured]:
    texts = [question.text for question in read_questions(SEEN)]
    found: list[Measured] = []
    async with running_qdrant() as client:
        for size in sizes:
            knowledge = QdrantKnowledge(client, f"loja-{size}")
            begun = time.perf_counter()
            await knowledge.rebuild(many_passages(size))
            built = time.perf_counter() - begun
            found.append(await _searched(knowledge, built, texts))
    return found


async def _searched(knowledge: QdrantKnowledge, built: float, texts: Sequence[str]) -> Measured:
    for text in texts[:20]:
        await knowledge.search(text)
    walls: list[float] = []
    cpu = time.process_time()
    for text in itertools.islice(itertools.cycle(texts), SEARCHES):
        begun = time.perf_counter()
        await knowledge.search(text)
        walls.append(time.perf_counter() - begun)
    return Measured(built, Spread.of(walls, 1000), (time.process_time() - cpu) * 1000 / SEARCHES)


def many_passages(count: int) -> list[Passage]:
    """The sample shops' passages, and variations of them with shuffled titles and other sizes and colours."""
    known = [passage for shop in SHOPS for passage, _ in shop_passages(shop)]
    draw = random.Random(count)
    words = sorted({word for passage in known for word in passage.title.split()})
    made: list[Passage] = []
    for number in range(count):
        model = known[number % len(known)]
        title = model.title
        if number >= len(known):
            title = f"{' '.join(draw.sample(words, 3))} {title.split()[0]} {draw.randrange(10, 2000)} ml"
        made.append(replace(model, key=f"product:{number}", title=title, record=number))
    return made


def _reading() -> float:
    """CPU in ms of turning a question into vectors."""
    texts = [question.text for question in read_questions(SEEN)]
    begun = time.process_time()
    for text in texts:
        question_vectors(text)
    return (time.process_time() - begun) * 1000 / len(texts)
