"""How Brazilians say yes, no, "something else" and "later" to a question, in folded words."""

from __future__ import annotations

import re


def _phrases(words: str) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(phrase.split()) for phrase in words.replace("\n", "|").split("|") if phrase.strip()
    )


STRONG = _phrases(
    """
pode emitir|bora comprar|bora marcar|bora agendar
pode pa|sim|s|ss|sss|sin|sii|simm|yes|yep|yeah|claro|claro que sim|claro que quero|logico|obvio|evidente
fechado|fechou|fecha|fecho|fechar|fechamos|vamos fechar|bora fechar|negocio fechado|fecha ai|feshado
pode fechar|pode ser|podi ser|pd ser|pode sim|pode|podes|pode marcar|pd marcar|pode agendar|pode confirmar
pode mandar|pode mandar ver|pode reservar|pode separar|pode enviar|pode finalizar|pode prosseguir
pode seguir|pode continuar|pode concluir|pode fazer|pode gerar|pode deixar marcado|pode pedir|pode comprar
pode ir|pode encomendar|pode registrar|pode efetuar|pode remarcar|pode efetivar|pode colocar
pode dar andamento|pd|confirmo|confirmado|confirmada|confirma|confirmar|confirmadissimo|confirmadissima
confirmei|confirme|quero|quero sim|eu quero|quero mesmo|vou querer|vou querer sim|quero fechar
quero confirmar|quero marcar|quero agendar|quero comprar|quero levar|quero finalizar|quero muito|aceito
aceitamos|topo|to dentro|estou dentro|isso|isso mesmo|isso msm|isso ai|isso aih|eh isso|e isso|eh isso mesmo
e isso mesmo|eh isso ai|e isso ai|isso sim|exato|exatamente|correto|corretissimo|esta correto|ta correto
tudo correto|certinho|tudo certinho|ta certinho|ta certo|esta certo|tudo certo|esta tudo certo
ta tudo certo|certissimo|com certeza|com toda certeza|certeza|ctz|cm certeza|sem duvida|sem duvidas
sem problema|sem problemas|aham|ahan|ahãn|uhum|uhun|unhum|arram|aran|anham|hunrum|uhu|bora|bora la
bora sim|simbora|vamos|vamo|vamos la|vamos nessa|partiu|manda ver|manda bala|mande ver|pode crer|marca
marca ai|agenda|agenda ai|reserva|reserva ai|finaliza|manda|manda ai|pode botar|bota ai|faz|faca|marque
agende|reserve|finalize|conclui|prossiga|pode mandar bala|segue|toca ficha|mete bronca|manda brasa
taca pau|vou levar|vou comprar|levo|compro|vou sim|irei|eu vou|estarei la|combinado|ta combinado
fica combinado|combinadissimo|positivo|afirmativo|de acordo|estou de acordo|to de acordo|concordo|autorizo
autorizado|aprovado|aprovo|demorou|ja e|jae|ja eh|feito|fmz|firmeza|dale|issae|issai|isso ae|serve
serve sim|me serve|pode sim senhora|por mim sim|por mim fechado|eh esse|e esse|eh esse mesmo|e esse mesmo
eh essa|e essa mesmo|esse mesmo|essa mesmo|essa mesma|deixa marcado|deixa agendado|deixa reservado|marcado
agendado|reservado|perfeitamente|aceitado
"""
)
"""Said to a question they are a yes, whatever polite words stand around them."""

WEAK = _phrases(
    """
certo|ok|okay|okey|oks|oki|okk|k|beleza|blz|blza|bele|belezinha|beleza pura|ta|tah|ta bom|ta bem|esta bem
esta bom|bom|ta otimo|esta otimo|otimo|otima|ta perfeito|esta perfeito|perfeito|perfeita|maravilha
maravilhoso|show|show de bola|joia|legal|bacana|massa|top|excelente|tranquilo|tranquila|suave|de boa
tudo bem|tudo bom|tudo otimo|tudo ok|ta ok|esta ok|por mim ta otimo|por mim tudo bem|por mim ok
por mim ta bom|pra mim ta otimo|pra mim ta bom|por mim beleza|ta legal|ta joia|ta show|gostei|ta valendo
valendo|ta beleza|ta blz|ok ok|da sim|da certo|combina
"""
)
"""They agree as well, but "ah, ok" and "oi, tudo bem" only show that she has read."""

