"""Word lists of Brazilian chat, folded (no accents, lower case)."""

from __future__ import annotations

from decimal import Decimal

ABBREVIATIONS: dict[str, str] = {
    "abreem": "abrem", "abrm": "abrem", "agr": "agora", "aki": "aqui", "amn": "amanha", "amnh": "amanha",
    "atendentr": "atendente", "bjo": "beijos", "bjs": "beijos", "blz": "beleza", "bm": "bem",
    "brigada": "obrigado", "brigadao": "obrigado", "brigado": "obrigado", "buenas": "ola", "bum": "bom",
    "c/": "com", "cm": "com", "qro": "quero", "qero": "quero", "fla": "falar", "flar": "falar",
    "flr": "falar", "msm": "mesmo",
    "cmg": "comigo", "pdd": "pedido", "qria": "queria", "ce": "voce", "ces": "voces", "cmo": "como",
    "ctz": "certeza", "cusat": "custa",
    "cusata": "custa", "custra": "custa", "cuta": "custa", "d": "de", "dmingo": "domingo", "dom": "domingo",
    "dps": "depois", "eae": "e ai", "eai": "e ai", "end": "endereco", "enderco": "endereco",
    "endereso": "endereco", "enderesso": "endereco", "enderessu": "endereco", "estoq": "estoque",
    "fds": "fim de semana", "feriadao": "feriado", "fexa": "fecha", "fexam": "fecham", "fika": "fica",
    "flw": "falou", "func": "funcionamento", "hj": "hoje", "hoj": "hoje", "hr": "hora", "hrs": "horas",
    "hs": "horas", "kd": "cade", "kto": "quanto", "kuanto": "quanto", "msg": "mensagem", "mt": "muito",
    "mta": "muita", "mto": "muito", "n": "nao", "naum": "nao", "nn": "nao", "obg": "obrigado",
    "obgado": "obrigado", "obgd": "obrigado", "obgda": "obrigado", "obrigad": "obrigado",
    "obrigada": "obrigado", "obrigadao": "obrigado", "oje": "hoje", "oq": "o que", "oque": "o que",
    "orario": "horario", "p": "para", "p/": "para", "pesoa": "pessoa", "pesoas": "pessoas",
    "pf": "por favor", "pfv": "por favor", "pfvr": "por favor", "pls": "por favor", "pq": "porque",
    "pra": "para", "prco": "preco", "prcs": "precos", "presos": "precos", "presso": "preco",
    "presu": "preco", "pro": "para o", "q": "que", "qanto": "quanto", "qaunto": "quanto", "qd": "quando",
    "qdo": "quando", "ql": "qual", "qndo": "quando", "qnt": "quanto", "qnto": "quanto", "qnts": "quantos",
    "qt": "quanto", "qtas": "quantas", "qto": "quanto", "qtos": "quantos", "qts": "quantos",
    "qua": "quarta", "quanot": "quanto", "quantu": "quanto", "quato": "quanto", "qui": "quinta",
    "qunato": "quanto", "s/": "sem", "sab": "sabado", "sabado": "sabado", "sabdo": "sabado",
    "seg": "segunda", "sex": "sexta", "ta": "esta", "tah": "esta", "tao": "estao", "tb": "tambem",
    "tbem": "tambem", "tbm": "tambem", "td": "tudo", "teem": "tem", "ten": "tem", "tm": "tem",
    "tmb": "tambem", "to": "estou", "umano": "humano", "valo": "valor", "vc": "voce",
    "vcis": "voces",
    "vcs": "voces", "vlr": "valor", "vlw": "valeu", "vlws": "valeu", "voceis": "voces", "vses": "voces",
    "wpp": "whatsapp", "xau": "tchau", "zap": "whatsapp",
}  # fmt: skip

CORRECTED: tuple[str, ...] = (
    "atendente", "atendimento", "atendentes", "disponivel", "disponiveis", "domingo", "domingos", "endereco",
    "estoque", "feriado", "feriados", "funcionam", "funcionamento", "gerente", "horario", "horarios",
    "localizacao", "obrigado", "vendedor", "vendedora", "segunda",
)  # fmt: skip
"""Words worth recognising with a typo."""

NUMBER_WORDS: dict[str, Decimal] = {
    "meio": Decimal("0.5"), "meia": Decimal("0.5"), "um": Decimal(1), "uma": Decimal(1), "dois": Decimal(2),
    "duas": Decimal(2), "tres": Decimal(3), "quatro": Decimal(4), "cinco": Decimal(5),
}  # fmt: skip

_FILLERS = """
dois duas ambos sumida sumidas sumido pessoal galera coisa coisas algo
a acaso agora ai ainda algum alguma algumas alguns amiga amigo ao aos aquela aquelas aquele aqueles
aqui as bom cada chegando com comprar custando da das de dela delas dele deles dessa desse desta
deste dia disso diz dizer do dos e eh ela elas ele eles em entao essa essas esse esses esta estao
estas este estes estou fala falar favor favorzinho gente gostaria hein hoje informa informar isso
isto item itens ja la levar linda loja mais manda mandar mas me mesmo mim moca moco na nas ne no nos
o oi ola os ou para passa passar pode podem poderia podia por porfavor porque possivel preciso
procurando procuro produto produtos quais qual que queria querida querido quero sabe sabem saber
saindo se sera sim so ta tambem tipo um uma umas unidade unidades uns venda vender ver vez voce
sozinha sozinho voces voltou
"""
FILLERS: frozenset[str] = frozenset(_FILLERS.split())
"""Words that stand around a product's name and are not part of it."""

_NOT_NAMES = """
aceita aceitam achei acho agora ajuda ajudar alguem amanha amei antes aquilo bot certo chamo chegou
como comprei demora depois deus eita ela ele entendi era errado esta estava estou eu falar faz
fazer ficar ficou fiz foi gente gostei gosto haha hoje humano ir isso kk kkk mesmo meu meus minha
minhas moro nada nao ninguem nome nos nossa obrigado onde ontem pessoa pode podia porque posso
preciso quais qual quando quanto que quem queria quero recebi responde respondeu robo rs rsrs sei
ser sera seu sim sou sua talvez tenho tinha tudo vai vamos veio verdade vish voce voces vou fui comprei
paguei usei ganhei vi pedi liguei passei trabalho tive vim peguei
vendi perdi disse falaram falou disseram aconteceu morri adorei nunca sempre
"""
NOT_NAMES: frozenset[str] = frozenset(_NOT_NAMES.split())
"""A phrase with one of these is a sentence, not the bare name of a product."""
