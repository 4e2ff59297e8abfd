"""Codes and numbers that stand for something: documents, telephones, e-mails, orders, coupons, CEPs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatwootai.brazil import documents, phones, postal
from chatwootai.crews.understanding.readable import Readable, Span

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}", re.ASCII)
CPF = re.compile(
    r"(?:(?P<label>\bcpf\b[^\d\n]{0,14}))?(?<![\w.,/+-])"
    r"(?P<number>[0-9]{3}[. ]?[0-9]{3}[. ]?[0-9]{3}[-/. ]?[0-9]{2})(?![\w/]|[.,-][0-9])"
)
CNPJ = re.compile(
    r"(?:(?P<label>\bcnpj\b[^\d\n]{0,14}))?(?<![\w.,/+-])(?P<number>[0-9a-z]{2}\.[0-9a-z]{3}\.[0-9a-z]{3}/?[0-9a-z]{4}-?[0-9]{2}|[0-9]{8}/?[0-9]{4}-?[0-9]{2})(?![\w/]|[.,-][0-9])"
)
LABELLED = re.compile(r"\b(?:cpf|cnpj)\b(?:[^\d\n]{0,14})(?P<number>[0-9][0-9./ -]{6,18}[0-9])(?![\w])")
PHONE_BEFORE = re.compile(
    r"\b(?:tel|telefone|fone|cel|celular|whats|whatsapp|zap|wpp|contato|numero|ligar|liga)\W{0,12}$"
)
LONG_NUMBER = re.compile(r"\+?\(?[0-9][0-9().\-+]*(?: [0-9().\-]{2,})*[0-9]")
DATE = re.compile(r"[0-9]{1,2}([-.])[0-9]{1,2}\1[0-9]{4}|20[0-9]{2}-[0-9]{2}-[0-9]{2}")
DIGITS_OF_PHONE = 8
CEP = re.compile(
    r"(?P<label>\bcep\b[^\d\n]{0,12})?(?<![\w.,/+-])(?P<number>[0-9]{2}\.?[0-9]{3}(?P<dash>[-–]?)[0-9]{3})(?![\w/]|[.,-][0-9])"
)
ODOO_CODE = r"(?:so?[- ]?[0-9]{4,8})"
ODOO = re.compile(ODOO_CODE)
ORDER_WORD = r"(?:pedidos?|pdd|compras?|encomendas?|ordem|ordens|orcamentos?|cotacao|venda)"
ORDER = re.compile(
    rf"#? ?(?<![\w])(?P<code>{ODOO_CODE})(?![\w])"
    rf"|\b(?P<word>{ORDER_WORD})(?P<link>(?: ?(?:de )?(?:numero|num|n[o°]?|n\.|cod(?:igo)?)\.?:? ?| ?[:#] ?#?"
    r"| (?:eh|e|é|eh o|foi o|o|e o|aqui)(?: n[o]?)? #?| )#?)(?P<bare>[a-z]{0,4}-?[0-9]{1,12})(?![\w/]"
    r"|[.,:-][0-9]| ?x |%)|(?<![\w&])#(?P<hash>[a-z]{0,4}-?[0-9]{2,12})(?![\w])"
)
MORE = re.compile(r" ?(?:e|,|ou) ?(?:o )?#?(?P<bare>[a-z]{0,2}[0-9]{1,12})(?![\w/]|[.,:-][0-9])")
COUNTED_AFTER = re.compile(
    r" (?:de )?(?!nao|n|que|q|ainda|esta|ta|foi|chegou|ja|veio|eu|por|pra|para|e|com|do|da|no|na|quando|qual"
    r"|onde|cade|hoje|dia|em|saiu|vai|meu|minha|pfv|ate|atrasad|consta|aparece|pode|quero|preciso|como|se"
    r"|mas|feito|tem|era|cancel|obrigad)[a-z]{3,}"
)
COUPON = re.compile(
    r"\b(?:cupom|cupon|cupao|voucher|vale|cod(?:igo)?(?: (?:de|do|da))? (?:promocional|promo|desconto|cupom"
    r"|promocao)|promocode)(?: de desconto| promocional)?(?P<link>(?: (?:eh|e|o|chamado|chama|que eh|aqui|ta"
    r"|com nome))?[ :=\"'*“(]{1,4})(?P<code>[a-z0-9](?:[a-z0-9_-]{1,22})[a-z0-9])(?![\w@])"
)
LOOSE_COUPON = re.compile(r"\b(?=[A-Z0-9]{4,20}\b)(?=[0-9]*[A-Z])(?=[A-Z]*[0-9])[A-Z]{3,}[0-9]+[A-Z0-9]*\b")
COUPON_WORD = re.compile(
    r"\b(?:cupom|cupon|voucher|desconto|promocional|codigo|us[ae]r?|aplic\w+|coloc[ae]r?|poe|bota)\b"
)
_NOT_COUPONS = """
ainda aqui ativo ativos bom cada com como contra da das de desconto desse dessa deu disponivel do dos ela
ele em era eh essa esse esta estava expirado expirou fixo foi frete funciona funcionou gratis hoje invalido
isso legal mas meu mesmo nao nas nessa nesse no nome nos novo novos onde para pode por pra presente primeira
pro promocional quando qual que quero recebi se sem serve seu so sobre tambem tem tenho usar vale valido
vencido voces vai vou algum alguma agora ai la nenhum valendo vigente certo errado outro pena aplica aplicar
nao-funciona dia ser fica estou quanto muito
"""
NOT_COUPONS = frozenset(_NOT_COUPONS.split())


@dataclass(frozen=True, slots=True)
class Identifiers:
    """See `Entities`; `rest` is the text without them."""

    rest: Readable
    order_codes: tuple[str, ...]
    coupons: tuple[str, ...]
    documents: tuple[str, ...]
    bad_documents: tuple[str, ...]
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    postal_codes: tuple[str, ...]


def read_identifiers(text: Readable) -> Identifiers:
    rest, emails = _emails(text)
    coupons, spans = _coupons(rest)
    rest = rest.without(spans)
    good: list[str] = []
    bad: list[str] = []
    ceps: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    if sum(character.isdigit() for character in rest.folded) >= DIGITS_OF_PHONE:
        rest = _documents(rest, good, bad)
        rest, ceps = _ceps(rest)
        rest, numbers = _phones(rest)
    codes, spans = _orders(rest.folded)
    return Identifiers(rest.without(spans), codes, coupons, _once(good), _once(bad), numbers, emails, ceps)


def _once(found: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


def _emails(text: Readable) -> tuple[Readable, tuple[str, ...]]:
    if "@" not in text.surface:
        return text, ()
    matches = list(EMAIL.finditer(text.surface))
    emails = _once([match.group().lower() for match in matches])
    return text.without(match.span() for match in matches), emails


def _documents(text: Readable, good: list[str], bad: list[str]) -> Readable:
    spans: list[Span] = []
    for pattern in (CNPJ, CPF):
        for match in pattern.finditer(text.folded):
            span = match.span("number")
            if any(start < span[1] and span[0] < end for start, end in spans):
                continue
            if PHONE_BEFORE.search(text.folded, 0, span[0]) and not match["label"]:
                continue
            found = documents.parse(match["number"].upper())
            written = bool(re.search(r"[./-]", match["number"])) and not match["number"].startswith("+")
            if found is not None:
                good.append(found.digits)
            elif match["label"] or (written and re.search(r"\d{3}\.\d{3}|/", match["number"])):
                bad.append(_bare(match["number"]))
            else:
                continue
            spans.append(span)
    for match in LABELLED.finditer(text.without(spans).folded):
        bad.append(_bare(match["number"]))
        spans.append(match.span("number"))
    return text.without(spans)


def _bare(written: str) -> str:
    return re.sub(r"[\W_]", "", written).upper()


def _ceps(text: Readable) -> tuple[Readable, tuple[str, ...]]:
    """Eight digits without a dash are a CEP after that word alone, or where they are all that she wrote."""
    found: dict[Span, str] = {}
    for match in CEP.finditer(text.folded):
        alone = match["number"] == text.folded.strip(" .!") and not match["number"].startswith("9")
        cep = postal.parse(match["number"])
        if cep is not None and (match["label"] or match["dash"] or alone):
            found[match.span("number")] = cep.digits
    return text.without(found), _once(list(found.values()))


def _phones(text: Readable) -> tuple[Readable, tuple[str, ...]]:
    spans = [
        match.span()
        for match in LONG_NUMBER.finditer(text.folded)
        if sum(character.isdigit() for character in match.group()) >= DIGITS_OF_PHONE
        and not DATE.fullmatch(match.group())
    ]
    if not spans:
        return text, ()
    return text.without(spans), phones.find(text.folded.replace("\x00", " "))


def _orders(folded: str) -> tuple[tuple[str, ...], list[Span]]:
    codes: list[str] = []
    spans: list[Span] = []
    for match in ORDER.finditer(folded):
        group = "code" if match["code"] else "bare" if match["bare"] else "hash"
        said = match[group]
        if group == "bare" and said.isdigit() and len(said) < 3 and _is_count(match):
            continue
        codes.append((re.sub(r"[- ]", "", said) if ODOO.fullmatch(said) else said).upper())
        spans.append(match.span(group))
        end = match.end()
        while (match["word"] or "").endswith("s") and (more := MORE.match(folded, end)):
            codes.append(more["bare"].upper())
            spans.append(more.span("bare"))
            end = more.end()
    return _once(codes), spans


def _is_count(match: re.Match[str]) -> bool:
    """ "Meu pedido é 2 cremes"."""
    return COUNTED_AFTER.match(match.string, match.end()) is not None


def _coupons(text: Readable) -> tuple[tuple[str, ...], list[Span]]:
    if not COUPON_WORD.search(text.folded) and not COUPON.search(text.folded):
        return (), []
    found: dict[Span, str] = {}
    for match in COUPON.finditer(text.folded):
        span = match.span("code")
        if _is_coupon(match, text.surface[slice(*span)]):
            found[span] = match["code"].upper()
    for loose in LOOSE_COUPON.finditer(text.surface):
        if not re.fullmatch(r"S[O]?[0-9]{4,}|FPS[0-9]+|CPF[0-9]+", loose.group()):
            found.setdefault(loose.span(), loose.group())
    return _once([found[span] for span in sorted(found)]), list(found)


def _is_coupon(match: re.Match[str], written: str) -> bool:
    code = match["code"]
    if code in NOT_COUPONS or code.isdigit():
        return False
    if any(character.isdigit() for character in code) or written.isupper():
        return True
    quoted = re.search(r"[\"'*“:=]", match["link"])
    said = match["link"].split() or re.search(
        r"\b(?:o|com o|meu|usar|use) cupom $", match.string[: match.start("code")]
    )
    return bool(len(code) >= 4 and (quoted or said))
