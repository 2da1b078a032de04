"""Praise and blame in French, Spanish, Portuguese and Italian."""

from portal.listening.signals.tone.elsewhere.shapes import Words

FR = Words(
    weights="""
3: adore / adoré / j'adore / j'ai adoré / excellen- / parfait / parfaite / parfaits / parfaites / parfaitement
    magnifique- / génial / géniale / géniaux / fantastique- / exceptionnel- / formidable- / merveill- / incroyable-
    sublime- / superbe- / époustouflant- / remarquable- / irréprochable- / extraordinaire- / chef oeuvre
    chef œuvre / cinq étoiles / 5 étoiles / coup de coeur / coup de cœur / un régal / régalé- / hâte de
    ne changez rien / les yeux fermés / j'en suis fan / que du bonheur
2.2: super / top / ravi / ravie / ravis / satisfait- / satisfaction / recommande / je recommande / recommandons
    recommandé / aime / j'aime / j'ai aimé / on aime / nous avons aimé / aimé / aimons / délicieu- / délicat- / beau
    belle / belles / beaux / agréable- / meilleur / meilleure / meilleurs / meilleures / impeccable- / bravo
    chaleureu- / au top / à recommander / félicitations / content / contente / contents / contentes / heureux
    heureuse / sympathique- / sympa / sympas / savoureu- / succulent- / charmant- / magique- / passionnant-
    captivant- / hilarant- / émouvant- / bluffant- / bluffé / impressionn- / soigné / soignée / réussi- / fidèle
    fan de / plaisir / un vrai plaisir / se régale / à refaire / merci beaucoup / grand merci / un grand merci
    merci pour / quatre étoiles / 4 étoiles / professionnel / professionnels / professionnelle / professionnalisme
    chapeau / je valide / rien à redire / rien à dire / aucun problème / aucun souci / sans problème / sans souci
    en parfait état / rapport qualité prix / sans hésiter / on y retournera / j'y retournerai / à conseiller
    je conseille / conseille / fière / fier
1.4: bien / bon / bonne / bons / bonnes / merci / rapide- / facile / faciles / facilement / pratique- / propre
    propres / confortable- / efficace- / utile / utiles / gentil / gentille / gentils / gentillesse / joli-
    fonctionne bien / fonctionne / marche bien / intéressant- / drôle- / bon rapport / accueillant- / fluide-
    fiable- / solide- / robuste- / élégant- / simple / calme / convivial- / complet / complète / frais / fraîche
    généreu- / conforme / conforme à / comme prévu / comme décrit / pas mal / pas mauvais / pas déçu / pas déçue
    pas déçus / vaut le / vaut la peine / en vaut / mieux / amélior- / abordable- / raisonnable- / plutôt bien
    intuitif / intuitive / à l'heure / dans les temps / reconnaissant-
-1: attente / attends / attendre / attendu / retard / retards / problème- / souci / soucis / erreur- / cher / chère
    chers / lent / lente / lents / lenteur / bruyant- / bruit / petit / petite / compliqué- / dommage
    malheureusement / hélas / ennuyeu- / ennui / moyen / moyenne / moyennement / annul- / remboursement / rembours-
    bug / bugs / bugge / buggé / trop cher / trop chère / trop petit / trop long / trop lent / trop de pub
    trop de pubs / pubs / publicités / plus rien / difficile- / manque / vieux / vieille / vétuste- / bof
    sans plus / sans intérêt / toujours pas / toujours rien / depuis des semaines / depuis des jours / réclamation-
    plainte / désinstall- / froid / froide / long / longue / lourd / renvoyé / résilié / résiliation / perfectible
    fade- / injoignable-
-1.8: ne marche pas / marche pas / ne fonctionne pas / fonctionne pas / ne fonctionne plus / fonctionne plus
    marche plus / en panne / panne / cassé- / casse / déçu- / décev- / déception- / mauvais / mauvaise / mauvaises
    sale / sales / saleté / désagréable- / inadmissible- / inacceptable- / à éviter / évitez / à fuir / fuyez
    passez votre chemin / perte de temps / perte argent / plus jamais / jamais reçu / jamais reçue
    toujours pas reçu / aucune réponse / pas de réponse / aucun suivi / sans réponse / impoli- / incompéten-
    plante / plante sans / énerv- / ras le bol / marre / perdu / impossible de / impossible / n'arrive pas
    je n'arrive / n'ai pas aimé / n'aime pas / n'aime pas du tout / déconseill- / je déconseille / ne recommande pas
    recommande pas / regrett- / inutile- / inutilisable- / défectueu- / abîmé- / bâclé- / mal / médiocre-
    nullissime / frustrant- / agaçant- / pénible- / fatigant- / agressi- / hautain- / méprisant- / irrespect-
    insupportable- / surcoté- / surfait- / trompeu- / mensonger- / menteur- / mensonge- / contrefaçon / raté-
    gâché- / gâche / triste- / pitoyable- / deux étoiles / 2 étoiles / mal au / rien ne marche / rien ne va
    se moque / se moquent / se fout / pas content / pas contente / pas terrible / pas top / pas ouf
    service client inexistant
-2.6: horrible- / nul / nulle / nuls / nulles / affreu- / catastroph- / honteu- / honte / arnaqu- / voleur- / vol
    escroc- / merde / merdique- / déteste / détesté / pire / pires / dégueulasse- / dégoût- / scandal- / lamentable-
    minable- / infect- / infâme- / ridicule- / désastr- / désastreu- / exécrable- / immonde- / atroce- / abominable-
    épouvantable- / cauchemar- / foutage de gueule / se foutre / à vomir / à chier / chiant- / putain / une étoile
    1 étoile / zéro étoile / 0 étoile / poubelle
0: bonne journée / bonne soirée / bonne nuit / bonne année / bonne chance / bon courage / bon anniversaire
    bien que / bien sûr / bien entendu / eh bien / ou bien / aussi bien / petit à petit / petit prix / petits prix
    merci de / merci avance / vol de / vol pour / mon vol / le vol / votre vol / vols / en vol / au moyen / le moyen
    un moyen / moyen de / pas mal de / long terme / le plus simple / tant mieux / mal de mer / bon à savoir
    un bon moment pour / il manque / super u / tout simple
""",
    negations="pas ne n'est n'était n'ai n'a jamais aucun aucune sans rien ni guère n'y n'en n'ont",
    stronger="très trop vraiment tellement extrêmement super absolument totalement si hyper ultra fort",
    weaker="assez peu plutôt légèrement relativement",
    contrasts="mais cependant toutefois pourtant malheureusement néanmoins",
    unreal="serait seraient aimerais aimerait voudrais pourrait faudrait devrait espère espérons",
    elided="l d qu c",
)

