"""What a profile says of delivery, payment and exchanges."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from chatwootai.brazil.postal import parse
from chatwootai.domain.profiles import DeliveryRules, ExchangeRules, Freight, PaymentRules
from chatwootai.integrations.profiles.kinds import Count, LongText, Percent, Reais, Section, Text, YesNo

_RANGE = re.compile(r"\s*([\d.\-]+)\s*(?:a|até)\s*([\d.\-]+)\s*", re.IGNORECASE)


def _postal_codes(written: object) -> object:
    """ "01000-000 a 05999-999" as its ends."""
    if isinstance(written, tuple):
        return written
    match = _RANGE.fullmatch(str(written))
    ends = [parse(text) for text in match.groups()] if match else []
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        raise ValueError(f'"{written}" não é uma faixa de CEP; escreva como "01000-000 a 05999-999"')
    first, last = ends[0].digits, ends[1].digits
    if last < first:
        raise ValueError(f'a faixa de CEP "{written}" termina antes de começar')
    return first, last


PostalCodes = Annotated[
    tuple[str, str],
    BeforeValidator(_postal_codes),
    WithJsonSchema({"type": "string", "examples": ["01000-000 a 05999-999"]}),
]


class FreightSection(Section):
    name: Text = Field(alias="nome", description="Como o cliente conhece, como Correios PAC.")
    price: Reais | None = Field(default=None, alias="preco", description="Sem preço, a equipe orça.")
    free_from: Reais | None = Field(
        default=None, alias="gratis_a_partir", description="Grátis a partir deste total de produtos."
    )
    least_days: Count = Field(alias="prazo_minimo", description="Em dias.")
    most_days: Count = Field(alias="prazo_maximo", description="Em dias.")
    working_days: YesNo = Field(default=True, alias="dias_uteis")
    postal_codes: tuple[PostalCodes, ...] = Field(
        default=(), alias="ceps", description="Faixas de CEP atendidas; sem elas, todo o Brasil."
    )
    cities: tuple[Text, ...] = Field(default=(), alias="cidades")

    @model_validator(mode="after")
    def days_in_order(self) -> FreightSection:
        if self.most_days < self.least_days:
            raise ValueError("o prazo_maximo é menor que o prazo_minimo")
        return self

    def freight(self) -> Freight:
        return Freight(
            self.name,
            self.price,
            self.least_days,
            self.most_days,
            self.free_from,
            self.postal_codes,
            self.cities,
            self.working_days,
        )


class DeliverySection(Section):
    pickup: LongText | None = Field(
        default=None, alias="retirada", description="Quando e onde retirar; sem ela, não há retirada."
    )
    note: LongText | None = Field(default=None, alias="observacao")
    freights: tuple[FreightSection, ...] = Field(default=(), alias="formas")

    def rules(self) -> DeliveryRules:
        return DeliveryRules(tuple(each.freight() for each in self.freights), self.pickup, self.note)


class PaymentSection(Section):
    methods: tuple[Text, ...] = Field(default=(), alias="formas", description="Como Pix, cartão, boleto.")
    instalments: int = Field(
        default=1, alias="parcelas", ge=1, le=48, strict=True, description="Máximo sem juros."
    )
    instalments_from: Reais | None = Field(default=None, alias="parcelas_a_partir")
    least_instalment: Reais | None = Field(default=None, alias="parcela_minima")
    pix_discount: Percent | None = Field(default=None, alias="desconto_pix")
    how: LongText | None = Field(
        default=None, alias="como", description="Como se paga um pedido feito por aqui."
    )

    def rules(self) -> PaymentRules:
        return PaymentRules(
            self.methods,
            self.instalments,
            self.instalments_from,
            self.least_instalment,
            self.pix_discount,
            self.how,
        )


class ExchangeSection(Section):
    regret_days: Count = Field(
        default=7, alias="arrependimento_dias", description="A lei dá 7 dias para compras à distância."
    )
    defect_days: Count = Field(
        default=30, alias="defeito_dias", description="A lei dá 30 dias, e 90 para bens duráveis."
    )
    conditions: LongText | None = Field(default=None, alias="condicoes")
    excluded: tuple[Text, ...] = Field(
        default=(), alias="so_por_defeito", description="Categorias ou códigos trocados só por defeito."
    )

    def rules(self) -> ExchangeRules:
        return ExchangeRules(self.regret_days, self.defect_days, self.conditions, self.excluded)
