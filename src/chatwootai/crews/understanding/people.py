"""Names that she gives, and for whom she speaks."""

from __future__ import annotations

import re

from chatwootai.crews.understanding.readable import Readable

RELATIONS = {
    "mae": "mãe", "pai": "pai", "filho": "filho", "filha": "filha", "filhinho": "filho", "filhinha": "filha",
    "esposa": "esposa", "esposo": "esposo", "marido": "marido", "mulher": "mulher", "namorado": "namorado",
    "namorada": "namorada", "irma": "irmã", "irmao": "irmão", "tia": "tia", "tio": "tio", "sogra": "sogra",
    "sogro": "sogro", "amiga": "amiga", "amigo": "amigo", "neto": "neto", "neta": "neta", "noiva": "noiva",
    "noivo": "noivo", "sobrinho": "sobrinho", "sobrinha": "sobrinha", "primo": "primo", "prima": "prima",
    "cunhado": "cunhado", "cunhada": "cunhada", "bebe": "bebê", "avo": "avó", "vo": "avó",
    "madrinha": "madrinha",
    "padrinho": "padrinho", "enteado": "enteado", "enteada": "enteada", "chefe": "chefe", "patroa": "patroa",
    "mamae": "mãe", "papai": "pai", "vizinha": "vizinha", "vizinho": "vizinho", "filhos": "filhos",
    "filhas": "filhas", "pais": "pais", "nora": "nora", "genro": "genro",
}  # fmt: skip
RELATION = "|".join(sorted(RELATIONS, key=len, reverse=True))
FOR_WHOM = re.compile(
    rf"\b(?:para|pra|pro|p/|p) ?(?:o |a )?(?:meu|minha|meus|minhas|m) (?P<given>{RELATION})\b"
    rf"|\b(?:pra|pro|para a|para o) (?P<other>{RELATION}) (?:dela|dele|de mim|do meu|da minha)\b"
    rf"|\b(?:meu|minha) (?P<wishes>{RELATION})(?: \w+)? (?:quer|queria|gostaria|precisa|precisaria|vai querer"
    r"|deseja|pediu|ta querendo|esta querendo|ta precisando|esta precisando|pode ir|tem (?:consulta|horario)"
    r"|quis|marcou|tinha marcado|vai fazer)\b|\b(?:marcar|agendar|remarcar|desmarcar|levar|consulta|horario"
    r"|exame|retorno|sessao|agendamento|avaliacao)"
    rf" (?:d?[oa] |para )?(?:meu|minha|do meu|da minha) (?P<booked>{RELATION})\b"
    rf"|\b(?:eh|e|seria) (?:d[oa]|pr[oa]|para [oa]) (?:meu|minha) (?P<whose>{RELATION})\b"
    rf"|\b(?:meu|minha) (?P<ill>{RELATION}) (?:esta|ta) (?:com|sentindo)\b"
    rf"|\b(?:em|no) nome d[aeo] (?:meu|minha) (?P<named>{RELATION})\b"
)
TITLE = re.compile(r"(?:dra?|sra?|dona|prof|profa)\b\.? ")
PARTICLES = frozenset(("da", "de", "do", "das", "dos", "e"))
INTRODUCED = re.compile(
    r"\b(?:me chamo|meu nome (?:completo )?(?:eh|e|é)|(?:o )?nome (?:dela|dele) (?:eh|e)|(?:ela"
    r"|ele) se chama|chama-?se|pode me chamar de|me chama de|nome(?: completo)?(?: do cliente| da cliente"
    r"| do paciente| da paciente)? ?:|(?:n[oa]|em) nome d[aeo]|(?:o |a )?(?:paciente|cliente) (?:eh|e"
    r"|sera) [oa]?|quem (?:fala|esta falando) (?:eh|e)(?: [oa])?|se chama|ass(?:inado)?:) *:? ?(?:o |a )?"
)
MAYBE = re.compile(
    r"\b(?:(?:eu )?sou [oa]\b|aqui (?:eh|e|quem fala eh) (?:o |a )?|(?:eh|e|seria|fica) (?:para|pra|pro"
    r"|p/) ?(?:[oa] )?|(?:marcar|agendar|reservar|consulta|horario|marca|agenda|reserva|entregar"
    r"|mandar) (?:para|pra|pro) ?(?:[oa] )?|falando com [oa]|(?:eh|e) [oa] (?=[a-z]+(?: [a-z]+){0,2} (?:da"
    r"|do|que|falando|aqui)\b)) *"
)
"""What names follow, besides much else: only a capital, or the end of what she says, makes it one."""