ES = Words(
    weights="""
3: encanta / me encanta / me encantó / encantó / encantan / encantad- / encantador- / excelent- / perfect-
    increíble- / fantástic- / maravill- / espectacular- / genial / geniales / estupend- / magnífic- / buenísim-
    impresionante- / fabulos- / extraordinari- / inmejorable- / impecable- / sublime / sensacional- / bellísim-
    riquísim- / hermosísim- / cinco estrellas / 5 estrellas / una pasada / una maravilla / una joya / una delicia
    joya / obra maestra / de diez / de 10 / la mejor / el mejor / lo mejor / los mejores / las mejores
    100 recomendable / totalmente recomendable / muy recomendable / imprescindible-
2.2: recomiendo / lo recomiendo / recomendable- / recomendad- / recomendamos / feliz / felices / content-
    satisfech- / satisfacción / mejor / mejores / amable- / amabilidad / delicios- / rico / rica / ricos / ricas
    hermos- / bonit- / precios- / gusta / me gusta / gustó / gustaron / me ha gustado / gustado / divertid-
    felicidades / felicitaciones / felicito / súper / amo / bello / bella / agradable- / atent- / atención excelente
    chulo / chula / chulos / guay / mola / molan / padrísim- / chido / chida / bacán / bacano / chévere / disfrut-
    emocionante- / entretenid- / acogedor- / cariños- / muchas gracias / mil gracias / gracias por / enhorabuena
    bravo / éxito / orgullos- / enamorad- / ilusión / volveré / volveremos / repetiré / repetiremos / sin problemas
    sin problema / ningún problema / cuatro estrellas / 4 estrellas / profesional / profesionales / profesionalidad
    sabros- / exquisit- / vale la pena / vale mucho la pena / merece la pena / calidad precio
1.4: buen- / bien / gracias / rápid- / fácil / fáciles / fácilmente / útil / útiles / cómod- / limpi- / práctic-
    funciona bien / funciona perfecto / funciona / interesante- / eficient- / eficaz / lind- / barat- / fiable-
    segur- / segura / sencill- / ágil / intuitiv- / tranquil- / puntual- / como se describe / como esperaba
    tal cual / tal como / cumple / bonísim- / correct- / calidad / de calidad / buena calidad / nada mal
    no está mal / mejor- / mejorado / ayudó / ayudaron / resolvieron / solucionaron / solucionado / agradec-
    económic- / fresco / fresca / resistente-
-1: espera / esperando / esperar / retras- / tarde / problema / problemas / error / errores / caro / cara / caros
    caras / carísim- / lento / lenta / lentos / lentitud / ruido / ruidos- / viejo / vieja / viejos / difícil-
    complicad- / aburrid- / desgraciadamente / lamentablemente / por desgracia / cancelad- / cancelaron / cancelar
    cancelación / reembolso / reembols- / devolución / devolver / devolví / devuelto / queja / quejas / reclam-
    falla / fallas / fallo / fallos / lástima / demora- / demoran / nadie / ningún / anuncios / publicidad
    muchos anuncios / falta / faltan / incómod- / tarda / tardan / tardaron / tardó / todavía no / aún no
    sigue sin / siguen sin / sigo esperando / llevo esperando / desde hace / regular / normalit- / frío / fría
    pequeñ- / confus- / desinstal- / desorganizad- / mejorable- / decae / una pena / pena que
-1.8: no funciona / no funcionan / no sirve / no sirven / no abre / no carga / no me deja / no deja / no puedo
    no se puede / no puede ser / no me llega / no llega / no ha llegado / dejó de funcionar / ha dejado de
    se cierra / se cuelga / se traba / se bloquea / roto / rota / rotos / rompió / se rompió / dañad- / decepcion-
    decepción / malo / mala / malos / malas / mal / sucio / sucia / sucios / suciedad / groser- / maleducad-
    inaceptable- / no lo recomiendo / no la recomiendo / no recomiendo / no recomendable / nada recomendable
    no recomendado / no lo compren / no compren / no compréis / nunca más / jamás volveré / no vuelvo / no volveré
    no volvería / pérdida de tiempo / perdida de tiempo / pérdida de dinero / perder el tiempo / tirar el dinero
    dinero tirado / nunca llegó / no responden / no contestan / no contesta / sin respuesta / nadie responde
    nadie contesta / molest- / harto / harta / hartos / desagradable- / incompeten- / inútil- / engañ- / perdid-
    perdí / perdieron / defectuos- / defecto / deficiente- / pésimamente / cutre- / flojo / floja / mediocre-
    enfad- / indign- / frustra- / triste- / tristeza / estresante / injust- / mentir- / mienten / falso / falsa
    falsos / peligros- / abusiv- / abuso / timo / timador- / timan / no me gusta / no me gustó / no gustó
    no vale la pena / no merece la pena / no vale / insufrible- / soso / sosa / insoportable- / arrepient-
    arrepentid- / dos estrellas / 2 estrellas / deja mucho que / deja que desear / qué mal / mal servicio
    mala atención / mala calidad
-2.6: horrible- / horroros- / horror / pésim- / terrible- / asco / asqueros- / basura / estafa- / ladron- / ladrones
    robo / roban / robaron / mierda / odio / odia / peor / peores / fatal / vergüenza / vergonzos- / desastre
    desastros- / una porquería / porquería- / ridícul- / nefast- / lamentable / deplorable- / repugnante- / infame-
    pesadilla / una tomadura / tomadura de pelo / sinvergüenza- / una estrella / 1 estrella / cero estrellas
    0 estrellas / puta mierda / maldit- / patétic- / inservible- / una burla / atroz / espantos- / de lo peor
    lo peor
0: buenos días / buenas tardes / buenas noches / buen día / buena noche / buena tarde / buena suerte / bueno .
    gracias de antemano / de antemano / más bien / bien o mal / mejor dicho / a lo mejor / tal vez / mas tarde
    más tarde / por la tarde / esta tarde / de la tarde / la tarde / tarde o / en cara / la cara / cara a / tu cara
    mi cara / su cara / seguro que / seguro de / seguridad / el seguro / seguros / en espera de / espera que
    espero / a falta de / falta de / hace falta / sin falta / de mal / mal que / o sea / está bien / de repente
    menos mal
""",
    negations="no nunca sin ni jamás tampoco ningún ninguna nada",
    stronger="muy tan demasiado realmente súper super totalmente extremadamente bastante más muchísimo absolutamente",
    weaker="algo poco medio",
    contrasts="pero sin embargo aunque lamentablemente sino",
    unreal="sería gustaría podría debería ojalá espero si",
)

