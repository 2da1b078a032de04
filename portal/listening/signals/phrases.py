"""The phrases by which questions, suggestions and creations are known, written for this product.

Phrases stand between ` / ` and line ends, in plain words: a full stop is the edge of a sentence. Those
after `NOT` take back what a phrase that begins at the same place has found.
"""

from dataclasses import dataclass

QUESTION = "question"
SUGGESTION = "suggestion"
CREATION = "creation"


@dataclass(frozen=True, slots=True)
class Making:
    """Sentences of making: each maker with each verb and each thing, but none of the other deeds."""

    makers: str
    verbs: str
    things: str
    other_deeds: str


MAKING = {
    "en": Making(
        makers="i / i've / i have / i just / i finally / i recently / we / we've / we have / we just / we recently",
        verbs="""
            made / built / created / designed / wrote / written / recorded / filmed / painted / drew / drawn / crafted
            sewed / sewn / knitted / crocheted / carved / composed / developed / coded / programmed / modded
            modified / customized / customised / printed / 3d printed / published / released / uploaded / illustrated
            animated / invented
        """,
        things="""
            a / an / this / these / some / my own / our own / one / another / my first / our first / two / three
            a few / up a / about
        """,
        other_deeds="""
            made a mistake / made a reservation / made a booking / made a call / made a phone / made a purchase
            made a payment / made a complaint / made a claim / made a decision / made a request / made a point
            made a deposit / made a transfer / made a change / made a few / made a profit / made a fortune
            made a fool / made a deal / made a trade / made a bet / made an appointment / made an order
            made an error / made an offer / made an attempt / made an account / made another / made some money
            made some changes / made some calls / made this mistake / made this purchase / made this payment
            made this booking / made about / made two / made three / made one / created a ticket / created a case
            created an account / created a new account / created an issue / created this account / created another
            created a bug / created a request / written a complaint / wrote a complaint / wrote an email
            written an email / wrote a letter / written a letter / wrote a check / wrote this off / wrote one
            uploaded a copy / uploaded a document / uploaded a screenshot / uploaded this document
            printed a boarding / printed a label / developed a rash / developed a fever / developed a cough
            developed some / designed about / drew a blank / recorded a loss / recorded this call / modified a booking
            released some
        """,
    )
}

