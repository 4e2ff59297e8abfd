"""What a profile says in words: contact, policies, questions often asked, tone, other languages."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from chatwootai.domain.profiles import EMERGENCY, Contact, Faq, ForeignTexts, HealthRules, Policy, Tone
from chatwootai.integrations.profiles.kinds import Day, LongText, Section, Text, YesNo

SUBJECTS = {
    "entrega": "delivery",
    "pagamento": "payment",
    "troca": "exchange",
    "garantia": "warranty",
    "horario": "hours",
    "agenda": "booking",
    "promocao": "promotion",
    "fidelidade": "loyalty",
    "saude": "health",
    "sobre": "about",
}
Subject = Literal[
    "entrega", "pagamento", "troca", "garantia", "horario", "agenda", "promocao", "fidelidade", "saude",
    "sobre",
]  # fmt: skip


class ContactSection(Section):
    phone: Text | None = Field(default=None, alias="telefone")
    whatsapp: Text | None = None
    email: Text | None = None
    site: Text | None = None
    instagram: Text | None = None
    parking: LongText | None = Field(default=None, alias="estacionamento")

    def contact(self) -> Contact:
        return Contact(self.phone, self.whatsapp, self.email, self.site, self.instagram, self.parking)


class PolicySection(Section):
    subject: Subject = Field(alias="assunto")
    title: Text = Field(alias="titulo")
    text: LongText = Field(alias="texto")
    valid_from: Day | None = Field(default=None, alias="de", description="Primeiro dia em que vale.")
    valid_until: Day | None = Field(default=None, alias="ate", description="Último dia em que vale.")

    @model_validator(mode="after")
    def begins_before_it_ends(self) -> PolicySection:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError(f'a regra "{self.title}" termina antes de começar')
        return self

    def policy(self) -> Policy:
        return Policy(SUBJECTS[self.subject], self.title, self.text, self.valid_from, self.valid_until)


class FaqSection(Section):
    questions: tuple[Text, ...] = Field(alias="perguntas", min_length=1)
    answer: LongText = Field(alias="resposta")

    def faq(self) -> Faq:
        return Faq(self.questions, self.answer)


class HealthSection(Section):
    emergency: LongText = Field(
        default=EMERGENCY, alias="emergencia", description="Dita a quem relata uma reação."
    )
    care: YesNo = Field(default=False, alias="clinica", description="Se o negócio atende pacientes.")

    def rules(self) -> HealthRules:
        return HealthRules(self.emergency, self.care)


class ToneSection(Section):
    emoji: YesNo = Field(default=True, description="Se as respostas podem ter emoji.")
    style: Literal["proximo", "formal"] = Field(default="proximo", alias="estilo")
    forbidden: tuple[Text, ...] = Field(default=(), alias="palavras_proibidas")

    def tone(self) -> Tone:
        return Tone(self.style == "proximo", self.forbidden)


class ForeignSection(Section):
    welcome: LongText = Field(alias="boas_vindas")
    handoff: LongText = Field(alias="encaminhamento")

    def texts(self) -> ForeignTexts:
        return ForeignTexts(self.welcome, self.handoff)
