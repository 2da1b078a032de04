"""Praise and blame in Polish, Russian, Ukrainian and Czech."""

from portal.listening.signals.tone.elsewhere.shapes import Words

PL = Words(
    weights="""
3: uwielbiam / kocham / wspaniał- / fantastyczn- / doskonał- / rewelac- / rewelacyjn- / idealn- / perfekcyjn-
    genialn- / znakomit- / cudown- / wyśmienit- / przepiękn- / najlepsz- / bomba / pięć gwiazdek / 5 gwiazdek
    mistrzostwo / wybitn- / niesamowit- / bezbłędn- / arcydzieł-
2.2: polecam / gorąco polecam / szczerze polecam / polecamy / super / świetn- / zadowolon- / zachwyc- / zachwycon-
    piękn- / pięknie / pyszn- / smaczn- / miły / miła / miłe / miło / mili / sympatyczn- / uprzejm- / pomocn-
    przyjemn- / szczęśliw- / cieszę / ciesz- / podoba / podobał- / lubię / gratulacje / brawo / urocz- / ładn-
    śliczn- / dziękuję za / wielkie dzięki / profesjonaln- / godny polecenia / godne polecenia / warto / warte
    wart / na pewno wrócę / wrócimy / wciągając- / fajn- / ekstra / spoko / cztery gwiazdki / 4 gwiazdki
1.4: dobr- / dobrze / dziękuję / dzięki / szybk- / łatw- / prost- / wygodn- / praktyczn- / czyst- / przydatn-
    użyteczn- / działa / działa dobrze / ciekaw- / interesując- / zabawn- / tani / tanie / tania / niezawodn-
    solidn- / intuicyjn- / sprawn- / bez problemu / bez problemów / bez zarzutu / zgodny z opisem / zgodne z opisem
    lepsz- / lepiej / poprawi- / śwież- / polepsz-
-1: czeka- / czekam / opóźn- / problem- / błąd / błęd- / drog- / drogi / za drogo / woln- / wolno / powoln- / hałas-
    głośn- / stary / stara / stare / trudn- / skomplikowan- / nudn- / nuda / niestety / szkoda / odwołan- / anulowa-
    zwrot / reklamac- / skarg- / brak / brakuje / nikt / zawiesza / zawiesza się / zacina / wiesza / reklam
    reklamy / nadal nie / wciąż nie / jeszcze nie / przeciętn- / średni- / zimn- / odinstal-
-1.8: nie działa / nie działają / nie działało / przestał działać / przestał mi działać / przestała działać
    przestało działać / nie polecam / nie poleca / zepsut- / zepsuł- / uszkodzon- / popsut- / rozczarow-
    zawiedzion- / zawiodł- / zawód / zły / zła / złe / źle / kiepsk- / słab- / brudn- / niemił- / nieuprzejm-
    niegrzeczn- / niedopuszczaln- / nigdy więcej / strata czasu / strata pieniędzy / szkoda pieniędzy / szkoda czasu
    brak odpowiedzi / brak kontaktu / nie odpowiada / nie odpowiadają / irytując- / wkurza- / denerwuj- / wściek-
    bezużyteczn- / nieprzydatn- / wadliw- / nie warto / nie lubię / nie podoba / niezadowolon- / oszukan- / unikać
    omijać / omijajcie / dwie gwiazdki / lipa / lipn- / dziadostwo / niekompetent- / absurd-
-2.6: okropn- / straszn- / fataln- / koszmar- / tragedi- / tragiczn- / beznadziej- / katastrof- / oszust- / oszuści
    złodziej- / nienawidzę / gówn- / gówno / syf / śmieć / śmieci / najgorsz- / gorsz- / żenada / żenując- / wstyd
    skandal- / obrzydliw- / ohydn- / dno / porażka / masakra / kpina / kradzież / kurwa / chuj- / jedna gwiazdka
    1 gwiazdka / wyłudz-
0: dzień dobry / dobry wieczór / dobranoc / dobrej nocy / z góry dziękuję / z góry dzięki / dobre pytanie / prosto z
    prostu / po prostu / o wolno / wolno mi / braki w
""",
    negations="nie bez nigdy ani żaden żadna żadne nikt nic",
    stronger="bardzo naprawdę strasznie mega super niezwykle absolutnie całkowicie zbyt tak ogromnie",
    weaker="trochę dość nieco raczej",
    contrasts="ale jednak lecz niestety chociaż",
    unreal="byłoby byłaby gdyby mógłby powinien mam nadzieję",
)

