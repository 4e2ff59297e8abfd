from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.catalog import Offer, Product
from chatwootai.domain.conversations import Author, ChannelKind, Contact, Conversation, Message, Status
from chatwootai.domain.crews import Briefing, Memory
from chatwootai.domain.money import Money
from chatwootai.domain.profiles import BusinessHours, OpenPeriod, Profile

ZONE = ZoneInfo("America/Sao_Paulo")
WEDNESDAY_MORNING = datetime(2026, 11, 25, 10, 0, tzinfo=ZONE)
DAY = (OpenPeriod(time(9), time(18)),)
SATURDAY = (OpenPeriod(time(9), time(13)),)

Brief = Callable[..., Briefing]


@pytest.fixture
def profile() -> Profile:
    week = {**dict.fromkeys(range(5), DAY), 5: SATURDAY, 6: ()}
    hours = BusinessHours(ZONE, week, holidays_state="SP")
    return Profile("bela", "Bela Cosméticos", "Bia", hours, address="Rua das Acácias, 120, São Paulo – SP")


@pytest.fixture
def brief(profile: Profile) -> Brief:
    """Makes a briefing from texts, or from messages; ids grow from `first_id`."""

    def make(
        *said: str | Message,
        memory: Memory | None = None,
        now: datetime = WEDNESDAY_MORNING,
        profile: Profile = profile,
        history: tuple[Message, ...] = (),
        first_id: int = 100,
        contact: str = "Ana Souza",
    ) -> Briefing:
        conversation = Conversation(
            ConversationKey(AccountId("1"), 7),
            1,
            ChannelKind.WHATSAPP,
            Status.PENDING,
            can_reply=True,
            contact=Contact(1, contact),
        )
        messages = tuple(
            item if isinstance(item, Message) else Message(first_id + place, Author.CUSTOMER, item, now)
            for place, item in enumerate(said)
        )
        return Briefing(conversation, profile, messages, now, history, memory or {})

    return make


def offer(product_id: int, name: str, price: str, available: str | None, category: str = "") -> Offer:
    stock = None if available is None else Decimal(available)
    return Offer(Product(product_id, name, f"COD-{product_id}", category), Money(Decimal(price)), stock)


OFFERS: tuple[Offer, ...] = (
    offer(1, "Shampoo Hidratante Coco 300 ml", "39.90", "12", "Shampoos"),
    offer(2, "Shampoo Hidratação Profunda 300 ml", "34.90", "40", "Shampoos"),
    offer(3, "Shampoo Hidratação Profunda 1 L", "89.90", "9", "Shampoos"),
    offer(4, "Shampoo Cachos Definidos 300 ml", "42.90", "25", "Shampoos"),
    offer(5, "Shampoo Cachos Definidos 1 L", "98.90", "0", "Shampoos"),
    offer(6, "Shampoo Anticaspa Melaleuca 200 ml", "37.50", "18", "Shampoos"),
    offer(7, "Condicionador Hidratante Coco 300 ml", "41.90", "1", "Condicionadores"),
    offer(8, "Condicionador Hidratação Profunda 300 ml", "36.90", "38", "Condicionadores"),
    offer(9, "Kit Coco Shampoo e Condicionador 300 ml", "74.90", "10", "Kits"),
    offer(10, "Batom Matte Vermelho Paixão", "29.90", "30", "Batons"),
    offer(11, "Batom Matte Rosa Antigo", "29.90", "21", "Batons"),
    offer(12, "Batom Cremoso Nude Avelã", "27.90", "0", "Batons"),
    offer(13, "Perfume Floral Jardim de Verão 50 ml", "129.90", "10", "Perfumes"),
    offer(14, "Perfume Floral Jardim de Verão 100 ml", "1199.90", "5", "Perfumes"),
    offer(15, "Vale-presente Ouro", "100.00", None, "Vales"),
    offer(16, "Loção Corporal Karité 200 ml", "32.90", "29", "Corpo e banho"),
    offer(17, "Máscara de Cílios Volume Preta", "42.90", "24", "Olhos"),
    offer(18, "Guarda-roupa Infantil 2 Portas", "890.00", "2.5", "Quarto"),
)


@pytest.fixture
def offers() -> tuple[Offer, ...]:
    return OFFERS


@pytest.fixture
def told() -> Mapping[int, Offer]:
    return {item.product.id: item for item in OFFERS}
