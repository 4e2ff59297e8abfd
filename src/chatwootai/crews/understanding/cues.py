"""How customers ask: patterns over comparable words (see `words`), one group per intent."""

from __future__ import annotations

import re

from chatwootai.crews.understanding.themes import TOPIC


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:\b(?:{pattern})(?!\w))" for pattern in patterns))


OPEN = (
    r"(?:abr(?:e|em|ir|irao|ira|indo)|abert[oa]s?|fecha(?:m|r|d[oa]s?)?|funciona(?:m|ndo|r)?|atende(?:m"
    r"|ndo|r)?"
    r"|trabalha(?:m|ndo|r)?(?! com)|expediente)"
)
DAY = (
    r"(?:hoje|(?:depois de )?amanha|agora|(?:segundas?|tercas?|quartas?|quintas?"
    r"|sextas?)(?: feiras?)?(?: santa)?"
    r"|sabados?|domingos?|feriados?|(?:fim|fi[mn]s|finais) de semana|vespera d[eo] \w+(?: novo)?|natal"
    r"|ano novo"
    r"|reveillon|tiradentes|finados|consciencia negra|dia \d+(?: de \w+)?|\d{1,2}/\d{1,2}"
    r"|todos? (?:os )?dias?"
    r"|de manha|de tarde|a tarde|a noite|de noite|no almoco|(?:na )?hora do almoco|dia de semana)"
)
LINK = r"(?:n?[ao]s?|de|em|para|e|ou|tambem|mais|aos?|dia|so|ja|durante|desde|ate)"
DAYS = rf"{DAY}(?: (?:{LINK} ){{0,3}}{DAY})*"
HOUR = r"que horas?"
CLOCK = r"(?:as? )?\d{1,2}(?:h\w*|:\d\d| horas?)?"

HOURS = _any(
    rf"(?:(?:a|ate|de|em|desde|a partir de|mais ou menos) )*(?:que|qual|quais) (?:as |os |o |eh "
    rf"|e )*(?:horas?|horarios?)"
    rf"(?: \w+){{0,4}}? {OPEN}(?: (?:{LINK} ){{0,3}}{DAYS})?(?: e {OPEN})?",
    rf"(?:(?:voces?|a|loja|esta|estao|vai|vao|ja|ainda|so|nao) )*{OPEN}(?: {LINK}){{0,3}} {DAYS}"
    rf"(?: (?:(?:ate|a partir de|de) )?{HOUR})?",
    rf"(?:{LINK} ){{0,2}}{DAYS} (?:\w+ ){{0,3}}?{OPEN}(?: (?:ate |de )?{HOUR})?",
    rf"(?:voces?|loja|esta|estao)(?: (?:ainda|ja|esta|estao|nao|so|ai))* {OPEN}(?: (?:ate |as )?(?:{HOUR}"
    rf"|{CLOCK}))?",
    rf"{OPEN} (?:ate |as |de |a partir de )*(?:{HOUR}|\d{{1,2}}h\w*|quando)",
    r"(?:ja|ainda nao) (?:fech(?:ou|aram)|abri(?:u|ram))",
    rf"quando (?:\w+ ){{0,2}}?{OPEN}",
    rf"(?:que|quais|qual) (?:os |eh |e |sao )*dias? (?:que |voces? |a |loja )*{OPEN}",
    rf"(?:qual |o |os |eh |e |quais |sao |seu |seus )*horarios?(?: (?:de|do|da))?(?: (?:funcionamento"
    rf"|atendimento"
    rf"|abertura|loja|voces))*(?: (?:{LINK} ){{1,3}}{DAYS})?",
    rf"(?:ate|a partir de|de) {HOUR}(?: voces)?",
    rf"(?:{HOUR} )?(?:eu )?(?:posso|da para|consigo) (?:ir|passar|visitar)(?: \w+){{0,3}}? (?:{DAYS}|{HOUR})",
    rf"{HOUR} (?:eu )?(?:posso|da para|consigo) (?:ir|passar|visitar)",
    rf"tem atendimento (?:{LINK} ){{0,2}}{DAYS}",
)

ONLY_DAYS = re.compile(rf"(?:(?:mas|entao|quanto|{LINK}) )*{DAYS}(?: (?:nao|tambem))?")
"""A follow-up such as "e domingo?"."""