NOT_ALONE = _phrases("legal|gostei|bom|tudo bem|tudo bom|tudo otimo|tudo ok|k|bacana")
"""Pleasant, and yet no answer."""

_FILLERS = """
eu ai aih la ja agora entao por favor pfv pfvr pf pls please favorzinho gentileza obrigado obrigada brigado
brigada obg obgd obrigadao brigadao valeu vlw vlws gente amor querida querido moca moco linda lindo amiga
amigo flor uai mano cara viu ne mesmo msm tudo bem muito super mim logo tambem tbm tb assim haha hahaha kk kkk
kkkk kkkkk rs rsrs oba eba opa oi ola minha meu me sr sra senhor senhora doutora dr dra hein tah ta esta eh
e sim ok nossa uhuu iupi amei abraco bjs beijos beijo tmj otimo maravilha perfeito aguardo vamos ansiosa
ansioso feliz adorei grata grato gratidao
"""
FILLERS = frozenset(_FILLERS.split())
"""What may stand beside a yes without changing it."""

OBJECTS = _phrases(
    """
presenca|minha presenca|a presenca|a minha presenca
isso e tudo|isso eh tudo|e tudo|eh tudo|a voces|a vcs|a vc|a voce|que otimo|que bom|que maravilha
deus te abencoe|deus abencoe|fique com deus|o pedido|a compra|o horario|a consulta|esse horario
esse pedido|essa compra|esse dia|nesse horario|nesse dia|nessa data|essa data|pra mim|para mim|por mim
da minha parte|do jeito que ta|do jeito que esta|assim mesmo|dessa forma|desse jeito|o agendamento
a reserva|a venda|meu pedido|minha compra|minha consulta|so isso|so isso mesmo|e so isso|eh so isso
era so isso|era isso|nao tem problema|sem problema|sem problemas|o quanto antes|com voces|com vcs|com vc
contigo|esse|essa|esse mesmo|essa mesmo|ele|ela|eles|elas|tudo isso|esse valor|por esse valor|nesse valor
no pix|no cartao|no credito|no debito|no boleto|vou pagar no pix|pago no pix|pagar no pix|pagamento no pix
via pix|com o pix|pelo pix|a vista|no dinheiro|em dinheiro|o meu|a minha|o meu pedido|a minha consulta
o meu horario|a visita|ate la|ate mais|ate logo|ate breve|estarei ai|estarei la|nos vemos|bom dia
boa tarde|boa noite|pode ficar tranquilo|muito obrigada|muito obrigado|fico no aguardo|no aguardo
com prazer|com certeza|bom trabalho|de nada|tudo de bom|a caminho|o servico|a sessao|o procedimento
o atendimento|os produtos|o produto|os itens|esses itens|o carrinho
"""
)
"""The thing itself, payment, and good-byes: no change of what was asked."""

READ_AS_WELL = _phrases("sim|claro|isso|certo|claro que sim|ss|s")
"""After "ah" they are no answer either."""

_ACKNOWLEDGING = """
ah ahh aah a hum hmm humm atah ata oh oi ola opa nossa eita
"""
ACKNOWLEDGING = frozenset(_ACKNOWLEDGING.split())
"""Before a weak yes they make it a mere sign of having read."""

CANCELLING = _phrases(
    """
pode cancelar|cancela|cancelar|quero cancelar|cancela sim|pode desmarcar|desmarca|desmarcar|cancele
desmarque|quero desmarcar|pode cancelar sim|cancela isso|cancela ai|pode apagar|apaga|pode excluir
"""
)
"""Yes where the question was whether to cancel, and elsewhere its opposite."""