RU = Words(
    weights="""
3: обожаю / люблю / отличн- / превосходн- / великолепн- / прекрасн- / замечательн- / идеальн- / потрясающ-
    восхитительн- / шикарн- / офигенн- / обалденн- / супер / бомба / лучш- / топ / топчик / пять звезд / 5 звезд
    восторг / в восторге / шедевр / изумительн- / безупречн- / огонь / невероятн- / круто / крут- / классн- / класс
    красота / 10 из 10
2.2: рекомендую / всем рекомендую / советую / доволен / довольна / довольны / понравил- / понравилось / нравится
    нравятся / нрав- / рад / рада / рады / счастлив- / вкусн- / красив- / приятн- / любезн- / вежлив- / отзывчив-
    дружелюбн- / приветлив- / уютн- / душевн- / молодц- / молодец / спасибо за / огромное спасибо / большое спасибо
    благодар- / поздравл- / радует / радуют / порадовал- / интересн- / увлекательн- / смешн- / весел-
    профессионал- / обязательно вернемся / вернусь еще / стоит своих денег / на высоте / четыре звезды / 4 звезды
    мил- / прелест-
1.4: хорош- / спасибо / быстр- / легк- / удобн- / практичн- / чист- / чисто / полезн- / работает отлично
    работает хорошо / работает / надежн- / качествен- / недорог- / выгодн- / нормальн- / неплох- / без проблем
    без нареканий / все устраивает / устраивает / простой / просто и / понятн- / аккуратн- / свеж- / помог / помогл-
    как в описании / соответствует / соответствует описанию / вовремя / стоит того / улучш- / доступн- / бесплатно и
-1: жду / ждать / ждем / ждал- / ожидани- / задерж- / опозда- / проблем- / ошибк- / дорог- / дороговат- / медленн-
    шумн- / шум / стар- / трудн- / сложн- / скучн- / скука / к сожалению / жаль / отмен- / возврат / вернул-
    жалоб- / не хватает / никто / зависает / вылетает / глючит / глюк- / тормоз- / лагает / лаги / баг / баги
    реклам- / до сих пор / до сих пор не / так и не / средн- / посредственн- / холодн- / удалил- / удаляю / неудобн-
    непонятн- / маленьк-
-1.8: не работает / не работают / перестал работать / перестали работать / перестало работать / перестала работать
    не открывается / не загружается / не запускается / не рекомендую / не советую / не нравится / сломал- / сломан-
    слома- / разочаров- / плох- / хуже / грязн- / грязь / хам / хамств- / хамят / груб- / невежлив- / неприемлем-
    никогда больше / больше никогда / больше не / потеря времени / трата времени / трата денег / деньги на ветер
    не пришел / не пришла / не пришло / не отвечают / не отвечает / игнор- / раздраж- / бесит / бесят / беси- / злит
    брак / бракован- / дефект- / недоволен / недовольна / недовольны / бесполезн- / некачествен- / некомпетентн-
    обман / обманул- / обманыва- / навязыва- / не стоит / невозможно / не могу / подделк- / вонь / воняет / отстой
    тупо / тупой / тупые / тупит / слаб- / печальн- / грустн- / убог- / две звезды / верните
-2.6: ужас / ужасн- / кошмар- / отврат- / отвратительн- / мерзк- / катастроф- / мошенник- / мошеннич- / развод
    лохотрон / ворь- / ворую- / ненавижу / дерьм- / говн- / хрень / фигня / хуже некуда / худш- / позор- / стыд
    жуть / жутк- / бред / мусор / хлам / гадость / дно / полный ноль / одна звезда / 1 звезда / кидал- / кинули
    блять / сука / пиздец / хуй- / издевательств-
0: добрый день / доброе утро / добрый вечер / доброй ночи / хорошего дня / заранее спасибо / спасибо заранее / любой
    любого / любая / любые / быстрее бы / чистый лист / средний палец / средство / средства / лучше бы / проблем нет
    нет проблем / никаких проблем
""",
    negations="не нет ни без никогда никакой никаких никто ничего нельзя",
    stronger="очень крайне слишком так такой невероятно супер совершенно абсолютно просто реально настолько",
    weaker="немного довольно слегка чуть относительно",
    contrasts="но однако зато хотя",
    unreal="бы если хотелось надеюсь",
)

