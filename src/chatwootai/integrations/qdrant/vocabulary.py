"""Words of Brazilian chats that a search spells out, or leaves out. Folded: small letters, no accents."""

from __future__ import annotations

_SPELLED_OUT = """
agr=agora amn=amanha amnh=amanha apto=apartamento atend=atendimento av=avenida cad=cadeira caps=capsulas
cardio=cardiologia cardiologista=cardiologia cart=cartao cel=celular cond=condicionador cons=consulta
cx=caixa deb=debito dermato=dermatologia dermatologista=dermatologia desc=desconto deso=desodorante
dps=depois dr=doutor dra=doutora eco=ecocardiograma eletro=eletrocardiograma end=endereco entreg=entrega
esm=esmalte est=estante estoq=estoque exm=exame exms=exames fds=fim+de+semana fisio=fisioterapia
gde=grande gds=grandes gineco=ginecologia ginecologista=ginecologia hidrat=hidratante hj=hoje hr=horario
hrs=horario hs=horario inf=infantil kd=cade lab=laboratorio lts=litros lum=luminaria maq=maquiagem
masc=mascara msa=mesa ncess=necessario nec=necessario nutri=nutricionista obg=obrigado
ofta=oftalmologista olheira=olheiras orto=ortopedia ortopedista=ortopedia pag=pagamento pagto=pagamento
pdd=pedido ped=pedido pediatra=pediatria peq=pequeno perf=perfume pgto=pagamento polt=poltrona
prod=produto promo=promocao prot=protetor psi=psicoterapia psico=psicoterapia psicologa=psicoterapia
psicologo=psicoterapia pto=preto qdo=quando qnd=quando qndo=quando qnt=quanto qnto=quanto qt=quanto
qtas=quantas qto=quanto qtos=quantos qts=quantas raiox=raio+x ref=referencia remed=remedio rx=raio+x
sab=sabado seg=segunda sex=sexta shamp=shampoo transp=transportadora tv=televisao tvs=televisao
us=ultrassom usg=ultrassom vit=vitamina vits=vitaminas vlr=valor whats=whatsapp wpp=whatsapp
zap=whatsapp
"""
SPELLED_OUT: dict[str, tuple[str, ...]] = {
    short: tuple(long.split("+"))
    for short, _, long in (entry.partition("=") for entry in _SPELLED_OUT.split())
}

_STOP_WORDS = """
a ai aki algo alguem algum alguma algumas alguns ao aos aquela aquele aqui as ate bem boa bom c cada ce
coisa com como d da das de dela dele dia dizer do dos e eh ela ele eles em entao era essa esse esta
estao este estou eu favor foi fosse gente gostaria gostei ha hein indica indicam informa isso isto ja kk
la lhe mais mas me mesmo meu meus minha minhas moca moco muito na nas ne nem no noite nos nossa nosso o
obrigada obrigado oi ola olha oque os ou p para pela pelo pf pfv pfvr pode podem poderia pois por porque
posso pq pra pras preciso pro pros q qro quais qual que quem queria quero rs sabe saber se sem ser sera
seu seus so sobre sou sua suas ta tao tarde tb tbm te tem temos tenho ter teria to tudo um uma umas uns
vai vao vc vcs voce voces vou
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