LATER = re.compile(
    r"\b(?:(?:vou|preciso|deixa eu|deixe eu|deixa|me deixa|irei|ainda vou|estou|to) (?:\w+ )?(?:pensar"
    r"|pensando|ver|avaliar|analisar|decidir|verificar|olhar|consultar|conversar|(?:falar|perguntar)(?: com"
    r"| para| pra| pro)? (?:meu|minha|o meu|a minha))|quero pensar|pensar (?:um pouco|melhor|mais|direito"
    r"|nisso|no assunto)|vou ver|vamos ver|ver com (?:meu|minha|o|a)|(?:depois|dps|mais tarde|amanha"
    r"|qualquer hora|logo mais|outra hora|outro dia|semana que vem|ja ja|daqui a pouco"
    r"|qualquer coisa)(?: \w+)? (?:eu |te |lhe |a gente )*(?:vejo|falo|confirmo|retorno|decido|compro|aviso"
    r"|volto|respondo|chamo|resolvo|entro|digo|ve|fala|penso|marco|fecho|mando|passo|vou ver)|(?:te"
    r"|lhe) (?:falo|aviso|retorno|confirmo|digo|respondo|chamo)(?: \w+)? (?:depois|dps|mais tarde|amanha"
    r"|logo)|(?:e |ai )?(?:ja |eu )?te (?:falo|aviso|retorno|confirmo|digo|chamo)\b|volto (?:depois"
    r"|mais tarde|a falar)|espera(?: um (?:pouco|pouquinho|momento|minuto))?$|pera(?: ai| la)?$|perai$"
    r"|calma(?: ai)?$|ja volto|um momento$|(?:so )?um (?:minuto|minutinho|segundo|instante|momento"
    r"|momentinho)|aguarda|aguarde|ainda nao (?:decidi|sei|resolvi)|nao (?:decidi|resolvi) ainda"
    r"|em outro momento|numa outra hora|quando (?:eu )?(?:puder|receber|cair)|vou deixar (?:para|pra) depois"
    r"|deixa (?:para|pra) (?:depois|outro dia|mais tarde|outra hora|amanha)|fica para (?:depois|proxima)"
    r"|fica(?:r)? (?:pra|para) (?:depois|a proxima|proxima))\b|^(?:e |entao |nao |agora nao |hoje nao "
    r"|talvez |so "
    r"|quem sabe )?(?:depois|dps|mais tarde|outra hora|outro dia|logo mais|amanha talvez)(?: \w{1,4})?$"
)
NO = re.compile(
    r"^(?:(?:ah|oi|olha|entao|hum|poxa|puxa|desculpa|desculpe|infelizmente|acho que|acho|eu|essa semana"
    r"|esse mes|obrigad[oa]|obg|agradeco|ai|ja|agora|hoje"
    r"|por enquanto|mas|e|melhor|prefiro|ok|ta|ta bom|entao|moca|isso|no momento|por ora|ainda|amiga|bom|bem"
    r"|nao)\s)*(?:(?:nao|n|nn|naum|claro que nao|com certeza nao|certeza que nao|obvio que nao"
    r"|logico que nao|nop|nope|nops|nah|nao+|negativo|nunca|jamais|nem|no)(?: (?:nao|n|obrigad[oa]|obg"
    r"|brigad[oa]|valeu|vlw|mesmo|por favor|pfv|moca|moco|querid[oa]|amor|amig[oa]|agora|hoje|viu|senhora?"
    r"|por enquanto|mais|pensar|sim nao|ne|gente|flor|linda|por hora|pode|por ora|no momento|te))*$|(?:nao|n"
    r"|nn|naum|nem) (?:eu |vou (?:mais )?)?(?:quero|queria|querer|vou|precisa|preciso|confirmo|confirma"
    r"|desejo|aceito|fecha|fecho|marca|pode|posso|da|rola|gostei|compro|concordo|faz|faca|manda"
    r"|tenho interesse|me interessa|eh isso|e isso|eh esse|eh essa|era isso|era esse"
    r"|consigo(?= (?:ir|ess|nes|n[ao]\b|mais|hoje|amanha|compar)|$)"
    r"|autorizo|mande"
    r"|marque|finaliza|topo|levo|vale a pena|compensa|estou de acordo)\b|(?:deixa|deixe)(?: para| pra"
    r"| quieto| isso| la| assim)*(?: la| quieto)?$|deixa (?:pra|para) la\b|deixa quieto\b|melhor (?:nao"
    r"|deixar (?:pra|para) la)\b|desist\w+|cancel\w+|desmarc\w+|esquec\w+|dispens\w+|de jeito nenhum"
    r"|de forma alguma|sem chance|nem pensar|nem morta|nem a pau|quero (?:nao|cancelar|desistir)\b"
    r"|pode (?:nao|cancelar|desmarcar)\b|precisa nao|vou (?:nao|desistir|cancelar)\b|to fora|tira tudo"
    r"|mudei de ideia|sem interesse|nao irei|no thanks?|no thank you|nao (?:muito obrigad[oa]"
    r"|eh necessario|e necessario"
    r"|ha necessidade)|nada disso|errado$|ta errado|esta errado|agora nao\b|hoje nao\b|perdi o interesse"
    r"|nao interessa|carece nao|da nao|posso nao)"
)
UNDECIDED = re.compile(
    r"\b(?:nao sei|n sei|nn sei|nao entendi|n entendi|nao lembro|nao tenho certeza|sei la|nao tem problema"
    r"|por que nao|pq nao|porque nao|nao vejo a hora|tanto faz|talvez|quem sabe|acho que sim|sera)\b"
)
CHANGE_START = re.compile(
    r"^(?:(?:nao|n|e|mas|ai|entao|aproveita|sim|ok|por favor|pfv|porem|so que|alias|opa|perai|ah|eu|na real"
    r"|antes)\s)*(?:(?:troca|troque|trocar|muda|mude|mudar|altera|altere|alterar|tira|tire|tirar|remove"
    r"|remova|retira|substitui|inclui|inclua|acrescenta|acrescente|adiciona|adicione|aumenta|diminui|corrige"
    r"|coloca|coloque|bota|poe|passa para|passa pra|muda so|so muda|so troca|so tira|so adiciona|faz"
    r"|pode (?:trocar|mudar|tirar|alterar|colocar|incluir|adicionar|acrescentar|ser (?:n|as|a|o|d|para|pra"
    r"|depois|antes|amanha|hoje|sexta|quinta|quarta|terca|segunda|sabado)))\b ?.+|(?:quero|queria"
    r"|gostaria de|vou querer|vou levar|levo|leva|manda|me ve|fica|preciso|separa|deixa) (?:so|somente"
    r"|apenas)\b.+|(?:so|somente|apenas) (?:o|a|os|as|um|uma|[0-9]+|dois|duas|tres|se for|que|n[ao]|depois"
    r"|amanha)\b.*|(?:prefiro|preferia|preferiria|eu preferia|eu prefiro) (?!nao\b|falar\b|conversar\b"
    r"|atend|ligar\b).+|(?:na verdade"
    r"|pensando bem|melhor|alias),? (?!nao\b|ainda\b)(?:eh |e |eu )?(?:quero|queria|prefiro|era|n[ao]s?|o|a"
    r"|as|outro|outra|sao|seria|[0-9]).*|(?:em vez|ao inves|no lugar|ao contrario) d\w+ .+|(?:quero|queria"
    r"|me ve|manda|vou querer) (?:o outro|a outra|outro|outra|outros|mais|[0-9]+|dois|duas|tres"
    r"|quatro)\b.*|(?:mais"
    r"|outro|outra) .+|(?:exceto|menos|tirando|sem|fora) (?:o|a|os|as|esse|essa) .+|(?:tenho|usa|use|aplica"
    r"|com) (?:o |um |esse )?(?:cupom|desconto|voucher)\b.*)$"
)
PERSONAL = re.compile(
    r"^(?:(?:o|e|segue|segue o|anota|anota ai|no)\s)*(?:meu |minha )?(?:(?:cpf|cnpj|email|e mail|telefone"
    r"|celular|whats)(?: (?:eh|e))?(?: [0-9]+)*|nome(?: completo)?(?: (?:eh|e))?(?: (?!(?:quero|so|mais|mas"
    r"|nao|se|as|na|no|e|o|a|dois|duas|depois|troca|muda|desisto|cancela|prefiro|outr[oa]|errad[oa])\b)"
    r"[a-z]{2,}){1,5})$"
)
"""What she may be asked for besides: it changes nothing."""

