"""The phrases of French, Spanish, Portuguese and Italian."""

from portal.listening.signals.phrases.shapes import CREATION, QUESTION, SUGGESTION

FR = {
    QUESTION: """
        ? / est-ce que / est ce que / quelqu'un sait / quelqu'un connait / savez vous / comment faire
        comment puis je / y a t il / . comment / . pourquoi / . où est / . quand / . combien / . quel / . quelle
        . quels / . quelles / . où / . qui peut / . qui a / . qui connait / qu'est ce que / qu'est ce qui
        quelqu'un a / quelqu'un peut / quelqu'un pourrait / quelqu'un aurait / quelqu'un connaît
        est il possible / c'est possible de / pouvez vous me dire / pourriez vous me dire / sait on
        une idée de / des idées pour / je me demande / j'aimerais savoir / je voudrais savoir
        des conseils pour / avez vous
        quelqu'un est / quelqu'un aurait / vous livrez / vous avez une idée / c'est normal que / est ce normal
        savez vous si / où est ce / . vous avez / . vous faites / . vous vendez / . faut il / . peut on / . puis je
        . dois je / . existe t il / . est il / . est ce
        NOT . quand j'ai / . quand je / . quand on / . quand il / . où que / . quand nous / . quand les / . quand la
        . quand le / . quand vous / . comment j'ai / . comment nous / . comment je / . pourquoi j'ai / . pourquoi je
        . pourquoi nous / . quel bonheur / . quel plaisir / . quel dommage / . quelle belle / . quelle bonne
        . quelle horreur / . quelle honte / . quelle déception / . quelle surprise / . quel beau / . quel bon
        . quelle joie / . quel accueil / . quelle merveille / . quelle catastrophe / . quel régal
    """,
    SUGGESTION: """
        ce serait bien / ce serait super / ce serait génial / ce serait cool / ce serait top / serait bien
        il serait / serait il possible / serait-il possible / j'aimerais / nous aimerions / pourriez vous
        vous devriez / il faudrait / merci d'ajouter / ajoutez / il manque / manque une / dommage que
        dommage qu'il / je suggère / je propose / ma suggestion / suggestion / une option pour
        la possibilité de / pourquoi ne pas / serait mieux / serait pratique / serait utile / serait intéressant
        serait parfait / serait sympa / serait appréciable / il serait bien / ça serait / ce serait / faudrait
        devrait / devraient / devriez / pourrait être / pourraient / si seulement / j'espère que vous
        espérons que / j'aurais aimé / j'aurais préféré / on aimerait / merci de rajouter / merci de corriger
        rajoutez / rajouter une / ajouter une / ajouter un / mettez / remettez / améliorez / pensez à
        n'hésitez pas à / je vous conseille / je conseille de / conseil / un petit conseil / à améliorer
        axe d'amélioration / il vaut mieux / mieux vaut / évitez de / préférez / demandez / dommage qu'on
    """,
    CREATION: """
        j'ai fait / j'ai fabriqué / j'ai construit / j'ai créé / j'ai écrit / j'ai réalisé / j'ai dessiné
        fait maison / ma vidéo / ma nouvelle vidéo / mon article / mon nouvel article / mon tuto / mon tutoriel
        mon blog / mon projet / mon avis sur / notre podcast / mon podcast
        NOT j'ai fait une réclamation / j'ai fait une demande / j'ai fait un virement / j'ai fait une erreur
    """,
}
ES = {
    QUESTION: """
        ? / alguien sabe / alguien conoce / alguien puede / alguien me puede / sabe alguien / cómo puedo
        cómo se puede / cómo hago / hay alguna forma / es posible / . por qué / . dónde
        . cuál / . cuánto / . cuánta / . cuántos / . quién / . qué / . saben / . sabes / . alguien / . hay
        . puedo / . se puede / . tienen / . tienes / saben si / sabes si / alguien tiene / alguien ha
        alguien más / a alguien / alguna idea / algún consejo / quisiera saber / me gustaría saber
        quiero saber / me pueden decir / me puedes decir / me podrían decir / no sé cómo / no sé si
        cómo funciona / cómo hacer / de dónde / qué tal
        . cómo se / . cómo puedo / . cómo hago / . cómo puede / . cómo funciona / . cómo cambio / . cómo es
        . cómo va / . cómo le / . cómo lo / . cómo los / . cómo la / . cómo está / . cómo están / . cómo son
        . cómo hay
        . cómo podemos / . cómo llego / . cómo llegar / . cómo obtengo / . cómo contacto / . cómo recupero
        . cómo hacer
        . cómo saber / . cómo hacen / . cómo puede ser / . cuándo va / . cuándo sale / . cuándo llega
        . cuándo llegará
        . cuándo estará / . cuándo abre / . cuándo abren / . cuándo vuelve / . cuándo viene / . cuándo tendrán
        . cuándo habrá / . cuándo piensan / . cuándo van / . cuándo será / . cuándo empieza / . cuándo puedo
        . cuándo hay
        . desde cuándo / . para cuándo / . cuánto / . cuántas / . cuáles / . quiénes / . es cierto / . es verdad que
        alguna novedad / algún tip / alguien más le / alguien que / hacen envíos / tienen envíos / se puede usar
        NOT . qué maravilla / . qué delicia / . qué alegría / . qué fuerte / . qué decepción / . qué desastre
        . qué horror / . qué preciosidad / . qué bueno / . qué bien / . qué mal / . qué asco / . qué rico
        . qué lindo / . qué buen
        . qué gran / . qué bonito / . qué vergüenza / . qué pena / . qué lástima / . hay que
    """,
    SUGGESTION: """
        sería bueno / sería genial / sería ideal / sería mejor / estaría bien / estaría bueno / me gustaría
        nos gustaría / ojalá / debería / deberían / podrían / tendrían que / por favor agreguen
        por favor añadan / por favor pongan / hace falta / falta una / falta un / faltaría / sugiero
        sugerencia / propongo / la opción de / la posibilidad de / por qué no / sería bonito / sería útil
        sería perfecto / sería excelente / sería interesante / sería conveniente / sería más / estaría genial
        estaría mejor / vendría bien / quisiera que / desearía / quisiéramos / espero que agreguen
        espero que añadan / espero que lo / espero que mejoren / debería haber / deberían poner / podría ser
        podrían poner / podrían agregar / tendría que / tienen que / habría que / por favor arreglen / arreglen
        agreguen / añadan / pongan / incluyan / mejoren / permitan / traigan / necesita una / necesita un
        necesitan / necesitamos / le falta / les falta / mi consejo / un consejo / consejo / les recomiendo
        recomiendo que / recomiendo ir / recomiendo pedir / es mejor / mejor si / ideas para mejorar / a mejorar
        propuesta / echo de menos / echo en falta
        NOT no deberían / me gustaría saber / nos gustaría saber
    """,
    CREATION: """
        yo hice / hice este / hice esta / hice un video / hice un vídeo / he hecho / he creado / construí
        diseñé / he escrito / hecho por mí / hecho a mano / mi nuevo video / mi nuevo vídeo / mi último video
        mi video / mi vídeo / mi artículo / mi tutorial / mi blog / mi proyecto / mi reseña / mi canal
        mi podcast
        NOT he hecho una queja / he hecho un pago / he hecho una transferencia / he hecho la
    """,
}
PT = {
    QUESTION: """
        ? / alguém sabe / alguém conhece / alguém pode / como faço / como posso / como eu / tem como
        é possível / . por que / . por quê / . porque não / . onde / . qual / . quais
        . quanto / . quantos / . quem / . alguém / . tem como / . dá para / . dá pra / . vocês / . é possível
        dá pra / dá para / alguém tem / alguém já / alguém mais / alguém aqui / alguma dica / alguma ideia
        queria saber / gostaria de saber / quero saber / sabem se / sabe se / me ajuda / podem me dizer
        pode me dizer / não sei como / como funciona / como fazer / o que é / o que faço / o que fazer
        o que acham
        . como faço / . como funciona / . como posso / . como é / . como faz / . como se faz / . como usar
        . como usa
        . como está / . como estão / . como fazer / . como cancelar / . como cancelo / . como vocês / . como consigo
        . como eu faço / . como eu posso / . como eu consigo / . quando vai / . quando volta / . quando sai
        . quando chega
        . quando será / . quando abre / . quando começa / . quando vão / . quando tem / . quando teremos / . quando é
        . quando terá / . quando vem / . até quando / . desde quando / . tem previsão / . tem data / . já tem
        . ainda tem
        . vale a pena / . será que / . qual é / alguém conseguiu / alguém testou
        NOT . qual não foi
    """,
    SUGGESTION: """
        seria bom / seria legal / seria ótimo / seria interessante / seria melhor / poderia ter / gostaria
        gostaríamos / deveria / deveriam / poderiam / podiam / tomara que / por favor adicionem
        por favor coloquem / coloquem / faltou / falta uma / falta um / sugiro / sugestão / proponho
        a opção de / a possibilidade de / por que não / seria incrível / seria perfeito / seria útil
        seria ideal / seria top / seria show / seria maravilhoso / seria mais / ficaria melhor
        ficaria perfeito / poderia / poderia ser / podia ter / podia ser / podiam colocar / poderiam colocar
        deveria ter / deviam / devia ter / devia / tinha que ter / tem que ter / tinham que / precisa de
        precisa ter / precisam / precisa melhorar / espero que adicionem / espero que melhorem
        espero que coloquem / queria que / queria uma / queria um / adicionem / coloca / arrumem / arruma
        corrijam / melhorem / melhora / tragam / incluam / permitam / voltem com / falta a / falta o
        sinto falta / dica / minha dica / uma dica / recomendo que / recomendo ir / recomendo pedir / aconselho
        é melhor / melhorias
        NOT gostaria de saber / gostaríamos de saber / queria um reembolso
    """,
    CREATION: """
        eu fiz / eu criei / eu construí / eu desenhei / eu escrevi / fiz este / fiz esse / fiz um vídeo
        feito por mim / feito à mão / meu novo vídeo / meu vídeo / meu artigo / meu tutorial / meu blog
        meu projeto / minha resenha / meu canal / meu podcast
        NOT eu fiz um pagamento / eu fiz uma reclamação / eu fiz um pedido
    """,
}
IT = {
    QUESTION: """
        ? / qualcuno sa / qualcuno conosce / qualcuno può / qualcuno mi può / qualcuno ha / sapete se
        sapete dove / sapete come / mi sapete dire / potete dirmi / mi potete dire / vorrei sapere
        mi chiedo se / mi chiedevo / qualcuno che / qualcuno l'ha / qualcuno riesce / è possibile / c'è un modo
        c'è modo / come faccio / come posso
        come si fa / non so come / . come / . perché / . dove / . quando / . quale / . quali / . quanto
        . quanti / . chi / . cosa / . che cosa / . avete / . posso / . si può / . esiste / . ma è
        NOT . dove siamo / . dove abbiamo / . quando siamo / . quando abbiamo / . quando arrivi / . come prima
        . come tutti
        . come ho / . come sempre / . quando ho / . come al solito / . come previsto / . come da / . quando si
        . come descritto
    """,
    SUGGESTION: """
        sarebbe bello / sarebbe meglio / sarebbe utile / sarebbe comodo / sarebbe ottimo / sarebbe perfetto
        sarebbe fantastico / sarebbe ideale / sarebbe carino / sarebbe interessante / sarebbe il massimo
        sarebbe opportuno / sarebbe da / mi piacerebbe / ci piacerebbe / vorrei che / vorrei una / vorrei un
        vorrei poter / dovrebbe / dovrebbero / dovreste / potrebbe / potrebbero / potreste / bisognerebbe
        servirebbe / ci vorrebbe / aggiungete / aggiungere la / aggiungere una / aggiungere un / mettete
        inserite / migliorate / sistemate / per favore aggiungete / manca la / manca una / manca un / manca il
        suggerisco / suggerimento / suggerirei / propongo / proposta / consiglio di / consiglierei
        vi consiglio / un consiglio / se solo / magari con / magari si / spero che aggiungano / spero che venga
        spero in / perché non / la possibilità di / l'opzione / da migliorare / è meglio
        NOT vorrei sapere / dovrebbe arrivare / dovrebbe essere già
    """,
    CREATION: """
        ho fatto un / ho fatto una / ho creato / ho costruito / ho realizzato / ho scritto / ho disegnato
        fatto da me / fatto a mano / fatto in casa / il mio nuovo video / il mio video / il mio articolo
        il mio tutorial / il mio blog / il mio progetto / la mia recensione / il mio canale / il mio podcast
        NOT ho fatto un ordine / ho fatto un reclamo / ho fatto un bonifico / ho fatto un acquisto
        ho fatto una prenotazione / ho fatto una richiesta / ho fatto una segnalazione / ho scritto una mail
        ho scritto all'assistenza
    """,
}
