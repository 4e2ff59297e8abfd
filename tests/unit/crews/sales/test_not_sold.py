"""What the shop does not sell is told so, and what is only misspelt is found."""

from __future__ import annotations

import pytest
from tests.fixtures.selling import Selling

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("shop", ["cosmeticos", "varejo", "saude"])
@pytest.mark.parametrize(
    "asked", ["vcs vendem pneu de caminhão?", "tem geladeira?", "tem fogão?", "tem panela?"]
)
async def test_what_nobody_here_sells_gets_an_honest_no_and_nothing_instead(shop: str, asked: str) -> None:
    at = Selling(shop)
    answer = await at.hears(asked)
    assert "Não encontrei" in answer or "não achei" in answer
    assert "R$" not in answer


@pytest.mark.parametrize(
    ("shop", "asked", "code"),
    [
        ("cosmeticos", "tem xampu de coko?", "Shampoo Hidratante Coco 300 ml"),
        ("cosmeticos", "tem esmalti vermelio?", "Esmalte Cremoso Vermelho Clássico 8 ml"),
        ("cosmeticos", "tem condissionador de coco?", "Condicionador Hidratante Coco 300 ml"),
        ("varejo", "tem almofada de liho?", "Almofada de Linho 50 cm"),
        ("varejo", "tem guardaroupa?", "Guarda-roupa 6 Portas com Espelho"),
    ],
)
async def test_a_misspelt_product_is_found(shop: str, asked: str, code: str) -> None:
    assert f"**{code}**" in await Selling(shop).hears(asked)