ADDRESS = _any(
    r"(?:(?:qual|me|manda|passa|envia|o|a|seu|sua|eh|e|de|da|do|pode|passar|mandar|voces?|loja|ai) )*"
    r"(?:endereco|localizacao)(?: (?:de|da|do)? ?(?:voces|loja|ai))?",
    r"(?:onde|aonde)(?: que)? (?:(?:eh|e|esta|fica|ficam|sao|estao|a|o) )*(?:loja|voces?|localizad\w+)"
    r"(?: (?:fica|ficam|esta|estao|sao|eh|e|localizad\w+))*",
    r"(?:onde|aonde)(?: que)? (?:fica|ficam)",
    r"(?:(?:voces?|loja|a) )*(?:fica|ficam|sao|eh|e|esta|estao) (?:aonde|onde)",
    r"(?:(?:fica|ficam|em|no|na|de|voces|sao|eh|e) )*(?:qual|que) (?:(?:eh|e|o|a) )*(?:bairro|cidade|rua"
    r"|shopping)"
    r"(?: (?:voces?|fica|ficam|estao))*",
    r"como (?:eu )?(?:chego|faco para chegar|chegar)(?: (?:ai|la|na loja|ate voces))?",
    r"(?:tem |voces )*lojas? fisicas?(?: (?:em|no|na) [\w ]+)?",
    r"tem lojas? (?:em|no|na) [\w ]+",
    r"^(?:voces )?tem lojas?$",
    r"fica(?:m)? (?:em|no|na) (?:algum )?shopping",
    r"(?:voces )?sao (?:de|da|do) onde",
)
NOT_SHOPS_ADDRESS = _any(r"(?:meu|minha)(?: novo| nova)? (?:endereco|localizacao)", r"endereco de entrega")

NOUN = (
    r"(?:(?:um|uma|o|a|os|as|algum|alguma|outro|outra|seu|sua|seus|com|ser) )*"
    r"(?:atendentes?|pessoas?|human[oa]s?|alguem|gente(?: de verdade)?|gerentes?|vendedor(?:a|es|as)?|don[oa]"
    r"|ninguem|responsavel|consultor(?:a|es)?|funcionari[oa]s?|operador(?:a)?|supervisor(?:a)?|moca|rapaz"
    r"|equipe"
    r"|suporte)"
    r"(?: (?:human[oa]|de verdade|real|da equipe|da loja))?"
)
PERSON = _any(
    rf"(?:falar?|falo|conversar?|converso|tratar|contato|atendid[oa]|resolver)(?: (?:direto|diretamente"
    rf"|agora|logo|so))?"
    rf" (?:com|por) {NOUN}",
    rf"(?:passa|passe|passar|transfere|transfira|transferir|chama|chame|chamar|encaminha|encaminhe|encaminhar"
    rf"|direciona|direcionar|coloca|bota|conecta|manda|liga|me da)(?: (?:me|para|logo|ai|por favor|eu|a|o"
    rf"|com))* {NOUN}",
    rf"(?:quero|queria|preciso(?: de)?|precisava(?: de)?|gostaria de|prefiro|cade|kd)(?: (?:falar|com|de"
    rf"|do|da|ter))* {NOUN}"
    r"(?! (?:preto|branco))",
    rf"tem (?:algum |alguma )?{NOUN} (?:para|que|disponivel|online|ai para)(?: (?:me|possa|pode|conversar"
    rf"|falar|"
    r"atender|ajudar))*",
    r"atendimento (?:humano|pessoal|presencial|com (?:uma )?pessoa)",
    r"(?:pessoa|gente|humano) (?:de verdade|real)",
    r"nao (?:quero|gosto|aguento)(?: (?:de|mais|falar|conversar|com|um|o|esse|ser|atendid[oa]"
    r"|por))* (?:robo|bot|maquina)s?",
    r"(?:chega de|odeio|cansei de) (?:robo|bot|maquina)s?",
)
THREATS = _any(
    r"reclame aqui|procon|advogad[oa]|processar voces|(?:fazer uma |quero |queria )+reclam(?:ar|acao)"
    r"|reclamacao"
)
"""Who threatens wants a person, where nothing says otherwise ("preciso de um advogado, conhece?")."""
ONLY_PERSON = re.compile(
    r"(?:(?:por|favor|entao|logo|ja|e|um|uma|o|a|com|eu|nao|mas|sem|precisa|de|quero|falar) )*"
    r"(?:atendente|human[oa]|gerente|vendedor(?:a)?|pessoa|responsavel|suporte|ser humano|atendimento)"
    r"(?: (?:human[oa]|de verdade|real|por favor|agora|ja|logo))*"
)
"""The whole of a fragment; narrower than NOUN, for "moça" alone only calls for attention."""
DECLINES = re.compile(
    r"\b(?:nao(?: (?:eu|me|mais|precisa|preciso|quero|queria|gostaria|desejo|de|ainda|agora|obrigado))*"
    r"|nem|sem(?: precisar| ter que)?(?: de)?) $"
)
"""What stands right before a person who is not wanted."""
PRESENCE = _any(
    r"^(?:ei+|psiu|moc[oa]|amig[oa]|querid[oa]|responde(?: ai| por favor| aqui)?|(?:cade|kd) voces?)$",
    r"(?:meu nome (?:eh|e)|me chamo) \w+",
    r"(?:tem )?(?:alguem|gente) (?:ai|ae|online|aqui)",
)

