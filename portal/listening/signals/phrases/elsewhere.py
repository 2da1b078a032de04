"""The phrases of German, French, Spanish and Portuguese; languages not named here know the mark only."""

from portal.listening.signals.phrases.shapes import CREATION, QUESTION, SUGGESTION

PHRASES: dict[str, dict[str, str]] = {
    "de": {
        QUESTION: """
            ? / weiß jemand / kennt jemand / hat jemand / kann jemand / könnte jemand / kann mir jemand
            gibt es eine möglichkeit / wie kann ich / wie kann man / wie bekomme ich / weiß wer / frage mich ob
            . wie / . warum / . wieso / . wo ist / . wann / . kann man / . gibt es
        """,
        SUGGESTION: """
            wäre schön / wäre toll / wäre super / wäre gut / wäre cool / wäre nett / wäre hilfreich / wäre klasse
            wäre besser / wäre wünschenswert / wünschenswert / ich wünsche mir / ich würde mir wünschen
            würde mich freuen / ich hätte gern / bitte fügt / bitte baut / bitte macht / bitte ergänzt
            bitte einbauen / bitte hinzufügen / könntet ihr / könnten sie / sollte / sollten / solltet / müsste man
            es fehlt / mir fehlt / fehlt noch / vorschlag / verbesserungsvorschlag / warum nicht / schlage vor
            würde vorschlagen / die möglichkeit
            NOT wie sollte / was sollte / sollte ich
        """,
        CREATION: """
            ich habe gebaut / selbst gebaut / selber gebaut / selbstgebaut / selbst gemacht / selbstgemacht
            selber gemacht / habe ich gebaut / habe ich gemacht / habe ich gemalt / habe ich geschrieben
            habe ich entworfen / mein video / mein neues video / mein neuer artikel / mein blog / mein blogartikel
            meine anleitung / mein testbericht / mein erfahrungsbericht / mein projekt / mein umbau / unser podcast
            mein podcast / eigenbau
        """,
    },
    "fr": {
        QUESTION: """
            ? / est-ce que / est ce que / quelqu'un sait / quelqu'un connait / savez vous / comment faire
            comment puis je / y a t il / . comment / . pourquoi / . où est / . quand
        """,
        SUGGESTION: """
            ce serait bien / ce serait super / ce serait génial / ce serait cool / ce serait top / serait bien
            il serait / serait il possible / serait-il possible / j'aimerais / nous aimerions / pourriez vous
            vous devriez / il faudrait / merci d'ajouter / ajoutez / il manque / manque une / dommage que
            dommage qu'il / je suggère / je propose / ma suggestion / suggestion / une option pour / la possibilité de
            pourquoi ne pas
        """,
        CREATION: """
            j'ai fait / j'ai fabriqué / j'ai construit / j'ai créé / j'ai écrit / j'ai réalisé / j'ai dessiné
            fait maison / ma vidéo / ma nouvelle vidéo / mon article / mon nouvel article / mon tuto / mon tutoriel
            mon blog / mon projet / mon avis sur / notre podcast / mon podcast
            NOT j'ai fait une réclamation / j'ai fait une demande / j'ai fait un virement / j'ai fait une erreur
        """,
    },
    "es": {
        QUESTION: """
            ? / alguien sabe / alguien conoce / alguien puede / alguien me puede / sabe alguien / cómo puedo
            cómo se puede / cómo hago / hay alguna forma / es posible / . cómo / . por qué / . dónde / . cuándo
            . cuál
        """,
        SUGGESTION: """
            sería bueno / sería genial / sería ideal / sería mejor / estaría bien / estaría bueno / me gustaría
            nos gustaría / ojalá / debería / deberían / podrían / tendrían que / por favor agreguen / por favor añadan
            por favor pongan / hace falta / falta una / falta un / faltaría / sugiero / sugerencia / propongo
            la opción de / la posibilidad de / por qué no
            NOT no deberían
        """,
        CREATION: """
            yo hice / hice este / hice esta / hice un video / hice un vídeo / he hecho / he creado / construí / diseñé
            he escrito / hecho por mí / hecho a mano / mi nuevo video / mi nuevo vídeo / mi último video / mi video
            mi vídeo / mi artículo / mi tutorial / mi blog / mi proyecto / mi reseña / mi canal / mi podcast
            NOT he hecho una queja / he hecho un pago / he hecho una transferencia / he hecho la
        """,
    },
    "pt": {
        QUESTION: """
            ? / alguém sabe / alguém conhece / alguém pode / como faço / como posso / como eu / tem como / é possível
            . como / . por que / . onde / . quando / . qual
        """,
        SUGGESTION: """
            seria bom / seria legal / seria ótimo / seria interessante / seria melhor / poderia ter / gostaria
            gostaríamos / deveria / deveriam / poderiam / podiam / tomara que / por favor adicionem
            por favor coloquem / coloquem / faltou / falta uma / falta um / sugiro / sugestão / proponho / a opção de
            a possibilidade de / por que não
        """,
        CREATION: """
            eu fiz / eu criei / eu construí / eu desenhei / eu escrevi / fiz este / fiz esse / fiz um vídeo
            feito por mim / feito à mão / meu novo vídeo / meu vídeo / meu artigo / meu tutorial / meu blog
            meu projeto / minha resenha / meu canal / meu podcast
            NOT eu fiz um pagamento / eu fiz uma reclamação / eu fiz um pedido
        """,
    },
    # Elsewhere a question is known by its mark only.
    "": {QUESTION: "?"},
}  # fmt: skip