CHANGING = re.compile(
    r"\b(?:mas|so que|porem|contudo|exceto|menos|tirando|em vez d\w+|ao inves d\w+|no lugar d\w+|troca\w*"
    r"|muda\w*|altera\w*|tira|tire|remove|adiciona\w*|acrescenta\w*|inclui\w*|outr[oa]s?|prefiro|preferia"
    r"|so (?:o|a|os|as|um|uma)|somente|apenas|sem (?:o|a|os|as)|mais (?:um|uma|dois|duas|[0-9]+)|cupom"
    r"|desconto|mais barato|parcela\w*|[0-9]+ ?x)\b"
)
NUMBERED = re.compile(
    r"[0-9]|\b(?:dois|duas|tres|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|segunda|terca|quarta|quinta"
    r"|sexta|sabado|domingo|amanha|hoje|manha|de tarde|a tarde|da tarde|de noite|a noite|mais cedo"
    r"|mais tarde|meio dia|semana|depois d[aeo]|antes d[aeo])\b"
)
DOUBT = re.compile(
    r"\b(?:duvida|duvidas|pergunta|perguntar|saber|entender|explica\w*|esclarec\w*|certeza se|medo|receio"
    r"|desconfi\w+|nao sei|caro|golpe|confiavel|errado|errada|mentira)\b"
)
ASKING_LEAD = r"^(?:(?:e|ai|entao|aproveitando|outra coisa|moca|ah|oi|tambem)\s)*"
ASKED_THINGS = (
    r"(?:endereco|localizacao|chave|pix|link|comprovante|boleto|horario|valor|prazo|codigo|rastreio|nota"
    r"|frete|entrega|pagamento|garantia|estacionamento|loja|documento|convenio|acompanhante|telefone|contato)"
)
ASKING = re.compile(
    ASKING_LEAD + r"(?:quanto|quantos|quantas|qto|qnto|qnt|qual|quais|onde|aonde|que horas|que dia"
    r"|quando (?:chega|entrega|fica|vem|posso|voces?|vcs?|sai)\w*|quem (?:entrega|atende|faz)"
    r"|como (?:funciona|faco|pago|eu pago|retiro|chego)|em quanto tempo|(?:voces?|vcs?|ces) (?:abr|entreg"
    r"|aceit|fica|fecha|atend|trabalh)\w*"
    rf"|(?:pode )?me (?:passa|manda|envia|informa|diz|fala)r? "
    rf"(?:o |a |seu |sua |uma )?(?:\w+ )?{ASKED_THINGS})\b"
)
"""Asks for something else, even without a question mark."""