PRICE = _any(
    r"quanto (?:que )?(?:deu|da|dao|ficou|ficaria|ficam)(?: tudo| o total)?(?! para)",
    r"(?:qual|quais)(?: (?:eh|e|sao|o|a|os|as))*(?= (?:\w+ ){0,4}(?:mais (?:barat|em conta|car[oa])|maior"
    r"|menor))",
    r"(?:por )?quanto (?:que )?(?:(?:eh|e|esta|estao|voces|voce|ai|o|que) )*(?:custa(?:m|ria|va|riam)?"
    r"|sai|saem"
    r"|sairia|fica(?:m|ria)?|vale(?:m)?|seriam?|cobra(?:m)?|pag[oa]|vem|vende(?:m)?)(?: (?:saindo"
    r"|custando))?",
    r"(?:por )?quanto (?:que )?(?:eh|e|esta|estao)(?: (?:saindo|custando|valendo|o valor))?",
    r"(?:por )?quanto(?! (?:tempo|antes|mais|menos))",
    r"(?:(?:sai|fica|esta|eh|e|custa|por) )+quanto",
    r"custa(?:m)?(?: quanto)?",
    r"(?:(?:qual|quais|seria|saber|ver|me|passa|manda|diz|fala|pode|passar|mandar|dizer|o|os|a|eh|e|sao"
    r"|de|lista|tabela)"
    r" )*(?:precos?|precinho|valor(?:es)?)(?: (?:que )?(?:esta|eh|fica))?(?: (?:de|do|da|dos|das|desse"
    r"|dessa|deste))?",
)

OWN = (
    r"(?:tem(?! (?:que|como|jeito|problema|certeza|alguem|gente|a ver|muito tempo|algum problema))"
    r"|teriam?|tinham?"
    r"|vende(?:m)?|possui|possuem|existem?|trabalham? com|faz(?:em)?(?! (?:mal|tempo|favor))|chegou"
    r"|chegaram|sobrou|sobraram|restam?)"
)
STOCK = _any(
    rf"(?:(?:ainda|ja|voces?|sera que|sabe|dizer|se|aqui|ai|la|loja|a|na|acaso|por) )*{OWN}"
    r"(?: (?:ai|ainda|mais|disponivel|algum|alguma|alguns|algumas|a venda|para vender|para venda|(?:em"
    r"|no) estoque))*",
    r"(?:(?:esta|estao|eh|e|tem|em|no|o|ainda) )*(?:estoques?|disponive(?:l|is)|disponibilidade)",
    r"quant[oa]s(?: (?:unidades?|pecas?|ainda|voces?|tem|restam|sobraram|tinham?|estao|no estoque))*",
    r"(?:ja )?(?:acabou|acabaram|esgotou|esgotaram|esgotad[oa]s?|(?:esta |estao )?em falta)",
)
WANT = _any(
    r"(?:(?:eu|estou|ando) )?(?:quero|queria|gostaria(?: de)?|preciso(?: de)?|precisava(?: de)?|procuro"
    r"|procurando"
    r"|busco|buscando|atras de|vou querer|vou levar|vou comprar|interesse (?:em|no|na|nos)"
    r"|interessad[oa] (?:em|no|na|nos)"
    r"|me ve)(?: (?:comprar|levar|adquirir|encomendar|um|uma|de))*",
    r"(?:comprar|encomendar)",
    r"pode ser (?:um|uma)",
)
ASKS_TO_KNOW = _any(
    r"(?:(?:eu|voces?|por favor|so|pode|podem|poderia|sabe|sabem|quero|queria|gostaria de|preciso"
    r"|precisava|vim)"
    r" )*(?:me )?(?:saber|informar?|dizer|diz|tirar uma duvida|uma informacao|uma duvida|perguntar"
    r"|confirmar)(?: se)?",
    r"(?:me|so) (?:fala|diga|tira uma duvida|responde)(?: uma coisa)?",
)