UK = Words(
    weights="""
3: обожнюю / люблю / чудов- / відмінн- / прекрасн- / ідеальн- / неймовірн- / фантастичн- / супер / найкращ- / топ
    п'ять зірок / 5 зірок / бомба / шедевр / класн- / клас / крут- / круто / бездоганн- / вражаюч-
2.2: рекомендую / раджу / задоволен- / сподоба- / подоба- / радий / рада / раді / щаслив- / смачн- / гарн- / красив-
    приємн- / ввічлив- / привітн- / дружн- / затишн- / молодці / дякую за / щиро дякую / велике дякую / вітаю
    цікав- / захоплююч- / професійн- / варте / вартує / чотири зірки / мил-
1.4: добр- / добре / хорош- / дякую / швидк- / легк- / зручн- / практичн- / чист- / корисн- / працює / працює добре
    надійн- / якісн- / недорог- / вигідн- / нормальн- / непоган- / без проблем / влаштовує / зрозуміл- / свіж-
    допомог- / вчасно / покращ-
-1: чека- / очікуванн- / затрим- / запізн- / проблем- / помилк- / дорог- / повільн- / шумн- / стар- / важк-
    складн- / нудн- / на жаль / шкода / скасува- / поверненн- / скарг- / ніхто / зависає / вилітає / глючить
    реклам- / досі не / досі / середн- / холодн- / видалив- / незручн- / незрозуміл-
-1.8: не працює / не працюють / перестав працювати / перестала працювати / перестали працювати / перестало працювати
    не відкривається / не рекомендую / не раджу / зламан- / зламав- / розчаров- / поган- / гірше / гірш- / брудн-
    хам / хамств- / груб- / неприйнятн- / більше ніколи / ніколи більше / втрата часу / марна трата / гроші на вітер
    не відповідають / ігнор- / дратує / дратують / бісить / брак / бракован- / незадоволен- / марн- / неякісн-
    обман- / підробк- / слабк- / сумн- / неможливо / не можу
-2.6: жах / жахлив- / кошмар- / огидн- / катастроф- / шахра- / ненавиджу / лайно / гівно / найгірш- / ганьба
    сміття / мотлох / дно / одна зірка / 1 зірка / розвод- / крадії
0: добрий день / доброго дня / добрий ранок / добрий вечір / на добраніч / гарного дня / заздалегідь дякую
""",
    negations="не ні без ніколи ніхто нічого ніяк немає",
    stronger="дуже надто занадто так неймовірно супер цілком абсолютно просто",
    weaker="трохи досить дещо",
    contrasts="але проте однак хоча",
    unreal="би б якби хотілося сподіваюсь",
)

CS = Words(
    weights="""
3: miluji / miluju / skvěl- / vynikající / úžasn- / fantastick- / perfektn- / dokonal- / výborn- / nádhern-
    geniáln- / nejlepší / bomba / pecka / pět hvězd / 5 hvězd / super / špičkov- / bezvadn- / báječn- / parádn-
    paráda
2.2: doporučuji / doporučuju / doporučujeme / vřele doporučuji / spokojen- / nadšen- / krásn- / hezk- / chutn-
    lahodn- / mil- / přátelsk- / ochotn- / příjemn- / vstřícn- / šťastn- / líbí / líbil- / baví / mám rád / mám ráda
    gratuluj- / děkuji za / profesionáln- / zábavn- / zajímav- / rád- / potěšil- / určitě se vrátíme
1.4: dobr- / dobře / děkuji / díky / dík / rychl- / snadn- / jednoduch- / praktick- / čist- / pohodln- / užitečn-
    funguje / funguje dobře / spolehliv- / kvalitn- / levn- / přehledn- / bez problémů / bez problému
    odpovídá popisu / lepší / zlepš- / čerstv- / pomohl- / v pořádku
-1: ček- / čekání / zpožd- / problém- / chyb- / drah- / předražen- / pomal- / hlučn- / hluk / star- / těžk-
    složit- / nudn- / nuda / bohužel / škoda / zrušen- / vrácení / reklamac- / stížnost- / chybí / nikdo / padá
    zasekává / seká / reklam- / stále ne / pořád / průměrn- / studen- / odinstal-
-1.8: nefunguje / nefungují / nejde / nejede / přestal fungovat / přestala fungovat / přestalo fungovat
    nedoporučuji / nedoporučuju / rozbit- / rozbil- / poškozen- / zklam- / zklamán- / špatn- / špinav- / nepříjemn-
    neochotn- / drz- / hrub- / nepřijateln- / nikdy více / už nikdy / ztráta času / vyhozené peníze / nedorazil-
    neodpovíd- / nereaguj- / otravn- / štve / naštvan- / nespokojen- / zbytečn- / nepoužiteln- / vadn- / podvod-
    vyhněte / slab- / smutn- / nelíbí / nelíbil- / nemám rád
-2.6: hrozn- / strašn- / příšern- / katastrof- / otřesn- / nejhorší / horší / hnus- / odporn- / odpad / šmejd-
    podvodn- / zloděj- / nenávidím / hovno / sračka / ostuda / tragéd- / trapn- / děs / děsn- / jedna hvězda
    1 hvězda / shit
0: dobrý den / dobré ráno / dobrý večer / dobrou noc / předem děkuji / děkuji předem / dobrá otázka / rádio
    miliard- / milion- / starost-
""",
    negations="ne není nejsou nebyl nebyla nebylo bez nikdy ani žádný žádná žádné nikdo nic",
    stronger="velmi moc opravdu hodně extrémně naprosto příliš tak hrozně fakt",
    weaker="trochu docela celkem poměrně",
    contrasts="ale však bohužel ovšem",
    unreal="by bych kdyby mohl mohla měl doufám",
)
