"""The phrases of German, Dutch, Swedish, Danish and Norwegian."""

from portal.listening.signals.phrases.shapes import CREATION, QUESTION, SUGGESTION

DE = {
    QUESTION: """
        ? / weiß jemand / kennt jemand / hat jemand / kann jemand / könnte jemand / kann mir jemand
        gibt es eine möglichkeit / wie kann ich / wie kann man / wie bekomme ich / weiß wer / frage mich ob
        . wie / . warum / . wieso / . weshalb / . wo ist / . wo kann / . wo finde / . wo bekomme / . wann
        . kann man / . gibt es / . wer kann / . wer weiß / . wer hat / . was kostet / . was ist / . was kann
        . was mache ich / . welche / . welcher / . welches / . kann ich / . kann mir / . hat jemand / . habt ihr
        . haben sie / . könnt ihr / . ist es möglich / . ist das / . hat wer / hat wer / kennt wer / kennt ihr
        wisst ihr / weiß einer / kann einer / hat einer / jemand eine idee / jemand ne idee / jemand einen tipp
        jemand erfahrung / irgendeine idee / tipps für / ich frage mich / ist es möglich / ob es möglich
        wie funktioniert / wie geht das / was soll ich / was tun / . wo bleibt / . wo bleiben / . wo sind / . wo gibt
        . wo krieg / . wer ist / . was sind / . was machen / . was meint / . ist die / . ist der / . ist es / . ist da
        . sind die / . sind das / . hat das / . hat die / . hat der / . funktioniert das / . funktioniert die
        . funktioniert der / . läuft das / . läuft die / . gibt's / . darf man / . muss man / . muss ich / . passt das
        . passt der / . passt die / . geht das / . lohnt sich das / . lohnt es sich / . kommt das / . kommt die
        . wird das / . wird es / . können sie / . kannst du / . hast du / . habe ich / . seid ihr / . sind sie
        . weiß man / . hat man
        NOT . warum ich / . warum wir / . wieso ich / . wieso wir / . wann ich / . wo ich / . wo wir / . wie wir
        . kann man nur / . kann ich nur / . muss man haben / . muss man gesehen / . muss man mal
        . wie immer / . wie schon / . wie man / . wie gesagt / . wie beschrieben / . wie erwartet
        . wie auch / . wie bei / . wann immer / . wie ich / . wie ein / . wie der / . wie die / . wie das
        . wie in
    """,
    SUGGESTION: """
        wäre schön / wäre toll / wäre super / wäre gut / wäre cool / wäre nett / wäre hilfreich / wäre klasse
        wären schön / wären toll / wären gut / wären hilfreich / wären super / wären praktisch / wären besser
        wären nett
        wären wünschenswert / würde helfen / wäre besser / wäre wünschenswert / wünschenswert / ich wünsche mir
        ich würde mir wünschen
        würde mich freuen / ich hätte gern / bitte fügt / bitte baut / bitte macht / bitte ergänzt
        bitte einbauen / bitte hinzufügen / könntet ihr / könnten sie / sollte / sollten / solltet / müsste man
        es fehlt / mir fehlt / fehlt noch / vorschlag / verbesserungsvorschlag / warum nicht / schlage vor
        würde vorschlagen / die möglichkeit / ich wünschte / würde ich mir wünschen / wünschte mir / wünsche mir
        würde mir wünschen / wäre es möglich / wäre praktisch / wäre sinnvoll / wäre ideal / wäre eine gute idee
        wäre noch / wäre perfekt / hätte gerne / hätte mir gewünscht / es wäre / bitte wieder / bitte noch
        bitte bringt / bitte ändert / bitte verbessert / bitte behebt / bitte nachbessern / bitte mehr
        bitte eine / bitte einen / bitte ein / könntet ihr bitte / könnt ihr bitte / müsste / müssten
        fehlt mir / was fehlt / es bräuchte / man könnte / ihr könntet / sie könnten / anregung
        verbesserungsvorschläge / tipp an / mein tipp / unser tipp / kleiner tipp / ich empfehle
        ich würde empfehlen / hoffe es kommt / hoffentlich kommt / am besten / besser wäre / verbesserungswürdig
        würde es begrüßen
        NOT wie sollte / was sollte / sollte ich / sollte um / sollte eigentlich / es sollte eigentlich
        am besten gefällt / es wäre schade
        sollten sie fragen / sollte es probleme
    """,
    CREATION: """
        ich habe gebaut / selbst gebaut / selber gebaut / selbstgebaut / selbst gemacht / selbstgemacht
        selber gemacht / habe ich gebaut / habe ich gemacht / habe ich gemalt / habe ich geschrieben
        habe ich entworfen / mein video / mein neues video / mein neuer artikel / mein blog / mein blogartikel
        meine anleitung / mein testbericht / mein erfahrungsbericht / mein projekt / mein umbau / unser podcast
        mein podcast / eigenbau
    """,
}
NL = {
    QUESTION: """
        ? / weet iemand / kent iemand / heeft iemand / kan iemand / weet er iemand / iemand een idee
        iemand ervaring / iemand tips / ik vraag me af / vraag me af / is het mogelijk / is er een manier
        hoe kan ik / hoe krijg ik / hoe kom ik / hoe doe ik / kunnen jullie mij vertellen / kunt u mij vertellen
        weten jullie / ik wil graag weten / . hoe / . waarom / . waar / . wanneer / . welke / . welk / . wie
        . wat / . kan ik / . kun je / . kan je / . is er / . zijn er / . hebben jullie / . heb je
        NOT . wat een / . waar ik / . wat ik / . wanneer je / . wie een / . hoe dan ook / . wat mij
    """,
    SUGGESTION: """
        zou fijn zijn / zou leuk zijn / zou mooi zijn / zou handig zijn / zou goed zijn / zou beter zijn
        zou top zijn / zou geweldig zijn / zou super zijn / zou prettig zijn / het zou / zou graag
        zouden graag / ik zou willen / ik wou dat / ik wens / graag een / graag meer / graag ook / zouden moeten
        zou moeten / moeten jullie / moet beter / zouden kunnen / zou kunnen / kunnen jullie niet
        kunnen jullie / voeg toe / voeg een / voeg ook / voeg de / toevoegen / alsjeblieft / als tip / tip
        mijn tip / suggestie / voorstel
        ik stel voor / ik raad aan / aan te raden om / mis een / mis nog / ik mis / ontbreekt nog
        ontbreekt een / waarom niet / de mogelijkheid om / een optie om / verbeterpunt / hopelijk komt
        NOT zou kunnen zijn / het zou kunnen / geen aanrader
    """,
    CREATION: """
        zelf gemaakt / zelfgemaakt / heb ik gemaakt / heb ik gebouwd / ik heb gemaakt / ik heb gebouwd
        heb ik geschreven / mijn video / mijn nieuwe video / mijn blog / mijn artikel / mijn project
        mijn recensie / mijn podcast / eigen ontwerp
    """,
}
SV = {
    QUESTION: """
        ? / vet någon / någon som vet / någon som har / någon som kan / är det någon / känner någon / har någon
        kan någon / någon annan som
        finns det något sätt / går det att / är det möjligt / hur gör man / hur kan jag / hur får jag
        undrar om / undrar hur / undrar varför / jag undrar / . hur / . varför / . var / . när / . vilken
        . vilka / . vilket / . vem / . vad / . kan man / . finns det / . har ni
        NOT . när jag / . när man / . hur som helst / . vad bra / . vad kul / . var bra
    """,
    SUGGESTION: """
        vore bra / vore kul / vore trevligt / vore önskvärt / vore fint / vore smidigt / vore toppen
        skulle vara bra / skulle vara kul / skulle vara trevligt / skulle vilja / skulle önska
        skulle uppskatta / önskar / önskas / önskemål / borde / bör ni / ni bör / lägg till / snälla / gärna en
        gärna mer / förslag / föreslår / jag rekommenderar att / tips / saknar en / saknar ett / saknas en
        hoppas ni / hoppas att ni / kunde ni / kan ni inte / varför inte / möjlighet att / möjligheten att
        NOT borde ha kommit
    """,
}
DA = {
    QUESTION: """
        ? / er der nogen / ved nogen / nogen der ved / nogen der har / nogen der kan / nogen som har
        kender nogen / har nogen / kan nogen / er det muligt
        hvordan kan jeg / hvordan får jeg / hvordan gør / jeg undrer mig / kan man / . hvordan / . hvorfor
        . hvor / . hvornår / . hvilken / . hvilke / . hvem / . hvad
        NOT . hvad en / . hvor er det dejligt / . hvor fedt / . hvor fint / . hvor godt
    """,
    SUGGESTION: """
        ville være rart / ville være godt / ville være fedt / ville være dejligt / ville være smart
        ville være en god / det ville / jeg ville ønske / ønsker mig / ville ønske / burde / bør / tilføj
        forslag / foreslår / mangler en / mangler et / savner en / kunne godt tænke / håber i / hvorfor ikke
        mulighed for at / et tip / kan i ikke
    """,
}
NO = {
    QUESTION: """
        ? / er det noen / vet noen / noen som vet / noen som har / noen som kan / har noen av / kjenner noen
        har noen / kan noen / er det mulig
        hvordan kan jeg / hvordan får jeg / jeg lurer på / lurer på / kan man / . hvordan / . hvorfor / . hvor
        . når / . hvilken / . hvilke / . hvem / . hva
        NOT . når jeg / . når man / . hva en / . hvor fint
    """,
    SUGGESTION: """
        hadde vært fint / hadde vært bra / hadde vært kult / hadde vært greit / ville vært fint / ville vært bra
        skulle ønske / ønsker meg / burde / bør / legg til / forslag / foreslår / mangler en / mangler et
        savner en / håper dere / hvorfor ikke / mulighet for å / muligheten til / et tips / kan dere ikke
        kunne dere
    """,
}