PT = Words(
    weights="""
3: amo / amei / adoro / adorei / adoramos / excelente- / perfeit- / incrível / incríveis / fantástic- / maravilh-
    sensacional / sensacionais / espetacular- / ótim- / impecável / impecáveis / show / show de bola / nota dez
    nota 10 / cinco estrelas / 5 estrelas / top demais / espetáculo / extraordinári- / magnífic- / sublime
    sem defeitos / obra prima / obra de arte / melhor app / melhor aplicativo / o melhor / a melhor / os melhores
    as melhores
2.2: recomendo / super recomendo / recomendamos / recomendad- / recomendável / feliz / felizes / satisfeit-
    satisfação / melhor / melhores / gostei / gosto / gostamos / gostaram / delicios- / lind- / bonit- / parabéns
    atencios- / gostos- / divertid- / top / agradável / agradáveis / muito bom / muito boa / bacana / massa / daora
    demais . / fofo / fofa / amável / encantad- / encantador- / surpreend- / emocionante- / elogi- / orgulh-
    muito obrigado / muito obrigada / obrigado por / obrigado pela / obrigada pela / sucesso / aconchegante-
    acolhedor- / profissional / profissionais / caprichad- / quatro estrelas / 4 estrelas / sem problemas
    sem problema / nenhum problema / vale a pena / vale muito a / custo benefício / com certeza voltarei / voltarei
    amando
1.4: bom / boa / bons / boas / bem / obrigado / obrigada / rápid- / fácil / fáceis / facilmente / útil / úteis
    prátic- / limp- / confortável / confortáveis / funciona bem / funciona perfeitamente / funciona / interessante-
    eficient- / eficaz / barat- / legal / simpátic- / chegou antes / antes do prazo / dentro do prazo / no prazo
    conforme / como descrito / como esperado / confiável / seguro e / resolveram / resolvido / ajudou / ajudaram
    tranquil- / intuitiv- / simples / resistente- / qualidade / boa qualidade / nada mal / não é ruim / bem feito
    bem embalado / grat- / melhorou / melhor- / econômic- / fresco / fresca / gentil / gentis / educad-
-1: espera / esperando / esperar / atras- / problema / problemas / erro / erros / caro / cara / caros / caríssim-
    lento / lenta / lentos / lentidão / barulh- / velho / velha / difícil / difíceis / complicad- / chato / chata
    infelizmente / cancelad- / cancelaram / cancelar / cancelamento / reembolso / devolução / devolver / devolvi
    reclam- / falha / falhas / falhando / trava / travando / travou / travar / pena / uma pena / demora- / demorou
    ninguém / propaganda / propagandas / anúncios / muita propaganda / falta / faltou / faltando / fica carregando
    não veio / ainda não / até agora nada / até agora não / até hoje / desinstal- / confus- / regular / frio / fria
    pequen- / incômod- / desconfortável / desorganizad- / bug / bugs / bugado / bugando
-1.8: não funciona / não funcionou / não funcionam / não abre / não carrega / não consigo / não consegui
    não presta / não entra / não deixa / não dá / não chegou / não recebi / não vale / parou de funcionar / parou de
    para de funcionar / quebrad- / quebrou / decepcion- / decepção / ruim / ruins / mau / má qualidade / má / sujo
    suja / sujos / sujeira / grosseir- / inaceitável / não recomendo / não comprem / não compre / não baixem
    não percam / nunca mais / perda de tempo / perda de dinheiro / dinheiro jogado / nunca chegou / não responde
    não respondem / sem resposta / ninguém responde / raiva / irritante- / irrita / irritad- / mal / mal feito
    fraco / fraca / fracos / defeito / defeitos / com defeito / defeituos- / perdi / pior que / péssimo atendimento
    mentira / mentir- / falso / falsa / enganos- / engan- / inútil / inúteis / trist- / frustr- / insatisfeit-
    abusiv- / insuportável / incompeten- / despreparad- / não gostei / não gosto / não curti / arrepend-
    duas estrelas / 2 estrelas / deixa a desejar / deixou a desejar / desapont- / sem graça / estressante / injust-
    péssima qualidade / falsificad-
-2.6: horrível / horríveis / horroros- / péssim- / terrível / terríveis / lixo / golp- / ladrões / ladrão / roubo
    roubam / roubaram / merda / bosta / odeio / odiei / pior / piores / porcaria / vergonh- / vergonhos- / desastr-
    ridícul- / nojent- / nojo / absurd- / descaso / enganação / lamentável / palhaçada / uma estrela / 1 estrela
    zero estrela / 0 estrelas / nota zero / nota 0 / picareta- / estelionat- / safad- / fraude / inadmissível
    pesadelo / pqp / desrespeito / falta de respeito
0: bom dia / boa tarde / boa noite / boas festas / boa sorte / boa pergunta / bem que / tudo bem / obrigado desde
    desde já / grátis / gratuit- / melhor dizendo / mal posso / vale lembrar / a cara / na cara / cara de
    sem falta / falta de / para o bem / se bem / muito obrigado desde / simplesmente
""",
    negations="não nunca sem nem jamais nenhum nenhuma nada",
    stronger="muito tão demais realmente super totalmente extremamente bastante mais mega absolutamente",
    weaker="pouco meio",
    contrasts="mas porém entretanto contudo infelizmente só",
    unreal="seria gostaria poderia deveria espero tomara se",
)

