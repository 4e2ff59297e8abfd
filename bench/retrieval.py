"""How often a question of a customer finds what she means, in the sample shops, through the embedded Qdrant.

Each line has the shop, how the question is written, the question, and the codes or keys that answer it.
`retrieval.tsv` was written before any result was seen, and what it missed was looked at when the thesaurus
was gathered. `retrieval_held_out.tsv`, paraphrases alone, was written just before the thesaurus by its
author. `retrieval_later.tsv` was written when the thesaurus was done, which was not changed after it.
`retrieval_c.tsv` is of somebody who had seen none of this; nobody who changes the search may look at it.
"""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml
from qdrant_client import AsyncQdrantClient

from bench.qdrant import running_qdrant
from bench.report import Figure
from chatwootai.domain.catalog import Product, StockLevel
from chatwootai.domain.knowledge import Passage
from chatwootai.domain.profiles import BusinessHours, Policy, Profile
from chatwootai.hub.passages.products import product_passage
from chatwootai.hub.passages.profile import profile_passages
from chatwootai.integrations.qdrant.knowledge import QdrantKnowledge

SENTENCES = Path(__file__).parent / "sentences"
SEEN, HELD_OUT, LATER, UNSEEN = (
    SENTENCES / f"{name}.tsv"
    for name in ("retrieval", "retrieval_held_out", "retrieval_later", "retrieval_c")
)
SHOPS = Path(__file__).parents[1] / "src/chatwootai/simulators/odoo/samples/shops"
_SUBJECTS = {"returns": "exchange"}
ZONE = ZoneInfo("America/Sao_Paulo")
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Question:
    shop: str
    kind: str
    text: str
    expected: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """`rank` counts from 1; None where nothing of the first ten was meant. `found` are codes or keys."""

    question: Question
    rank: int | None
    found: tuple[str, ...]


def retrieval_figures() -> list[Figure]:
    """Shares of 1; the goal is that 0.93 of the questions find what they mean among the best three."""
    seen, held_out, later, unseen = asyncio.run(_answered())
    figures: list[Figure] = []
    for kind in ["all", *sorted({one.question.kind for one in seen})]:
        chosen = [one for one in seen if kind in ("all", one.question.kind)]
        figures += _figures(f"Retrieval, {kind}: {len(chosen)} questions of three shops", chosen)
    figures += _figures(f"Retrieval, paraphrases held out: {len(held_out)} questions", held_out)
    figures += _figures(f"Retrieval, written afterwards: {len(later)} questions", later)
    return figures + _figures(
        f"Retrieval, by somebody who knew nothing of it: {len(unseen)} questions", unseen
    )


def missed(answered: Iterable[Answered], best: int = 3) -> list[Answered]:
    """Those of which nothing meant is among the best three."""
    return [one for one in answered if one.rank is None or one.rank > best]


async def answered_questions(client: AsyncQdrantClient, file: Path) -> list[Answered]:
    """Index the shops, each as an account, and ask."""
    found: list[Answered] = []
    for shop, questions in groupby(read_questions(file), key=lambda question: question.shop):
        known = shop_passages(shop)
        knowledge = QdrantKnowledge(client, shop)
        await knowledge.rebuild([passage for passage, _ in known])
        names = {passage.key: name for passage, name in known}
        for question in questions:
            hits = await knowledge.search(question.text, limit=_DEEPEST)
            told = tuple(names[hit.passage.key] for hit in hits)
            rank = next((place for place, name in enumerate(told, 1) if name in question.expected), None)
            found.append(Answered(question, rank, told))
    return found


def read_questions(path: Path) -> list[Question]:
    """Those of one shop stand together."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [
            Question(row["shop"], row["kind"], row["query"], frozenset(row["expected"].split("|")))
            for row in rows
        ]


def shop_passages(shop: str) -> list[tuple[Passage, str]]:
    """A sample shop's passages, each with its product's code or its own key."""
    folder = SHOPS / shop
    rows = _rows(folder)
    preparation = {code: row["preparation"] for code, row in rows.items() if row.get("preparation")}
    known: list[tuple[Passage, str]] = []
    for number, (code, row) in enumerate(rows.items(), 1):
        product = Product(
            number, row["name"], code, row["category"], row["description"], is_service="minutes" in row
        )
        available = Decimal(row["stock"]) if row.get("stock", "-") != "-" else None
        known.append((product_passage(StockLevel(product, available), preparation), code))
    profile = Profile(shop, shop, "Bia", BusinessHours(ZONE, {}), policies=_rules(folder))
    known += [(passage, passage.key) for passage in profile_passages(profile, datetime.now(ZONE).date())]
    return known


def _rows(folder: Path) -> dict[str, dict[str, str]]:
    """By code; what `services.csv` tells of a product comes on top of what it is in `products.csv`."""
    rows: dict[str, dict[str, str]] = {}
    for name in ("products.csv", "services.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if "x" not in (row.get("flags") or ""):
                    told = {column: value for column, value in row.items() if value}
                    former = rows.get(row["code"], {"description": ""})
                    rows[row["code"]] = {**former, **told}
    return rows


def _rules(folder: Path) -> tuple[Policy, ...]:
    """The rules of today."""
    rules = yaml.safe_load((folder / "rules.yaml").read_text(encoding="utf-8"))
    return tuple(
        Policy(_SUBJECTS.get(rule["kind"], rule["kind"]), rule["name"], rule["text"])
        for rule in rules
        if rule["kind"] != "promotion" or rule.get("from", 0) <= 0 <= rule.get("until", 0)
    )


async def _answered() -> list[list[Answered]]:
    async with running_qdrant() as client:
        return [await answered_questions(client, file) for file in (SEEN, HELD_OUT, LATER, UNSEEN)]


def _figures(group: str, answered: Sequence[Answered]) -> list[Figure]:
    total = len(answered)
    within = {
        best: sum(1 for one in answered if one.rank is not None and one.rank <= best) / total
        for best in (1, 3)
    }
    reciprocal = sum(1 / one.rank for one in answered if one.rank is not None) / total
    return [
        Figure(group, "recall@1", "", [within[1]]),
        Figure(group, "recall@3", "", [within[3]]),
        Figure(group, "mean reciprocal rank", "", [reciprocal]),
    ]