ASKING_WITH_MARK = re.compile(
    ASKING_LEAD + rf"(?:(?:tem|teria|o|a|precisa de|precisa ter) (?:\w+ )?{ASKED_THINGS}"
    r"|(?:posso|consigo|da pra|da para) (?:pagar|retirar|buscar|ir|passar|estacionar|acompanhar)|aceita\w*"
    r"|entrega\w*|demora|chega|abre\w*|fecham|precisa (?:levar|pagar|ir|fazer|chegar)|preciso (?:levar|pagar"
    r"|fazer|ir|chegar)|vai demorar|(?:voces?|vcs?) (?!te[mn]|tinh|faz)\w+|quando|como|tem que (?:levar"
    r"|pagar|chegar))\b"
)
FORBIDDEN_IN_QUESTION = re.compile(
    r"\b(?:mas|so que|porem|troca\w*|muda\w*|alter\w*|cancel\w*|desconto|mais barato|cupom|outr[oa]|em vez"
    r"|desist\w*|devolv\w*|reembols\w*|ser|marcar|agendar|remarcar|nao|n|se|caso|golpe|confiavel|quero|queria"
    r"|prefiro|depois|so (?:o|a|um|uma)|mais (?:um|uma)|n?a (?:segunda|terca|quarta|quinta|sexta)"
    r"|dois|duas|tres|[0-9]\w*)\b"
)
