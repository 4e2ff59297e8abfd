"""What customers call things, beside what shops call them: general words of beauty, home, health and trade.

A question is asked with both. Words are folded; a line reads "said, said = meant, meant", and what is said
may be two words of which both are in the question. Names of one shop's products do not belong here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chatwootai.integrations.qdrant.spelling import stem

_LINES = """
medico, medica, doutor, doutora = consulta, clinica
medico coracao, doutor coracao, cardiaco, coracao = cardiologia
medico pele, doutor pele, medica pele = dermatologia
medico osso, medico coluna, medico joelho, osso, ossos, fratura, coluna = ortopedia
joelho, ombro, torcao, torci, tornozelo = ortopedia, articular
medico mulher, medico mulheres, menstruacao, saude mulher = ginecologia
medico crianca, medico bebe, medico infantil, medico filho = pediatria
medico rim, urologista, prostata = urologia
medico olho, oftalmologista = oftalmologia
neuro, neurologista, medico cabeca = neurologia
pressao alta, hipertensao = pressao, cardiologia
terapia, terapeuta, psicologo, psicologa, ansiedade, depressao = psicoterapia, psicologia
dieta, emagrecer, regime, alimentar, alimentacao = nutricionista, nutricao
gravidez, gravida, gestacao, gestante = gestante, pre, natal, obstetrico
gravida exame, gravida teste, gravida saber, gravidez exame, gravidez teste, teste gravida = beta, hcg
barriga bebe, ver bebe, nenem barriga = obstetrico
pre natal, acompanhamento gravidez, acompanhar gravidez = natal
xixi, mijo = urina
fezes = parasitologico
acucar sangue, diabetes, diabetico, diabetica, glicose = glicemia, glicada, glicosimetro
colesterol, gordura sangue, triglicerides = lipidico
anemia = hemograma, ferritina, ferro
sangue, exame sangue = hemograma, coleta
tireoide = tsh, t4
pulmao = torax
chapa, radiografia = raio
ultra, ultrassonografia, ecografia = ultrassom
preventivo = papanicolau
esteira, esforco = ergometrico
pressao dia, pressao horas = mapa
influenza, gripe = gripe
acupunturista, agulha, agulhas = acupuntura
postura, alongamento coluna = pilates
ruga, rugas, botox = toxina, botulinica
curativo, ferida, machucado, corte aberto = curativo, cicatrizante
verruga, verrugas = crioterapia
video, online, videochamada, remoto, distancia = teleconsulta, video
check, revisao = check, up
febre = termometro
inalador, inalacao, bombinha, tosse = nebulizador
massa, musculo, musculos, academia, treino, proteina = whey, creatina
peixe = omega
intestino, flora = probiotico
insonia, dormir, sono = magnesio, melatonina
lombar, costas, coluna = lombar, ergonomica
varizes, varise, perna inchada = compressao
labio, labios, boca = labial
cicatriz, cicatrizar, pomada = cicatrizante, balsamo
atopica, alergica, dermatite = atopica, sensivel
queda = antiqueda
caspa = anticaspa, antisseborreico
seborreia, oleosidade cabelo = antisseborreico
espinha, espinhas, acne, cravo, cravos = acneica, oleosa, salicilico
seca, ressecada, ressecado, ressecados = seca, secos, hidratante
crianca, criancas, bebe, nenem, filho, filha, menino, menina, kids = infantil, crianca, criancas
lagrimas, arder olho, arde olho = lagrimas
cabelo, cabelos, fios = cabelo, fios, capilar
crespo, cacheado, cacheada, ondulado, cacho = cachos
loiro, loira, platinado, amarelado, amarelo = matizador, loiros
quimica, descolorido, danificado, alisado, quebradico = quimicamente, reconstrucao
chapinha, prancha, secador, calor = termico
alisar, alisamento, liso, lisa = progressiva, lisa
penteado, penteados, noiva, casamento, casar, festa, formatura = coque, festa, social, maquiagem
mecha, mechas, reflexo, balayage, clarear cabelo = luzes, mechas
tintura raiz, pintar raiz, branco raiz, raiz = raiz
unha, unhas = unhas, manicure, pedicure
fazer unha, fazer unhas, unha mao, unha pe = manicure, pedicure
unha gel, unha fibra, unha postica, unhas gel = alongamento
pe rachado, pes = pes, spa
bigode, bigodinho = buco
cera, raspar, depilar, pelo, pelos = depilacao
perna cera, perna pelo, pernas cera = perna
sobrancelhas, micropigmentacao = sobrancelhas
curvado, curvar, curvatura, levantar cilios = lifting, lash
rimel, mascara cilio = cilios
lapis olho, contornar olho, contorno olho, gatinho = delineador
brilho labial, brilho labios = gloss
cor boca, cor pele, bege = nude
demaquilar, demaquilante, tirar maquiagem, remover maquiagem = demaquilante, micelar
mancha, manchas, melasma = tom, manchas, vitamina, uniformiza
poros, poro, brilho pele, brilhando = poros, oleosidade, seco
envelhecimento, antiidade, flacidez = retinol, noturno, reparador, peptideos
bronzear, sol, praia = solar, protetor
rosto, face = facial
corpo = corporal
cheiro, cheirinho, cheirosa, fragrancia, aroma = perfume, colonia
madeira cheiro, madeira perfume = amadeirado
flor, flores = floral
limao, laranja, fresquinho = citrica
suor, antitranspirante, sovaco, cc = desodorante
massagem = massagem, corporal
presente, presentear = vale, presente, kit
cores combinam, coloracao, paleta pessoal = coloracao, consultoria
marido, homem, menino, rapaz = masculino
mulher, moca = feminino
sapato, sapatos, tenis, calcado = sapateira, pares
livro, livros = livreiro, estante
roupa, roupas, roupeiro, armario roupa = guarda, roupa
prateleira, prateleiras = prateleiras, estante, nicho
televisao, telao = tv, rack
lustre, luz teto, lampada teto = pendente, iluminacao
abajur, luz mesa = luminaria, mesa
luz chao, lampada chao, luz piso = luminaria, piso
luz, lampada, iluminar = luminaria, pendente
home office, office, trabalhar casa, computador, estudar, estudo, notebook = escrivaninha, escritorio
trabalho, escritorio = escritorio
dor costas, coluna cadeira = ergonomica, lombar
cabeceira, criado = criado, mudo
carpete = tapete
cortina, cortinas = persianas, varoes
coberta, cobertor, colcha, xale = manta
planta, plantas, vaso, flor vaso = botanico, vaso
brinquedo, brinquedos, organizar, organizacao = organizador, cesto, nicho
fruta, frutas, legumes = fruteira
bebida, bebidas, drink, drinks = bar
varanda, quintal, sacada, terraco = jardim, externa, rede
piscina = espreguicadeira, agua
puff, pufe, banquinho = puff, banqueta
banquinho balcao, balcao alto, assento alto = banqueta, alta
amamentar, mamar = amamentacao
reclina, reclinar, deitar poltrona, papai = reclinavel
baby, berco = berco, montessoriano
chaise, sofa l, formato l = canto
visita, visitas, hospede = cama
embaixo = bau
abrir mesa, mesa abre, aumenta, aumentar = extensivel
casinha, formato casa = casinha
pessoas, gente mesa = lugares
aparelho jantar = jantar
velho, antigo, usado, descartar, jogar fora, doar = retirada, usado, doacao
desmontar, desmonta, desmontam, mudanca, mudar casa, mudar apartamento = desmontagem, mudanca, remontagem
montar, monta, montador = montagem
lavar, limpar, sujo, suja, limpeza sofa, lavagem sofa = higienizacao
arranhado, arranhou, riscado, riscou, manchado movel = verniz, polimento
emperrada, emperrou, emperra, gaveta quebrada, gaveta presa = corredicas, conserto
consertar, arrumar, reparo, reformar, restaurar = conserto, restauro
estofado, tecido novo, reformar sofa, trocar tecido, forrar = tecido, enchimento
pendurar, parafusar, furar, furo, prender parede = fixacao, alvenaria
icar, guincho = icamento
medir, medida, medidas = medidas, visita
planejado, projeto = projeto
impermeavel, molhar sofa, liquido sofa = impermeabilizacao
dinheiro volta, estorno, reembolso, reembolsar = devolucao, devolvido
desistir, desisti, arrependi, arrependimento = desistencia, devolucao
parcelar, parcela, parcelas, dividir, divide, prestacao, prestacoes = pagamento, cartao, vezes
vazando, quebrado, quebrada, estragado, amassado, rasgou, rasgado = defeito, troca, garantia
falso, falsificado, replica, verdadeiro = originais, procedencia
coceira, cocando, ardendo, ardencia, empolada, irritada, irritou = reacao, alergica
carro, estacionar, vaga carro = estacionamento
localizacao = endereco
pontos, cashback, clube = fidelidade
desconto, descontos, cupom, promocao, oferta, ofertas = cupom, desconto, oferta
atacado, revender, revenda = atacado
desmarcar, desmarco, adiar, adiamento, reagendar = remarcado, cancelado, remarcacao
atrasado, atrasada, atrasar, atraso = atraso, tolerancia
adolescente, menor = menores
convenio, plano, amil, unimed, hapvida, bradesco, sulamerica = convenios
laudo, resultado = resultados, exames
elevador, escada, apertado = acesso, elevador
""".strip().splitlines()


def _entries(lines: Iterable[str]) -> Iterator[tuple[frozenset[str], tuple[str, ...]]]:
    for line in lines:
        said, _, meant = line.replace("ç", "c").partition(" = ")
        words = tuple(word.strip() for word in meant.split(","))
        for phrase in said.split(","):
            yield frozenset(stem(word) for word in phrase.split()), words


_BY_WORD: dict[str, list[tuple[frozenset[str], tuple[str, ...]]]] = {}
for _said, _meant in _entries(_LINES):
    for _word in _said:
        _BY_WORD.setdefault(_word, []).append((_said, _meant))


def meant(words: Iterable[str]) -> list[str]:
    """What else folded words may mean, without the words themselves, each once."""
    asked = list(words)
    stems = {stem(word) for word in asked}
    found = (
        word for one in stems for said, others in _BY_WORD.get(one, ()) if said <= stems for word in others
    )
    return [word for word in dict.fromkeys(found) if word not in asked]
