from __future__ import annotations

import pytest

from chatwootai.crews.sales.matching import ProductIndex
from chatwootai.crews.sales.sounds import sound
from chatwootai.domain.catalog import Offer, Product

pytestmark = pytest.mark.unit


@pytest.fixture
def index(offers: tuple[Offer, ...]) -> ProductIndex:
    return ProductIndex([offer.product for offer in offers])


def found(index: ProductIndex, mention: str) -> set[int]:
    return {product.id for product in index.find(mention).found}


@pytest.mark.parametrize(
    ("mention", "ids"),
    [
        ("Shampoo Hidratante Coco 300 ml", {1}),
        ("shampoo de coco", {1}),
        ("xampu de coco", {1}),
        ("shampo coco", {1}),
        ("kit coco", {9}),
        ("shampoo e condicionador de coco", {9}),
        ("shampoo hidratação profunda", {2, 3}),
        ("shampoo hidratacao profunda 1 litro", {3}),
        ("shampoo de 1l", {3, 5}),
        ("anticaspa", {6}),
        ("shampoo pra cabelo cacheado", {4, 5}),
        ("anti caspa", {6}),
        ("shampoo pra caspa", {6}),
        ("batons", {10, 11, 12}),
        ("batom matte", {10, 11}),
        ("batom mate vermelio", {10}),
        ("perfume floral de 100ml", {14}),
        ("loções", {16}),
        ("locao corporal", {16}),
        ("guardaroupa", {18}),
        ("guarda roupas", {18}),
        ("mascara de cilios", {17}),
        ("COD-17", {17}),
        ("geladeira", set()),
        ("creme de barbear", set()),
        ("shampoo de 5 litros", set()),
        ("", set()),
        ("de", set()),
    ],
)
def test_a_mention_finds_what_is_meant(index: ProductIndex, mention: str, ids: set[int]) -> None:
    assert found(index, mention) == ids


def test_a_wrong_size_offers_the_right_name(index: ProductIndex) -> None:
    match = index.find("shampoo de coco 5 litros")
    assert match.found == ()
    assert [product.id for product in match.near] == [1, 9]


def test_something_like_it_is_near(index: ProductIndex) -> None:
    match = index.find("batom matte roxo")
    assert not match.found
    assert {product.id for product in match.near[:2]} == {10, 11}


def test_a_name_that_says_no_more_than_the_mention_wins() -> None:
    index = ProductIndex([Product(1, "Base"), Product(2, "Base Matte"), Product(3, "Base Matte Clara")])
    assert found(index, "base") == {1}
    assert found(index, "base matte") == {2}


def test_the_same_thing_in_another_size_is_the_first_alternative(
    index: ProductIndex, offers: tuple[Offer, ...]
) -> None:
    assert next(product.id for product in index.alternatives(offers[4].product)) == 4


def test_a_catalogue_without_products_finds_nothing() -> None:
    assert ProductIndex([]).find("shampoo").found == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("xampu", "shampoo"), ("idratante", "hidratante"), ("cerum", "serum"), ("faciau", "facial")],
)
def test_words_that_sound_alike_share_a_key(one: str, other: str) -> None:
    assert sound(one) == sound(other)