IT = Words(
    weights="""
3: adoro / adoriamo / amo / eccellent- / eccezional- / perfett- / fantastic- / meravigli- / stupend- / ottim-
    straordinari- / incredibil- / splendid- / magnific- / favolos- / spettacolar- / superb- / impeccabil-
    strepitos- / capolavoro / cinque stelle / 5 stelle / il migliore / la migliore / i migliori / le migliori
    da dieci / straconsigliat- / consigliatissim- / imperdibil- / insuperabil- / top di gamma / una bomba / bomba
2.2: consiglio / lo consiglio / consigliat- / consigliamo / felic- / content- / contentissim- / soddisfatt-
    soddisfazion- / miglior- / gentil- / delizios- / buonissim- / bellissim- / bello / bella / belli / belle / piace
    mi piace / piaciut- / piacciono / divertent- / brav- / complimenti / cordial- / accoglient- / super / top
    gradevol- / piacevol- / simpatic- / cortes- / disponibilissim- / professional- / squisit- / saporit- / gustos-
    carinissim- / affascinant- / emozionant- / appassionant- / entusiast- / innamorat- / grazie mille / mille grazie
    grazie di cuore / grazie per / torneremo / tornerò / ci tornerò / nessun problema / senza problemi
    quattro stelle / 4 stelle / ne vale la pena / vale la pena / qualità prezzo / auguri / congratulazioni
    orgoglios- / pulitissim- / velocissim- / comodissim- / utilissim- / geniale / geniali / figo / figata
1.4: buon / buono / buona / buoni / buone / ben / bene / benissimo / grazie / veloc- / facil- / util- / comod-
    pulit- / pratic- / funziona bene / funziona perfettamente / funziona / interessant- / efficient- / efficac-
    economic- / carin- / disponibil- / affidabil- / solido / solida / robust- / semplic- / intuitiv- / puntual-
    come da descrizione / come descritto / come previsto / rispetta / di qualità / buona qualità / niente male
    non male / mica male / tranquill- / rilassant- / fresco / fresca / fluid- / risolto / migliorat- / meglio
    curat- / elegant- / convenient-
-1: attesa / aspettare / aspettando / aspetto da / ritard- / problem- / error- / caro / cara / cari / carissim-
    lent- / rumor- / vecchi- / difficil- / complicat- / noios- / purtroppo / sfortunatamente / annullat-
    cancellat- / rimbors- / reclam- / reso / peccato / nessuno / pubblicità / troppa pubblicità / manca / mancano
    mancant- / ancora niente / ancora nulla / non ancora / da settimane / da giorni / da mesi / crash- / si blocca
    si blocca sempre / si chiude / bug / mediocr- / così così / insomma / freddo / fredda / piccol- / confus-
    disinstall- / disdett- / disdire / migliorabil- / scomod- / troppo caro / troppo piccolo / in attesa
-1.8: non funziona / non funzionano / non funziona più / non va / non si apre / non si riesce / non riesco
    non carica / non risponde / non rispondono / non è arrivato / non arriva / non mi è arrivato / ha smesso di
    smesso di funzionare / rotto / rotta / rotti / si è rotto / si rompe / delus- / deludent- / delusion- / cattiv-
    brutt- / sporc- / sporcizia / maleducat- / scortes- / inaccettabil- / non consiglio / non lo consiglio
    sconsigli- / mai più / mai arrivato / perdita di tempo / perdita di soldi / soldi buttati / buttati
    nessuna risposta / nessun aiuto / fastidios- / male / scadent- / difettos- / difett- / perso / perdere tempo
    inutil- / inutilizzabil- / incompeten- / assurd- / arrabbiat- / frustrant- / trist- / ingann- / ingannevol-
    falso / falsi / tarocc- / non mi piace / non mi è piaciuto / non ne vale / non vale / pentit- / state alla larga
    alla larga / evitate / da evitare / due stelle / 2 stelle / stressant- / ingiust- / insoddisfatt-
    pessimo servizio / sgradevol- / sopravvalutat- / imbarazzant- / penos- / inesistent- / lasciano a desiderare
    lascia a desiderare / non ci siamo / antipatic-
-2.6: orribil- / pessim- / terribil- / schif- / fa schifo / spazzatura / truff- / ladri / ladro / furto / rubano
    merda / odio / peggior- / peggio / vergogn- / disastr- / ridicol- / uno schifo / indecent- / vomitevol-
    disgustos- / cesso / immondizia / una stella / 1 stella / zero stelle / 0 stelle / incubo / scandalos-
    presa in giro / prendono in giro / criminali / cazzo / merdos- / da denuncia / catastrof- / imbarazzante
0: buon giorno / buona sera / buona giornata / buona serata / buona notte / buona fortuna / buon lavoro / ben venga
    bene o male / va bene / per bene / belle arti / grazie in anticipo / bella domanda / caro amico / cari amici
    cara amica / cari saluti / fare male / mal di / problem solving / del resto / a caro
""",
    negations="non mai senza né nessun nessuna niente nulla nemmeno neanche",
    stronger="molto troppo davvero così veramente super assolutamente estremamente più tanto totalmente",
    weaker="poco abbastanza",
    contrasts="ma però tuttavia purtroppo peccato",
    unreal="sarebbe vorrei potrebbe dovrebbe piacerebbe spero speriamo se",
    elided="l d un all dell nell sull dall quest",
)
