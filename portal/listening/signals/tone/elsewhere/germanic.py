"""Praise and blame in German, Dutch, Swedish, Danish and Norwegian."""

from portal.listening.signals.tone.elsewhere.shapes import Words

DE = Words(
    weights="""
3: liebe / begeister- / hervorragend- / ausgezeichnet- / perfekt- / fantastisch- / phantastisch- / genial-
    großartig- / grandios- / traumhaft- / wunderbar- / wundervoll- / einwandfrei- / herausragend- / überragend-
    sensationell- / exzellent- / vorzüglich- / unschlagbar- / hammer / bombe / weltklasse / erstklassig- / tadellos-
    makellos- / kaufempfehlung / klare empfehlung / volle punktzahl / fünf sterne / 5 sterne / meisterwerk / 1a
    traumhaft schön
2.2: super / toll / tolle / toller / tolles / tollen / klasse / spitze / top / wunderschön- / empfehlenswert-
    empfehle / weiterempfehl- / empfehlen / empfehlung / zufrieden- / glücklich- / freue / freut / freuen
    freundlich- / hilfsbereit- / lecker- / köstlich- / schöne- / schönst- / sehr schön / so schön / echt schön
    wirklich schön / richtig schön / total schön / schön gemacht / schön verarbeitet / schön und / nicht schön
    geil- / mega / prima / beste / bester / bestes / besten / bestens / gern wieder / gerne wieder
    immer wieder gerne / immer wieder gern / jederzeit wieder / hut ab / daumen hoch / gelungen- / liebevoll-
    bezaubernd- / beeindruck- / überzeug- / verlässlich- / zuvorkommend- / aufmerksam- / herzlich- / danke für
    vielen dank für / vielen lieben dank / herzlichen dank / glückwunsch / respekt / lieblings- / feiere / feier ich
    absoluter traum / ein traum / läuft super / läuft einwandfrei / macht spaß / viel spaß / großen spaß
    spaß gemacht / spaß macht / bin froh / sehr froh / vier sterne / 4 sterne / stolz
1.4: gut / gute / guter / gutes / guten / gutem / danke / dank / nett / nette / netter / nettes / netten / schnell
    schnelle / schneller / schnelles / zügig / praktisch- / bequem / bequeme- / sauber / sauberes / saubere
    angenehm- / hilfreich- / günstig / günstige- / preiswert- / funktioniert / klappt / lohnt / lohnenswert
    interessant- / spannend- / lustig- / witzig / gefällt / gefallen / mag / lieben / zuverlässig- / übersichtlich-
    gemütlich- / so einfach / ganz einfach / sehr einfach / super einfach / einfach zu / einfache bedienung
    kinderleicht / intuitiv- / stabil- / robust- / hochwertig- / wertig / solide / solides / stilvoll- / elegant-
    modern / moderne- / ordentlich- / pünktlich- / flott / unkompliziert- / problemlos- / reibungslos- / kompetent-
    passt perfekt / passt gut / passt super / passt / wie beschrieben / wie erwartet / nicht schlecht
    gar nicht schlecht / kann man nicht meckern / nichts zu meckern / nichts auszusetzen / keine probleme
    kein problem / ohne probleme / besser / verbesser- / lohnt sich / es lohnt sich / wert / preis leistung stimmt
    gerne / frisch / süß / cool / hübsch- / erfreulich- / entspann- / erholsam- / ruhig gelegen / ruhige lage
    gute lage / dankbar
0.4: einfach / ok / okay / freundlichen dank
-1: leider / schade / warten / warte / gewartet / verspätung- / problem / probleme / problemen / fehler
    fehlerhaft- / teuer / teure / langsam- / laut / laute / alt / alte / klein / schwierig- / kompliziert-
    umständlich- / unübersichtlich- / langweilig- / mühsam / abgesagt / storniert / beschwer- / rückerstattung
    reklam- / umtausch / stürzt ab / stürzt / hängt / hängt sich / vermisse / fehlt / fehlen / zu teuer / zu klein
    zu groß / zu kurz / zu laut / zu langsam / zu wenig / geht nicht / nichts / niemand / warteschleife / wartezeit-
    werbung / zu viel werbung / nur noch / schon wieder / immer noch / immer noch nicht / seit wochen / seit tagen
    seit monaten / seit stunden / mittelmäßig- / durchschnittlich- / naja / na ja / hakt / ruckelt / störung
    ausfall / gestört / verbesserungswürdig- / ausbaufähig- / gewöhnungsbedürftig / unklar / verwirr- / anstrengend-
    bedauerlich- / zurückgeschickt / zurückschicken / zurückgegeben / deinstallier- / gelöscht / kündig- / gekündigt
    kratzer / wackel- / undicht / lieblos-
-1.8: hinüber / den geist auf / den geist aufgegeben / gibt den geist / im eimer / funktioniert nicht
    funktioniert leider nicht / funktioniert nicht mehr / funktioniert gar nicht / klappt nicht / geht nicht mehr
    geht gar nicht / geht leider nicht / geht nichts / läuft nicht / kaputt- / defekt- / enttäusch- / schlecht
    schlechte / schlechter / schlechtes / schlechten / unfreundlich- / unhöflich- / unverschämt- / ärgerlich-
    ärger / ärgere / ärgert / nervt / nervig- / nerven / mangelhaft- / unbrauchbar- / nutzlos- / dreckig-
    schmutzig- / verdreckt- / schmuddel- / keine antwort / keine rückmeldung / keine reaktion / meldet sich niemand
    nie wieder / einmal und nie / finger weg / hände weg / nicht empfehlen / nicht zu empfehlen
    nicht empfehlenswert / nicht weiterempfehlen / keine empfehlung / kann ich nicht empfehlen / abzocke
    geldverschwendung / rausgeschmissen- / rausgeworfen- / verloren / abgestürzt / absturz / abstürze
    stürzt ständig / stürzt immer / stürzt dauernd / überteuert- / frech / ungenießbar / zeitverschwendung / schwach
    schwache / lahm / fad / billig / billige- / minderwertig- / gebrochen / abgebrochen / gerissen / verarsch-
    wucher / unseriös- / inkompetent- / ahnungslos- / chaos / chaotisch- / gefälscht / fälschung / fake / stinkt
    gestank / unzumutbar- / inakzeptabel- / unzufrieden- / unzuverlässig- / blöd- / doof / dumm / dämlich / sinnlos-
    unnötig- / überbewertet / traurig- / sauer / wütend / gefällt mir nicht / gefällt mir gar nicht
    lohnt sich nicht / lohnt nicht / mag ich nicht / nichts für mich / nicht mehr zu / zwei sterne / 2 sterne
-2.6: furchtbar- / schrecklich- / katastroph- / grauenhaft- / grauenvoll- / grausam- / miserabel / miserable-
    unterirdisch- / scheiße / scheiß- / scheiss- / beschissen- / schrott / müll / betrug / betrüger / betrogen
    hasse / hass / schlechteste- / schlimmste- / schlimm / frechheit / ekelhaft- / ekelig- / eklig- / widerlich-
    saftladen / sauladen / eine zumutung / zumutung / lächerlich- / horror / albtraum / alptraum / desaster
    desaströs- / ein witz / schlechter witz / unfassbar schlecht / armutszeugnis / bodenlos- / peinlich- / skandal-
    verbrecher / abzocker / null sterne / 0 sterne / ein stern / 1 stern / kotz- / zum kotzen / pfui / mist / murks
    vollkatastrophe / ramsch / unverschämtheit / dreist-
0: guten tag / guten morgen / guten abend / gute nacht / gute frage / guten rutsch / vielen dank im voraus
    danke im voraus / dank im voraus / mit freundlichen grüßen / freundliche grüße / freundlichen grüßen
    liebe grüße / lieben gruß / liebe leute / liebes team / liebes / liebe kunden / liebe freunde / alte / bitte um
    gut und gerne / so gut wie / warte mal / beste grüße / aufmerksam gemacht
""",
    negations="nicht kein keine keinen keiner keinem keinerlei nie niemals ohne kaum weder nix nichts nicht's",
    stronger="sehr so extrem total absolut echt wirklich mega super richtig unglaublich voll äußerst besonders",
    weaker="etwas ziemlich relativ bisschen eher halbwegs einigermaßen recht",
    contrasts="aber jedoch allerdings leider trotzdem sondern nur",
    unreal="wäre würde könnte sollte hätte falls wenn hoffe hoffentlich",
    late="funktioniert klappt gefällt empfehle lohnt mag liebe freue überzeugt passt lieben",
)