PHRASES: dict[str, dict[str, str]] = {
    "en": {
        QUESTION: """
            ? / does anyone know / anyone know / does anybody / anybody know / has anyone / has anybody
            have any of you / anyone else / can anyone / can someone / could someone / can anybody / any idea why
            any idea how / any ideas on / any tips / any advice / any recommendations / how do i / how do you
            how can i / how would i / how does one / how to i / is there a way / is there any way / is it possible to
            wondering if / wondering how / wondering why / wondering whether / want to know if / what is the best way
            what's the best / which one should / should i / . how do / . how can / . how does / . how is / . why is
            . why does / . why do / . why can't / . why are / . what is / . what are / . what does / . where is
            . where can / . where do / . when will / . when is / . who is / . who can / . can i / . can you
            . could you / . do you / . does it / . does the / . is there / . are there / . is it / . has the
            . did you / need help with / help me understand / i don't understand why / i don't know how / not sure how
            NOT . why not / . how to
        """,
        SUGGESTION: """
            should / would be nice / would be great / would be good / would be awesome / would be cool
            would be helpful / would be useful / would be better / would be amazing / would be perfect
            would be ideal / would be wonderful / would be fantastic / would be handy / would be lovely / it'd be nice
            it'd be great / it'd be cool / be nice if / be great if / be good if / be cool if / be better if
            be awesome if / be helpful if / be useful if / would love to see / would love to have / would love it if
            would love if / would like to see / would like to have / would like it if / i'd love to see
            i'd like to see / i'd love to have / i'd love it if / i'd like to have / would really like / i wish
            we wish / wish there / wish you / wish it / wish they / wish the / if only / need to be able / needs to be
            needs to have / need an option / needs an option / need a way / needs a way / we need / need to have
            need to add / needs to add / needs more / must be able / pls add / plz add / pls make / plz make
            pls bring / plz bring / pls fix / plz fix / can you add / can you please add / could you add
            could you please / can you make / could you make / can we get / can we have / could we get / could we have
            can you bring / could you bring / can you provide / could you provide / can you please provide
            can you please make / why not add / why not make / why not have / why not just / why don't you
            why can't we / how about / what about adding / i suggest / i would suggest / i'd suggest / we suggest
            my suggestion / suggestion . / suggestions . / feature request / i propose / my proposal / i recommend
            i would recommend adding / recommend adding / consider adding / consider making / consider having
            consider providing / consider supporting / an option to / allow us to / allow users to / allow me to
            let us / let me choose / give us / give me the / add support / add an option / add the ability
            add the option / would make it easier / would help if / it would help / would be a great / would be a good
            would be a nice / there must be / there needs / there has to be / hope you add / hope you can add
            hope you will / in the next update / in a future / in future updates / could be improved
            room for improvement / make it possible / make it easier / make it so / want to see / want to be able
            i want a / would appreciate / i'd appreciate / it might be / might be a good idea / would be the best
            good idea to / instead of having to / rather than having to / at least add / at least provide
            missing feature / should've been / ought to / . add / . allow / . make / . provide / . enable / . include
            . support / . let / . give / . bring / . implement / . fix / . create / . introduce / . improve
            . integrate / . remove / . change / . expose / . extend / . open up / . show / . put / . keep / . get rid
            . use / . replace / . simplify / . expand / . increase / . reduce / please / like to be able
            would be a great idea / why not a / it would be better / it would be best / it would be easier
            i would love to / would love the ability / let users choose / hope to see a / would be so much better
            would be much better / would be a useful
            NOT should i / should be ashamed / should know / should have known / should i be / should we / how should
            what should / which should / when should / where should / who should / why should / shouldn't have to
            we need help / need to have a look / . make sure / . let me know / . let me / . let's / . give it
            . give me / . keep up / . keep it up / . use it / . get rid of it / . show me / . make it / give us a call
            wish you all / wish you a / wish you the / i wish you / wish the best / please help / please respond
            please reply / please answer / please dm / please call / please contact / please see / please note
            please read / please follow / please rt / please retweet / please share / please check / please advise
            please confirm / please let me know / please let us know / please let me / please tell / please explain
            please email / please visit / please click / please send us / please send me / please watch / please look
            please find / please feel free / please be / please do not hesitate / please refer / please try
            please look into / please get in touch / please get back to / please reach / please join / please vote
            please subscribe / please like / please report / please know / please wait / please excuse
            please forgive / please ask / please don't hesitate / please stand / please hold / please . / please ?
            please dont / please don't worry / please someone / please can someone / please can you tell / please i
            please and / please assist / please elaborate / please correct me / please post / please link
        """,
        CREATION: """
            my new video / my latest video / my new tutorial / my tutorial / our tutorial / a tutorial i
            my review of / my full review / our review of / my unboxing / my build / my mod / my side project
            my design for / my drawing / my painting / my blog post / our blog post / my latest article
            my new article / my article on / my podcast / our podcast / on my channel / my youtube channel
            my photo of / my photos of / my guide to / my latest creation / my creation / made by me / built by me
            designed by me / written by me / painted by me / photo by me / photos by me / . made this / . built this
            . created this / . wrote this / . drew this / . painted this / made this for / made this with
            made this using / check out my / have a look at my / take a look at my / new blog post / new post on my
            new post on our / new on my blog / new on our blog / . new video / how i made / how i built / how we built
            source code is on / work in progress / diy / i put together / i've put together / i've been working on
            i have been working on / i'm working on a / i am working on a
            NOT check out my account / check out my profile / check out my tweet / take a look at my account
            take a look at my case / take a look at my dm / have a look at my account / diy store
        """,
    },
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