CAPITAL_ONLY = re.compile(
    rf"\bsou (?=[a-z])|\b(?:meu|minha) (?:{RELATION})(?: se chama| eh| chamad[oa]|,)? (?=[a-z])"
)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NOT_NAMES = """
alergica alergico amanha aniversario aqui assim atendente atendimento avaliacao bebe bom boa cabelo
cabeleireira cartao casa certo cliente clientes com como comprador compradora consulta consumidor corte
creme dela dele dentista dia domingo dona dono ela ele empresa eu favor fazer filha filho gente gerente hoje
hora horario isso já la limpeza loja marcar mae marido meu mesma mesmo meio mim minha mulher moca moco mora
moro nao na no noite novo nova numero oi ola outro outra pai paciente para pele pessoa pode por presente
presentear pra pro proprietaria proprietario quarta que quem quero queria quinta responsavel sabado sai
secretaria segunda semana sexta sim sua seu tarde terca todos tratamento um uma unha unhas usar uso vc voce
voces vou esposa esposo namorada namorado depois antes manha entrega entregar endereco proxima proximo mais
pela pelo tudo todo toda nome so unica unico gestante gravida diabetica hipertensa vendedora vendedor agora
essa esse este esta levar ver saber te ti gostaria preciso obrigado obrigada primeira primeiro retirar
retirada empresas pix
"""
NOT_NAMES = frozenset(_NOT_NAMES.split())
LONGEST_NAME = 6


def read_names(text: Readable) -> tuple[str, ...]:
    """Names with their capitals, "ana souza" as "Ana Souza"."""
    found = [_name(text, match.end(), sure=True) for match in INTRODUCED.finditer(text.folded)]
    found += [_name(text, match.end(), sure=False) for match in MAYBE.finditer(text.folded)]
    found += [
        _name(text, match.end(), sure=False)
        for match in CAPITAL_ONLY.finditer(text.folded)
        if text.surface[match.end()].isupper() and not text.surface.isupper()
    ]
    names = [name for name in dict.fromkeys(found) if name]
    # "Meu nome é Ana, no nome de Ana Souza": the longer one tells more.
    return tuple(name for name in names if not any(name != other and name in other for other in names))


def for_whom(text: Readable) -> str:
    match = FOR_WHOM.search(text.folded)
    if match is None:
        return ""
    said = match[match.lastgroup or 0]
    place = match.start(match.lastgroup or 0)
    if said in ("avo", "vo"):
        return "avô" if "ô" in text.surface[place : place + 3].lower() or "meu" in match.group() else "avó"
    return RELATIONS[said]


def _name(text: Readable, start: int, *, sure: bool) -> str:
    words: list[str] = []
    title = TITLE.match(text.folded, start)
    end = title.end() if title else start
    shouting = text.surface.isupper()
    capital = False
    while len(words) < LONGEST_NAME and (match := WORD.match(text.surface, end)):
        word, folded = match.group(), text.folded[match.start() : match.end()]
        upper = word[0].isupper() and not shouting and folded not in PARTICLES
        if folded in NOT_NAMES or folded in RELATIONS or (capital and not upper and folded not in PARTICLES):
            break
        if not words and folded in PARTICLES:
            return ""
        capital = capital or upper
        words.append(word)
        if text.surface[match.end() : match.end() + 1] != " ":
            end = match.end()
            break
        end = match.end() + 1
    return _accepted(words, capital=capital, sure=sure, ended=not WORD.match(text.surface, end))


def _accepted(words: list[str], *, capital: bool, sure: bool, ended: bool) -> str:
    while words and words[-1].lower() in PARTICLES:
        words.pop()
    if not words or len(words[0]) < 2 or (not capital and len(words) > 4):
        return ""
    if not capital and not sure and (not ended or len(words) > 3):
        return ""
    return " ".join(word.lower() if word.lower() in PARTICLES else word.capitalize() for word in words)
