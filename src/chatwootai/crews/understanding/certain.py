"""Wishes that must not be missed, by words that leave no doubt: a body that suffers, data to be erased."""

from __future__ import annotations

import re
from typing import Final

from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.crews import Intent

_DATA: Final = (
    r"(?:(?:os |as |todos? |todas? )*(?:meus?|minhas?) "
    r"(?:dados|cadastro|conta|informac\w+|registros?|historico))"
)
_ERASE_DATA: Final = re.compile(
    rf"\b(?:apag\w+|exclu\w+|delet\w+|elimin\w+|remov\w+|sum\w+ com|tir\w+)(?: \w+){{0,3}}? {_DATA}"
    r"|\blgpd\b|\bdescadastr\w+|\bdireito (?:ao|de) esquecimento"
    r"|\b(?:nao quero|par\w+ de|nao) (?:mais )?(?:me )?(?:receber|mand\w+|envi\w+)(?: \w+){0,2} "
    r"(?:mensage(?:m|ns)|propaganda|promoc\w+|publicidade)\b"
)
_SYMPTOM: Final = (
    r"(?:alergi\w+|coc(?:a|ando|eira|ou)|vermelhid\w+|ardencia|ardendo|ardeu|inch(?:ou|ad[oa]|aco"
    r"|ando)|bolhas?"
    r"|queim(?:ou|adura|ando)(?: (?:meu|minha|a|o))?|irrit(?:ou|ad[oa]|acao)|empipoc\w+|urticaria|descamando"
    r"|falta de ar|febre|sangr\w+|infec\w+|inflam\w+|desmai\w+|tontura|vomit\w+|pus|hematoma)"
)
_BODY: Final = (
    r"(?:pele|rosto|olhos?|boca|labios?|maos?|pes?|corpo|cabeca|couro|perna|braco|barriga|cara"
    r"|garganta|lingua"
    r"|palpebra|dente|gengiva|unha|axila|virilha)"
)
_USED: Final = (
    r"(?:us(?:ei|ou|ar|ando|o)|pass(?:ei|ou|ar)|apliquei|aplicou|fiz|fez|tomei|tomou|depois d\w+|apos)"
)
_HEALTH: Final = re.compile(
    rf"\b{_USED}\b.{{0,60}}\b{_SYMPTOM}|\b{_SYMPTOM}.{{0,40}}\b(?:{_BODY}|{_USED})\b"
    rf"|\b{_BODY}\b.{{0,30}}\b(?:esta|estao|ficou|ficaram|fica|comecou a)\b.{{0,15}}\b{_SYMPTOM}"
    r"|\breacao (?:alergica|adversa)\b"
    r"|\b(?:engoli|ingeri|bebi|comi)\w* .{0,30}\b(?:creme|shampoo|perfume|produto|esmalte|acetona|oleo)\b"
    r"|\b(?:estou|sou|esta|eh|to) (?:gravida|gestante|lactante|amamentando|diabetic[oa]|hipertens[oa])\b"
    r"|\b(?:gravidas?|gestantes?|lactantes?|quem amamenta)\b.{0,30}\b(?:pode|podem|usa\w*)\b"
    r"|\b(?:pode|podem|posso)\b.{0,40}\b(?:gravidas?|gestantes?|gravidez|amamentando|amamentacao)\b"
)


_KEPT_BACK: Final = re.compile(
    r"\bnao (?:(?:vou|quero|queria|posso|gosto de|gostaria de|pretendo|irei|preciso|me sinto \w+"
    r"|sei se|eh para) )*"
    r"(?:te |lhe |me |voces? )?(?:pass|d[oa]u?r?\b|inform|mand|envi|fal|diz|dig|fornec|coloc|compartilh|revel"
    r"|divulg)\w*(?: \w+){0,4}? (?:cpf|dados|documentos?|rg|numero|cadastro|informac\w+|telefone|e?mail)\b"
    r"|\b(?:para que|por ?que|porque|qual motivo|precisa)\b.{0,30} (?:cpf|dados|documentos?|rg)\b"
)
"""Who keeps her data to herself wants nothing erased."""


def certain_intent(said: str) -> Intent | None:
    """HEALTH or ERASE_DATA where the words leave no doubt."""
    spoken = " ".join(norms_of(said))
    if _ERASE_DATA.search(spoken):
        return Intent.ERASE_DATA
    return Intent.HEALTH if _HEALTH.search(spoken) else None


def keeps_data_back(said: str) -> bool:
    """ "Não vou passar meu CPF", "pra que meus dados?" """
    return _KEPT_BACK.search(" ".join(norms_of(said))) is not None