IDENTITY = _any(
    r"(?:voce|isso|isto|aqui|ai) (?:eh|e) (?:um |uma )?(?:robo|bot|pessoa|human[oa]|ia|maquina"
    r"|gente)(?: ou \w+)?",
    r"(?:estou )?fal(?:ando|o) com (?:um |uma )?(?:robo|bot|maquina|pessoa|human[oa])(?: ou (?:um "
    r"|uma )?\w+)?",
    r"(?:qual|quem) (?:(?:eh|e|o|seu|teu) )*(?:nome|voce)", r"com quem (?:eu )?(?:falo|estou falando)",
)  # fmt: skip
GREETING = _any(
    r"o+i+e*(?: de novo)?", r"ola+", r"opa+", r"e ai", r"hey+|hi|hello", r"alo+", r"salve",
    r"bo(?:m|n) dia+", r"boa tarde+", r"boa noite+", r"boas?$",
    r"(?:(?:esta|tudo|com|voces?|por ai|ai) )*tudo (?:bem|bom|certo|joia|tranquilo|ok|beleza)"
    r"(?: (?:com voces?|por ai|ai|voces?))?",
    r"(?:(?:oi|eu|so|preciso|precisava|quero|queria|gostaria|de|uma|um|me|pode|poderia|consegue|tenho"
    r"|tirar|posso) )*"
    r"(?:ajuda|ajudar|duvida|informacao)(?: (?:ai|por favor))?",
    r"como (?:vai|vao|voce esta|voces estao|esta)(?: (?:voce|voces))?",
)  # fmt: skip
PARTING = _any(
    r"bom dia+", r"boa (?:tarde|noite)", r"bo[am] (?:semana|descanso|fim de semana|feriado|domingo)"
)
THANKS = _any(
    r"(?:muit[oa] |meu |mesmo |super )*obrigad[oa]s?(?: (?:mesmo|viu|pela (?:ajuda|atencao)|por (?:tudo"
    r"|enquanto)))*",
    r"(?:de|por) nada", r"imagina", r"valeu+(?: (?:mesmo|viu))?", r"agradeco(?: (?:a|pela) \w+)?",
    r"grat[oa]", r"gratidao", r"thanks?|tks",
)  # fmt: skip
GOODBYE = _any(
    r"tcha+u+", r"ate (?:mais|logo|breve|a proxima|amanha|depois)", r"^falou+$", r"^fui$", r"adeus",
    r"beijos?", r"abracos?",
    r"(?:era |eh |e )?so isso(?: mesmo)?", r"bo[am] (?:semana|descanso|fim de semana|feriado|domingo)",
)  # fmt: skip
ONLY_ACKNOWLEDGED = re.compile(
    r"(?:(?:ata|atah|aham|uhum|tendi|nossa|eita|ok(?:ay)?|okk+|beleza|certo|certinho|(?:esta |tudo )?(?:bom"
    r"|otimo|perfeito)|entendi|entendido"
    r"|show(?: de bola)?|combinado|joia|fechou|massa|top|maravilha|legal|ah|hum+|sim|nao|nenhum[oa]?"
    r"|entao|k+|(?:rs)+"
    r"|(?:ha){2,})(?: |$))+"
)
"""The whole of a fragment that only says "I see"."""


def has_cue(spoken: str) -> bool:
    """Whether some request begins within these words."""
    cues = (HOURS, ADDRESS, PERSON, PRICE, STOCK, WANT, TOPIC)
    return ONLY_DAYS.fullmatch(spoken) is not None or any(cue.search(spoken) for cue in cues)
