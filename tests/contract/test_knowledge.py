"""What every knowledge base keeps to: the fake, the embedded Qdrant over HTTP, and a server where given."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Protocol

import pytest
import pytest_asyncio
from tests.fakes.knowledge import FakeKnowledge
from tests.fixtures.qdrant import API_KEY, client_of, embedded_qdrant, real_qdrant

from chatwootai.domain.knowledge import KnowledgeBase, Passage, PassageIndex, PassageKind
from chatwootai.integrations.qdrant.knowledge import QdrantKnowledge

pytestmark = [pytest.mark.contract, pytest.mark.asyncio(loop_scope="module")]

FAKE, EMBEDDED, REAL = "fake", "embedded", "real"

COCONUT = Passage(
    "product:1",
    PassageKind.PRODUCT,
    "Shampoo Hidratante Coco 300 ml",
    "Limpeza suave com água de coco.",
    record=1,
    category="Shampoos",
    in_stock=True,
)
CURLS = Passage(
    "product:2", PassageKind.PRODUCT, "Shampoo Cachos Definidos 1 L", "Sem sulfato.", record=2, in_stock=False
)
VOUCHER = Passage("product:3", PassageKind.PRODUCT, "Vale-presente R$ 100", record=3)
CUT = Passage("service:4", PassageKind.SERVICE, "Corte feminino", "Inclui lavagem.", record=4)
RETURNS = Passage(
    "policy:troca",
    PassageKind.POLICY,
    "Troca e devolução",
    "Produto lacrado pode ser trocado em 7 dias.",
    aliases=("quero meu dinheiro de volta", "me arrependi da compra"),
)
PARKING = Passage("faq:1", PassageKind.FAQ, "Tem estacionamento?", "Sim, em frente à loja.")
EVERYTHING = (COCONUT, CURLS, VOUCHER, CUT, RETURNS, PARKING)


class Knowledge(KnowledgeBase, PassageIndex, Protocol):
    """Both ports of one account."""


Accounts = Callable[[], Knowledge]


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[FAKE, EMBEDDED, REAL])
async def accounts(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Accounts]:
    """Makes a new account at each call."""
    if request.param == FAKE:
        yield FakeKnowledge
    elif request.param == EMBEDDED:
        async with (
            embedded_qdrant(tmp_path_factory.mktemp("qdrant")) as url,
            client_of(url, API_KEY) as client,
        ):
            yield lambda: QdrantKnowledge(client, uuid.uuid4().hex)
    else:
        url_of_real = real_qdrant()
        if url_of_real is None:
            pytest.skip("CHATWOOTAI_TEST_QDRANT_URL is not set")
        async with client_of(url_of_real, None) as client:
            yield lambda: QdrantKnowledge(client, uuid.uuid4().hex)


@pytest_asyncio.fixture(loop_scope="module")
async def shop(accounts: Accounts) -> AsyncIterator[Knowledge]:
    knowledge = accounts()
    await knowledge.rebuild(EVERYTHING)
    yield knowledge
    await knowledge.rebuild([])


async def keys(knowledge: KnowledgeBase, text: str, limit: int = 5) -> list[str]:
    return [found.passage.key for found in await knowledge.search(text, limit=limit)]


async def test_an_account_without_passages_finds_and_counts_nothing(accounts: Accounts) -> None:
    empty = accounts()
    assert await empty.count() == 0
    assert list(await empty.search("shampoo")) == []
    await empty.drop(["product:1"])
    await empty.put([])


async def test_a_passage_comes_back_as_it_was_put(shop: Knowledge) -> None:
    for passage, text in ((COCONUT, "shampoo de coco"), (RETURNS, "devolução"), (VOUCHER, "vale presente")):
        assert (await shop.search(text))[0].passage == passage


async def test_the_nearest_comes_first_and_scores_fall(shop: Knowledge) -> None:
    found = await shop.search("shampoo de coco")
    assert found[0].passage == COCONUT
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


async def test_accents_and_case_do_not_matter_and_neither_does_the_plural(shop: Knowledge) -> None:
    for text in ("DEVOLUÇÃO", "devolucao", "devoluções"):
        assert (await keys(shop, text))[0] == RETURNS.key


async def test_an_alias_finds_its_passage(shop: Knowledge) -> None:
    assert (await keys(shop, "quero o dinheiro de volta"))[0] == RETURNS.key


async def test_only_the_kinds_that_are_asked_for_are_found(shop: Knowledge) -> None:
    for kinds in ({PassageKind.PRODUCT}, [PassageKind.SERVICE, PassageKind.FAQ]):
        found = await shop.search("shampoo corte troca estacionamento vale", kinds=kinds, limit=10)
        assert found
        assert {hit.passage.kind for hit in found} <= set(kinds)


async def test_what_is_sold_out_is_left_out_and_what_keeps_no_stock_is_not(shop: Knowledge) -> None:
    found = await shop.search("shampoo vale presente", only_in_stock=True)
    told = {hit.passage.key for hit in found}
    assert {COCONUT.key, VOUCHER.key} <= told
    assert CURLS.key not in told
    assert CURLS.key in await keys(shop, "shampoo vale presente")


async def test_no_more_than_the_limit_is_found(shop: Knowledge) -> None:
    assert len(await shop.search("shampoo", limit=1)) == 1
    assert list(await shop.search("shampoo", limit=0)) == []


@pytest.mark.parametrize("text", ["", "   ", "?!…", "😀😀", "\u200b\u200e", "%", "' or 1=1 --"[:3]])
async def test_a_text_without_words_finds_nothing(shop: Knowledge, text: str) -> None:
    assert list(await shop.search(text)) == []


async def test_a_very_long_text_is_searched_like_any_other(shop: Knowledge) -> None:
    await shop.search("x" * 20_000)
    assert COCONUT.key in await keys(shop, "shampoo coco " * 2_000)


async def test_a_passage_that_is_put_again_replaces_the_former(shop: Knowledge) -> None:
    changed = replace(COCONUT, title="Sabonete de Lavanda", text="", category="Banho")
    await shop.put([changed])
    assert await shop.count() == len(EVERYTHING)
    assert (await shop.search("sabonete lavanda"))[0].passage == changed
    assert COCONUT.key not in await keys(shop, "coco")


async def test_a_dropped_passage_is_gone_and_unknown_keys_are_nothing(shop: Knowledge) -> None:
    await shop.drop([COCONUT.key, "product:999"])
    assert await shop.count() == len(EVERYTHING) - 1
    assert COCONUT.key not in await keys(shop, "shampoo de coco")


async def test_a_rebuild_leaves_only_what_it_was_given(shop: Knowledge) -> None:
    done: list[int] = []
    await shop.rebuild([PARKING, CUT], done.append)
    assert done[-1] == 2
    assert await shop.count() == 2
    assert RETURNS.key not in await keys(shop, "troca estacionamento")
    await shop.rebuild([])
    assert await shop.count() == 0


async def test_a_rebuild_reports_what_is_done(accounts: Accounts) -> None:
    done: list[int] = []
    await accounts().rebuild([replace(CUT, key=f"service:{number}") for number in range(450)], done.append)
    assert done == sorted(done)
    assert done[-1] == 450


async def test_accounts_never_see_one_another_s_passages(accounts: Accounts) -> None:
    """Promise P12."""
    ours, theirs = accounts(), accounts()
    await ours.rebuild(EVERYTHING)
    await theirs.rebuild([replace(COCONUT, text="Segredo da concorrente.")])
    assert await ours.count() == len(EVERYTHING)
    assert await theirs.count() == 1
    assert set(await keys(theirs, "shampoo corte feminino troca estacionamento")) == {COCONUT.key}
    assert all("Segredo" not in hit.passage.text for hit in await ours.search("segredo concorrente shampoo"))
    await theirs.drop([passage.key for passage in EVERYTHING])
    await theirs.rebuild([])
    assert await ours.count() == len(EVERYTHING)
    assert (await ours.search("shampoo de coco"))[0].passage == COCONUT