NL = Words(
    weights="""
3: geweldig- / fantastisch- / uitstekend- / perfect- / prachtig- / super / schitterend- / hou van / ik hou van
    uitmuntend- / briljant- / fenomenaal / topper / toppertje / vijf sterren / 5 sterren / dikke aanrader
    echte aanrader / magnifiek
2.2: aanrader / een aanrader / aan te raden / tevreden / blij / blije / beste / vriendelijk- / heerlijk- / lekker-
    mooi- / leuk- / top / toppie / genieten / genoten / gelukkig / behulpzaam / behulpzame / fijn / fijne
    complimenten / compliment / gaaf / gave / indrukwekkend- / aangenaam / aangename / prettig- / liefdevol- / zalig
    smakelijk / enthousiast / trots / hulde / raad het aan / zeker aan / raad ik / bedankt voor / dank voor
    hartelijk dank / gefeliciteerd / vier sterren / 4 sterren / prima
1.4: goed / goede / goeie / bedankt / dank / dankjewel / dankbaar / snel / snelle / makkelijk- / gemakkelijk-
    handig- / schoon / comfortabel- / werkt goed / werkt prima / werkt perfect / werkt / interessant- / gezellig-
    nuttig- / duidelijk- / netjes / net / betrouwbaar- / stevig- / mooier / beter / betaalbaar / voordelig / soepel
    vlot / eenvoudig- / bevalt / spannend / grappig / lief / lieve / cool / stijlvol / waard / niet slecht
    geen problemen / niets op aan te merken / zoals beschreven / zoals verwacht / graag weer / kom graag terug
    vers / verse / rustig gelegen
-1: wachten / wacht / gewacht / wachttijd / vertraging- / probleem / problemen / fout / fouten / duur / dure / traag
    trage / langzaam / lawaai / oud / oude / moeilijk- / ingewikkeld- / saai / saaie / helaas / jammer / geannuleerd
    terugbetaling / klacht- / klagen / niemand / te duur / te klein / te weinig / nog steeds / nog niet
    nog steeds niet / al weken / storing / reclame / omslachtig- / onduidelijk- / mist / ontbreekt / vastloopt
    loopt vast / crasht / matig- / middelmatig / koud / koude / opgezegd / verwijderd / teruggestuurd / onhandig-
    mwah / tegenvall-
-1.8: werkt niet / werkt niet meer / doet het niet / doet niets / kapot- / stuk / teleurgesteld / teleurstell-
    slecht- / vies / vieze / smerig- / onbeschoft- / onacceptabel- / niet aan te raden / afrader / afgeraden
    nooit meer / tijdverspilling / geldverspilling / weggegooid geld / nooit ontvangen / geen reactie
    geen antwoord / geen gehoor / irritant- / ergerlijk- / erger / ergert / kwijt / onvriendelijk- / onbetrouwbaar-
    ontevreden / boos / woedend / overgewaardeerd / nutteloos / nutteloze / onbruikbaar / defect / gebroken / lek
    vervelend- / nep / duurt te lang / opgelicht / misleid- / niet blij / belabberd / zwak / zwakke / stinkt / stank
    blijf weg / trap er niet in / twee sterren / 2 sterren / spijt
-2.6: verschrikkelijk- / vreselijk- / waardeloos / waardeloze / rotzooi / troep / oplicht- / klote / kut / kutzooi
    shit / haat / slechtste / slechtst / schande / schandalig- / ramp / rampzalig / drama / dramatisch / bagger
    walgelijk- / afschuwelijk- / bedrog / dieven / belachelijk- / nachtmerrie / één ster / 1 ster / een ster
    nul sterren / idioot / achterlijk / om te huilen / ronduit slecht
0: goede morgen / goede middag / goede avond / goedemorgen / goede dag / alvast bedankt / met vriendelijke
    vriendelijke groet / een stuk / stuk beter / goed nieuws / net als / net zo / is net / was net / heb net
    ik net / te goed / net niet
""",
    negations="niet geen nooit zonder nauwelijks niets niks noch",
    stronger="heel erg zeer zo echt super ontzettend enorm te helemaal absoluut bijzonder",
    weaker="beetje redelijk vrij enigszins tamelijk",
    contrasts="maar echter helaas hoewel alleen",
    unreal="zou zouden hopelijk hoop als",
    late="werkt bevalt raad",
)

