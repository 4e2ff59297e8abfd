"""What customers ask of a shop, asked in their spelling of the three sample shops."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from tests.fixtures.talking import Shop, Talk

from chatwootai.crews.dialogues.frontdesk import Frontdesk
from chatwootai.crews.info.crew import InfoCrew
from chatwootai.crews.understanding.reader import Reader
from chatwootai.domain.crews import CrewName
from chatwootai.domain.profiles import DeliveryRules, Policy

pytestmark = pytest.mark.unit

SHORT = 500
"""Characters that an answer on WhatsApp should keep to."""


def talk_in(shop: Shop) -> Talk:
    reader = Reader()
    return shop.talk(reader, {CrewName.INFO: InfoCrew(shop.desk)}, Frontdesk(shop.desk.leads))


async def asked(shop: str, text: str) -> str:
    said = await talk_in(Shop(shop)).hears(text)
    assert len(said) < SHORT
    return said


@pytest.mark.parametrize("text", ["aceita pix?", "vcs aceitam pix", "posso pagar no pix?"])
async def test_who_asks_for_one_form_of_payment_gets_a_yes(text: str) -> None:
    said = await asked("cosmeticos", text)
    assert said.startswith("Sim")
    assert "Pix" in said
    assert "boleto" not in said
    assert "3x" not in said


async def test_the_discount_of_pix_is_told_beside_the_yes() -> None:
    said = await asked("varejo", "aceitam pix?")
    assert said.startswith("Sim")
    assert "5%" in said


async def test_what_is_not_accepted_gets_a_no_and_what_there_is() -> None:
    said = await asked("varejo", "aceita boleto?")
    assert "não aceitamos boleto" in said
    assert "Pix, cartão de crédito" in said
    assert "10x" not in said


@pytest.mark.parametrize(("shop", "most"), [("cosmeticos", 3), ("varejo", 10), ("saude", 4)])
async def test_who_asks_for_instalments_hears_of_them_alone(shop: str, most: int) -> None:
    said = await asked(shop, "parcela em quantas vezes?")
    assert f"até {most}x sem juros" in said
    assert "Pix" not in said


async def test_more_instalments_than_there_are_get_no_yes() -> None:
    said = await asked("cosmeticos", "parcela em 12x?")
    assert "até 3x" in said
    assert not said.startswith("Sim")


async def test_a_shop_without_instalments_says_so() -> None:
    shop = Shop("cosmeticos")
    shop.profile = replace(shop.profile, payment=replace(shop.profile.payment, instalments=1))
    assert "à vista" in await talk_in(shop).hears("parcela em quantas vezes?")


@pytest.mark.parametrize(
    ("shop", "told"), [("varejo", r"5% de desconto"), ("cosmeticos", r"sem desconto|Não temos desconto")]
)
async def test_a_discount_for_pix_is_no_promotion(shop: str, told: str) -> None:
    assert re.search(told, await asked(shop, "tem desconto no pix?"))


async def test_how_one_pays_is_told_in_the_words_of_the_profile() -> None:
    assert "a equipe envia por aqui" in await asked("cosmeticos", "como eu pago?")


async def test_freight_to_a_postal_code_is_only_what_serves_it() -> None:
    said = await asked("cosmeticos", "quanto fica o frete pra 30140-000?")
    assert "30140-000" in said
    assert "R$ 18,90" in said
    assert "Motoboy" not in said
    assert "CEP que" not in said


async def test_a_postal_code_that_nothing_serves_is_refused_with_what_is_possible() -> None:
    said = await asked("varejo", "entrega no cep 01310-100?")
    assert re.search("não temos entrega|não entregamos", said)
    assert "Retirada no depósito" in said


@pytest.mark.parametrize("bare", ["01310-100", "01310100", "é 01310-100", "meu cep é 01310-100"])
async def test_a_bare_postal_code_after_our_question_is_answered(bare: str) -> None:
    talk = talk_in(Shop("cosmeticos"))
    assert "CEP" in await talk.hears("vcs entregam?")
    said = await talk.hears(bare)
    assert "01310-100" in said
    assert "Motoboy na capital" in said


async def test_a_city_of_the_profile_gets_its_ways() -> None:
    said = await asked("cosmeticos", "entrega em são paulo?")
    assert "Motoboy na capital" in said


async def test_a_city_that_no_rule_names_gets_what_reaches_all_of_brazil() -> None:
    said = await asked("cosmeticos", "entrega em Santos?")
    assert "todo o Brasil" in said
    assert "Correios PAC" in said
    assert "Motoboy" not in said
    assert "CEP" in said


async def test_a_city_is_not_promised_where_nothing_reaches_all_of_brazil() -> None:
    said = await asked("varejo", "entrega em Santos?")
    assert "CEP" in said
    assert "R$" not in said


async def test_nothing_is_sent_abroad() -> None:
    assert "só no Brasil" in await asked("cosmeticos", "fazem entrega pra fora do brasil?")


async def test_who_asks_how_long_it_takes_is_told_no_prices() -> None:
    said = await asked("cosmeticos", "qual o prazo?")
    assert "de 3 a 8 dias úteis" in said
    assert "R$" not in said
    assert "confirmação do pagamento" in said


async def test_free_delivery_names_its_limits() -> None:
    said = await asked("cosmeticos", "a partir de quanto o frete é grátis?")
    assert "R$ 199,00" in said
    assert "R$ 250,00" in said
    assert "29,90" not in said


@pytest.mark.parametrize("text", ["posso retirar na loja?", "da pra buscar ai?"])
async def test_picking_up_is_told_without_freight(text: str) -> None:
    said = await asked("cosmeticos", text)
    assert "Retirada grátis na loja" in said
    assert "Correios" not in said


async def test_a_shop_that_does_not_deliver_offers_a_person() -> None:
    shop = Shop("cosmeticos")
    shop.profile = replace(shop.profile, delivery=DeliveryRules())
    assert "pessoa da equipe" in await talk_in(shop).hears("vcs entregam?")


@pytest.mark.parametrize(
    ("shop", "rule"),
    [
        ("cosmeticos", "Produto lacrado pode ser trocado"),
        ("varejo", "podem ser devolvidas em até 7 dias"),
        ("saude", "Produtos lacrados podem ser devolvidos"),
    ],
)
async def test_what_does_not_fit_is_exchanged_by_the_first_rule(shop: str, rule: str) -> None:
    assert rule in await asked(shop, "dá pra trocar se não servir?")


async def test_the_rule_that_is_named_is_the_one_that_is_told() -> None:
    assert "sob medida" in await asked("varejo", "qual a regra de troca de móvel sob medida?")


@pytest.mark.parametrize(("shop", "days"), [("cosmeticos", 30), ("varejo", 90)])
async def test_a_defect_has_its_own_time(shop: str, days: int) -> None:
    assert f"até {days} dias" in await asked(shop, "quanto tempo tenho pra trocar com defeito?")


async def test_without_a_written_rule_the_days_of_the_profile_are_told() -> None:
    shop = Shop("cosmeticos")
    shop.profile = replace(shop.profile, policies=())
    said = await talk_in(shop).hears("qual a política de troca?")
    assert "até 7 dias do recebimento" in said
    assert "nota fiscal" in said


@pytest.mark.parametrize(
    ("shop", "told"), [("cosmeticos", "originais"), ("varejo", "Um ano"), ("saude", "um ano de garantia")]
)
async def test_warranty_is_told_as_written(shop: str, told: str) -> None:
    assert told in await asked(shop, "tem garantia?")


async def test_a_rule_that_has_expired_is_not_told() -> None:
    shop = Shop("cosmeticos")
    past = shop.now.date().replace(year=2025)
    rule = Policy("promotion", "Natal", "Tudo pela metade.", valid_until=past)
    shop.profile = replace(shop.profile, policies=(rule,))
    assert "metade" not in await talk_in(shop).hears("tem promoção hoje?")


async def test_loyalty_tells_the_points_to_whom_they_belong() -> None:
    shop = Shop("cosmeticos")
    customer = shop.customer()
    shop.promotions.cards.append((customer.id, Decimal(240)))
    said = await talk_in(shop).hears("quantos pontos eu tenho no clube?")
    assert "240 pontos" in said
    assert "Clube Bela" in said


async def test_loyalty_tells_no_points_to_a_stranger() -> None:
    shop = Shop("cosmeticos")
    shop.promotions.cards.append((1, Decimal(240)))
    assert "240" not in await talk_in(shop).hears("quantos pontos eu tenho no clube?")


@pytest.mark.parametrize(("shop", "phone"), [("cosmeticos", "(11) 3862-4400"), ("varejo", "(41) 3322-7800")])
async def test_who_asks_for_the_telephone_gets_it_alone(shop: str, phone: str) -> None:
    said = await asked(shop, "qual o telefone de vcs?")
    assert phone in said
    assert "\n" not in said
    assert "example" not in said


async def test_parking_is_told_as_written() -> None:
    assert "gratuito" in await asked("varejo", "tem estacionamento?")


@pytest.mark.parametrize(
    ("shop", "text", "told"),
    [
        ("cosmeticos", "vcs vendem no atacado?", "6 unidades"),
        ("cosmeticos", "tem vaga de emprego?", "currículo na loja"),
        ("cosmeticos", "é cruelty free?", "Não vendemos marcas que testam"),
        ("cosmeticos", "tem embalagem de presente?", "embrulhamos para presente"),
        ("saude", "meu exame já ficou pronto?", "portal do paciente"),
        ("varejo", "quem monta?", "montagem em casa"),
    ],
)
async def test_what_the_profile_answers_is_told_in_its_words(shop: str, text: str, told: str) -> None:
    assert told in await asked(shop, text)


@pytest.mark.parametrize("shop", ["cosmeticos", "varejo", "saude"])
async def test_at_christmas_the_shops_are_closed(shop: str) -> None:
    said = await asked(shop, "vcs abrem no natal?")
    assert "Natal" in said
    assert re.search("não abrimos|fechad", said)


@pytest.mark.parametrize(
    "text",
    ["oi", "aceita cheque?", "qual o prazo?", "obrigada", "qual o endereço?", "tudo bem?", "entrega em Itu?"],
)
async def test_a_formal_shop_does_not_shout_and_uses_no_emoji(text: str) -> None:
    said = await asked("saude", text)
    assert "!" not in said
    assert re.search("[\\U0001F300-\\U0001FAFF]", said) is None


async def test_the_same_sentence_is_not_said_twice_in_a_row() -> None:
    talk = talk_in(Shop("cosmeticos"))
    said = [await talk.hears("parcela em quantas vezes?") for _ in range(4)]
    assert all(before != after for before, after in pairwise(said))
