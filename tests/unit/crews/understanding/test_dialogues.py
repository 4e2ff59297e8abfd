"""What customers write over several turns, with the real crews: what was read leads to the right answer."""

from __future__ import annotations

import pytest
from tests.fixtures.talking import Shop, Talk

from chatwootai.crews.dialogues.frontdesk import Frontdesk
from chatwootai.crews.info.crew import InfoCrew
from chatwootai.crews.sales.crew import SalesCrew
from chatwootai.crews.scheduling.crew import SchedulingCrew
from chatwootai.crews.support.crew import SupportCrew
from chatwootai.crews.understanding.reader import Reader
from chatwootai.domain.crews import Crew, CrewName

pytestmark = pytest.mark.unit

READER = Reader()


async def talk_in(name: str) -> Talk:
    shop = Shop(name)
    shop.customer()
    await shop.fill_knowledge()
    crews: dict[CrewName, Crew] = {
        CrewName.SALES: SalesCrew(shop.desk),
        CrewName.INFO: InfoCrew(shop.desk),
        CrewName.SCHEDULING: SchedulingCrew(shop.desk),
        CrewName.SUPPORT: SupportCrew(shop.desk),
    }
    return shop.talk(READER, crews, Frontdesk(shop.leads))


async def test_how_many_is_corrected_under_the_summary() -> None:
    talk = await talk_in("cosmeticos")
    assert "3 × " in await talk.hears("quero 3 creme para as maos de pessego pra retirar, pix")
    assert "Total: R$ 37,80" in await talk.hears("nao pera, sao so 2")
    assert "confirmad" in await talk.hears("blz, pode confirmar o pedido")


async def test_a_purchase_and_a_question_in_one_breath_are_both_heard() -> None:
    talk = await talk_in("cosmeticos")
    told = await talk.hears(
        "quero 1 creme para as maos de pessego entrega em 01310-100 e quanto fica o frete?"
    )
    assert "Creme para as Mãos Pêssego" in told
    assert "R$ 15,00" in told


async def test_both_together_are_summed() -> None:
    talk = await talk_in("cosmeticos")
    await talk.hears("quanto custa o creme para as maos de pessego e o perfume amadeirado?")
    assert "R$ 238,80" in await talk.hears("e os dois juntos qto fica?")


async def test_a_day_and_another_treatment_go_on_with_what_was_told() -> None:
    talk = await talk_in("cosmeticos")
    await talk.hears("que horas abre?")
    assert "das 9h às 13h" in await talk.hears("e no sabado?")
    clinic = await talk_in("saude")
    await clinic.hears("precisa de jejum pra glicemia?")
    assert "Não precisa de jejum" in await clinic.hears("e pro hemograma?")


async def test_what_is_advised_keeps_the_limit_and_goes_on() -> None:
    talk = await talk_in("cosmeticos")
    told = await talk.hears("queria um hidratante de até 40 reais")
    assert "Hidratante Corporal" in told
    assert "52,90" not in told
    hair = await talk_in("cosmeticos")
    first = await hair.hears("oq vc indica pra cabelo ressecado?")
    assert "Shampoo Hidratante Coco" in first
    more = await hair.hears("tem mais barato?")
    assert "Shampoo Hidratação Profunda" in more


@pytest.mark.parametrize(
    ("shop", "said", "told"),
    [
        ("saude", "vcs atendem urgencia?", "Não atendemos urgências"),
        ("varejo", "vcs fazem movel sob medida?", "Fazemos peças sob medida"),
        ("varejo", "qual a diferença do sofa retratil 2 lugares pro sofa cama?", "Comparando"),
        ("cosmeticos", "qual a diferença do perfume floral pro amadeirado?", "Amadeirado"),
        ("cosmeticos", "o shampoo de cachos tem sulfato?", "Sem sulfato"),
        ("varejo", "qual o tamanho da mesa de jantar jatoba de 6 lugares?", "160 × 90"),
        ("varejo", "qto fica a mesa de jantar jatoba 4 lugares em 10x?", "R$ 1.890,00"),
        ("saude", "como toma a vitamina d3?", "Uma cápsula ao dia"),
        ("saude", "quero 3 omega 3, vou retirar na recepção, pago no pix", "3 × "),
        ("cosmeticos", "quanto custa o protetor solar corporal fps 50?", "FPS 50"),
        ("cosmeticos", "o que vc consegue fazer por aqui?", "marcar e remarcar horários"),
        ("cosmeticos", "onde fica a loja? tem estacionamento? e qual o telefone?", "3862-4400"),
    ],
)
async def test_what_is_asked_is_answered(shop: str, said: str, told: str) -> None:
    assert told in await (await talk_in(shop)).hears(said)