SV = Words(
    weights="""
3: älskar / underbar- / fantastisk- / utmärkt- / perfekt- / suverän- / enastående / makalös- / toppen / grymt
    kanon / fenomenal- / strålande / rekommenderar varmt / rekommenderas varmt / bäst / bästa / fem stjärnor
    mästerverk
2.2: rekommendera- / nöjd- / jättenöjd / supernöjd / glad / glada / härlig- / vacker- / vackra / jättebra / superbra
    väldigt bra / mycket bra / trevlig- / vänlig- / hjälpsam- / god mat / gott / läcker- / mysig- / rolig- / kul
    snygg- / fin / fina / fint / imponera- / grym / grymma / grattis / tack för / stort tack / tusen tack / lycklig-
    professionell- / prisvärd- / topp / favorit- / gillar / tycker om / smidig-
1.4: bra / tack / snabb- / enkel / enkelt / enkla / lätt / lätta / praktisk- / ren / rena / rent / bekväm-
    fungerar / fungerar bra / fungerar utmärkt / intressant- / spännande / användbar- / pålitlig- / stabil / bättre
    billig- / skön- / härligt / helt okej / inga problem / som förväntat / inte dålig / inte illa / värt / värd
    lyckad- / fräsch- / nyttig- / tacksam- / hoppas
-1: vänta / väntar / väntat / väntetid / försen- / problem / problemet / fel / felet / dyr / dyra / dyrt / långsam-
    seg / segt / bullrig- / gammal / gamla / svår- / krånglig- / krångl- / tråkig- / tråkigt / tyvärr / synd
    inställd / inställt / återbetal- / klaga- / klagomål / saknar / saknas / ingen / buggar / buggig / kraschar
    hänger sig / reklam / fortfarande / för dyrt / för liten / för lite / kall / kallt / onödig- / avinstaller-
    sådär / medioker-
-1.8: fungerar inte / fungerar ej / funkar inte / går inte / trasig- / sönder / besviken / besvikna / besvikelse
    dålig- / dåligt / sämre / otrevlig- / smutsig- / äcklig- / oacceptabel- / oförskämd- / aldrig mer / aldrig igen
    rekommenderar inte / rekommenderar ej / undvik / slöseri / irriter- / arg / frustrer- / inget svar / inga svar
    svarar inte / missnöjd- / opålitlig- / värdelös- / oanvändbar- / inte värt / fusk / nackdel- / sorglig- / ledsen
    pinsam-
-2.6: hemsk- / fruktansvärd- / förfärlig- / usel / uselt / usla / katastrof- / skit / skräp / bluff- / bedrägeri
    bedragare / hatar / sämsta / sämst / värst- / skandal- / mardröm / löjlig- / vidrig- / avskyvärd- / en stjärna
    1 stjärna / skäms / idiot- / jävla
0: god morgon / god natt / god jul / bra fråga / tack på förhand / ren och skär / rent av / rent ut / fel på mig
""",
    negations="inte ej icke ingen inget inga aldrig utan knappt varken",
    stronger="mycket väldigt så jätte extremt otroligt verkligen riktigt helt super",
    weaker="lite ganska något relativt",
    contrasts="men dock tyvärr fast",
    unreal="skulle borde hoppas om",
    late="fungerar funkar gillar älskar rekommenderar",
)

