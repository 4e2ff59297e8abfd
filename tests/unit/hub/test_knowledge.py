"""What an account can tell as passages, and who keeps them fresh."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from tests.fakes.catalog import FakeCatalog
from tests.fakes.knowledge import FakeKnowledge

from chatwootai.domain.catalog import Offer, Product
from chatwootai.domain.changes import Change, ChangeKind
from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.domain.knowledge import Passage, PassageKind
from chatwootai.domain.money import Money
from chatwootai.domain.profiles import (
    BookingRules,
    BusinessHours,
    Contact,
    DeliveryRules,
    Faq,
    Freight,
    OpenPeriod,
    Policy,
    Profile,
)
from chatwootai.hub.knowledge import KnowledgeKeeper
from chatwootai.hub.passages.asking import TOPICS, aliases
from chatwootai.hub.passages.profile import profile_passages

pytestmark = pytest.mark.unit

TODAY = date(2026, 11, 25)
HOURS = BusinessHours(ZoneInfo("America/Sao_Paulo"), {0: (OpenPeriod(time(9), time(18)),)})
PROFILE = Profile("bela", "Bela", "Bia", HOURS, booking=BookingRules(preparation={"SV-CTF": "Fios secos."}))
SOAP = Product(1, "Sabonete Lavanda", "SA-LIQ", "Banho", "Com glicerina.")
CUT = Product(2, "Corte feminino", "SV-CTF", "Serviços", "Inclui lavagem.", is_service=True)
MASK = Product(3, "Máscara Nutritiva", "MA-NUT", "Cabelos")


def offer(product: Product, available: int | None) -> Offer:
    return Offer(product, Money(Decimal(10)), None if available is None else Decimal(available))


def profile(**told: object) -> Profile:
    return Profile("bela", "Bela", "Bia", HOURS, **told)  # type: ignore[arg-type]  # a field by its name


def by_key(passages: Sequence[Passage]) -> dict[str, Passage]:
    return {passage.key: passage for passage in passages}


class Shop:
    """A keeper over fakes."""

    def __init__(self) -> None:
        self.catalog = FakeCatalog([offer(SOAP, 5), offer(CUT, None), offer(MASK, 0)])
        self.index = FakeKnowledge()
        self.keeper = KnowledgeKeeper("bela", self.catalog, self.index, lambda: PROFILE, lambda: TODAY)

    async def hear(self, kind: ChangeKind, *records: int, account: str = "bela") -> None:
        at = datetime.now(UTC)
        await self.keeper.changed(account, [Change(kind, record, at) for record in records])


async def test_a_rebuild_indexes_products_services_and_the_profile_and_tells_how_far_it_is() -> None:
    shop, told = Shop(), list[tuple[int, int]]()
    total = await shop.keeper.rebuild(lambda done, of: told.append((done, of)))
    assert told[-1] == (total, total)
    assert set(shop.index.passages) == {
        "product:1",
        "service:2",
        "product:3",
        "policy:horario-de-funcionamento",
    }
    assert [shop.index.passages[key].in_stock for key in ("product:1", "service:2", "product:3")] == [
        True,
        None,
        False,
    ]
    assert shop.index.passages["service:2"].text == "Inclui lavagem. Fios secos."


async def test_a_product_that_changed_is_put_as_it_is_now() -> None:
    shop = Shop()
    await shop.keeper.rebuild()
    shop.catalog.set_available(3, Decimal(4))
    await shop.hear(ChangeKind.STOCK, 3)
    assert shop.index.passages["product:3"].in_stock is True


async def test_a_product_that_is_not_sold_any_more_is_dropped() -> None:
    shop = Shop()
    await shop.index.rebuild([Passage("product:9", PassageKind.PRODUCT, "Antigo", record=9)])
    await shop.hear(ChangeKind.PRODUCT, 9, 1)
    assert set(shop.index.passages) == {"product:1"}


async def test_a_product_that_became_a_service_is_there_once() -> None:
    shop = Shop()
    await shop.index.rebuild([Passage("product:2", PassageKind.PRODUCT, "Corte feminino", record=2)])
    await shop.hear(ChangeKind.PRODUCT, 2)
    assert set(shop.index.passages) == {"service:2"}


async def test_prices_and_other_accounts_do_not_matter() -> None:
    shop = Shop()
    await shop.hear(ChangeKind.PRICE, 0, 1)
    await shop.hear(ChangeKind.PRODUCT, 1, account="outra")
    assert shop.index.passages == {}


async def test_an_index_that_fails_lets_the_feed_tell_it_again() -> None:
    shop = Shop()
    shop.index.fail_next(ServiceUnavailable("qdrant", "away"))
    with pytest.raises(ServiceUnavailable):
        await shop.hear(ChangeKind.PRODUCT, 1)
    await shop.hear(ChangeKind.PRODUCT, 1)
    assert set(shop.index.passages) == {"product:1"}


def test_only_the_rules_of_the_day_are_told() -> None:
    rules = (
        Policy("promotion", "Natal", "10%.", date(2026, 12, 1), date(2026, 12, 25)),
        Policy("promotion", "Primavera", "15%.", date(2026, 11, 25), date(2026, 11, 25)),
    )
    found = by_key(profile_passages(profile(policies=rules), TODAY))
    assert "policy:primavera" in found
    assert "policy:natal" not in found


def test_a_field_is_told_only_where_no_rule_is_about_the_same() -> None:
    freight = Freight("Motoboy", None, 1, 2, cities=("São Paulo",))
    told = profile(
        delivery=DeliveryRules((freight,), pickup="Na loja."), contact=Contact(phone="11 3862-4400")
    )
    found = by_key(profile_passages(told, TODAY))
    assert found["policy:prazo-de-entrega-e-frete"].text == "Motoboy (São Paulo): 1 a 2 dias úteis."
    assert {"policy:retirada-na-loja", "policy:telefone-e-mail-e-redes-sociais"} <= set(found)
    assert found["policy:horario-de-funcionamento"].text.startswith("Segunda: 09:00 às 18:00; terça: fechado")
    ruled = profile(delivery=told.delivery, policies=(Policy("delivery", "Prazo", "Dois dias."),))
    assert "policy:prazo-de-entrega-e-frete" not in by_key(profile_passages(ruled, TODAY))


def test_a_question_of_the_profile_is_found_by_all_its_ways_of_asking() -> None:
    faq = Faq(("Tem estacionamento?", "onde paro o carro"), "Em frente.")
    found = by_key(profile_passages(profile(faq=(faq,)), TODAY))["faq:tem-estacionamento"]
    assert (found.kind, found.title, found.text) == (PassageKind.FAQ, "Tem estacionamento?", "Em frente.")
    assert found.aliases == ("onde paro o carro",)


def test_two_rules_of_one_title_have_two_keys() -> None:
    rules = (Policy("delivery", "Frete", "A."), Policy("delivery", "Frete", "B."))
    found = by_key(profile_passages(profile(policies=rules), TODAY))
    assert (found["policy:frete"].text, found["policy:frete-2"].text) == ("A.", "B.")


def test_every_topic_has_a_dozen_questions_and_none_twice() -> None:
    for topic in TOPICS:
        assert len(set(topic.questions)) == len(topic.questions) >= 12


def test_a_rule_is_asked_for_by_what_its_title_is_about() -> None:
    assert "tem entrega de graça" in aliases("delivery", "Frete grátis", "Em até 2 dias de prazo.")
    assert "em quanto tempo chega" not in aliases("delivery", "Frete grátis", "Em até 2 dias de prazo.")
    assert "em quanto tempo chega" in aliases("delivery", "Como funciona", "O prazo é de 2 dias.")
    assert aliases("delivery", "Outra coisa") == ()
    assert "aceita meu convênio" in aliases("payment", "Convênios")