# Written Danish and Norwegian share most of these words.
_NORDIC = """
3: elsker / fantastisk- / perfekt- / fremragende / enestående / suveræn- / suveren- / utmerket / strålende / bedste
    beste / bedst / best / topklasse / fem stjerner
2.2: anbefal- / tilfreds- / fornøyd / fornøyde / kjempefornøyd / glad / glade / lykkelig- / dejlig- / deilig-
    smuk- / vakker- / vakre / hyggelig- / venlig- / vennlig- / hjælpsom- / hjelpsom- / lækker- / lekker- / nydelig-
    flot / flott / flotte / rigtig god / veldig bra / meget god / meget bra / imponer- / sjov- / morsom- / gøy
    tillykke / gratulerer / tak for / takk for / tusind tak / tusen takk / professionel- / profesjonell-
    prisverdig / kan lide / liker / favorit-
1.4: god / gode / godt / bra / tak / takk / hurtig- / rask / raskt / raske / nem / nemt / enkel / enkelt / lett
    let / praktisk- / ren / rene / rent / behagelig- / komfortabel- / virker godt / fungerer bra / fungerer
    interessant- / spænd- / spennende / nyttig- / stabil / bedre / billig- / pålidelig- / pålitelig- / fin / fine
    fint / ingen problemer / ikke værst / ikke verst / ikke dårlig / som forventet / det værd / verdt / frisk / nice
    lykkes
-1: vent- / ventetid / forsinke- / problem / problemer / fejl / feil / dyr / dyre / dyrt / langsom- / treg / tregt
    larm / støy- / gammel / gamle / svær- / vanskelig- / besvær- / kedelig- / kjedelig- / desværre / dessverre
    beklageligvis / synd / aflyst / avlyst / refusjon / refusion / klage- / mangler / savner / ingen / nedbrud
    krasjer / crasher / hænger / henger seg / reklame- / stadig / fortsatt / for dyrt / for lille / kold / kald
    kaldt / afinstaller- / avinstaller- / middelmådig- / tungvint
-1.8: virker ikke / fungerer ikke / går ikke / kan ikke bruges / ødelagt / i stykker / skuffet / skuffende
    skuffelse / dårlig- / ringe / uvenlig- / uvennlig- / uhøflig- / frekk- / fræk- / beskidt- / skitten- / ekkel-
    klam / uacceptabel- / uakseptabel- / aldrig mere / aldri mer / aldrig igen / aldri igjen / anbefaler ikke
    undgå / unngå / spild af / bortkastet / irriter- / sur / sint / frustrer- / intet svar / ingen svar
    svarer ikke / utilfreds- / misfornøyd / upålidelig- / upålitelig- / værdiløs- / verdiløs- / ubrugelig-
    ubrukelig- / trist- / pinlig-
-2.6: forfærdelig- / forferdelig- / frygtelig- / fryktelig- / rædselsfuld- / grusom- / elendig- / katastrof- / lort
    dritt / dårligste / værste / verste / værst / verst / svindel- / bedrag- / hader / hater / skandale- / mareridt
    mareritt / latterlig- / skam / skammelig- / en stjerne / én stjerne / skrald / søppel / møg- / fanden / faen
0: god morgen / god aften / god kveld / god dag / god jul / godt nytår / godt nyttår / på forhånd tak
    på forhånd takk / godt spørgsmål / ren og skær
"""
_NORDIC_NEGATIONS = "ikke ikkje ej ingen intet ingenting aldrig aldri uden uten hverken verken næppe neppe"
_NORDIC_STRONGER = "meget veldig så rigtig virkelig ekstremt utrolig super helt kjempe skikkelig svært"
_NORDIC_CONTRASTS = "men dog desværre dessverre"
_NORDIC_LATE = "virker fungerer elsker liker anbefaler"

DA = Words(
    weights=_NORDIC,
    negations=_NORDIC_NEGATIONS,
    stronger=_NORDIC_STRONGER,
    weaker="lidt litt ret ganske noget noe",
    contrasts=_NORDIC_CONTRASTS,
    unreal="ville skulle burde håber håper hvis",
    late=_NORDIC_LATE,
)
NO = DA
