"""Words of praise and blame in other languages, weighed by hand, with the words that change others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language, as `weighing.make_lexicon` takes it."""

    weights: str
    negations: str = ""
    stronger: str = ""
    weaker: str = ""
    contrasts: str = ""


LANGUAGES = {
    "de": Words(
        weights="""
3: liebe / begeistert / hervorragend / ausgezeichnet / perfekt / fantastisch / genial / großartig
    grandios / traumhaft / wunderbar / einwandfrei
2.2: super / toll / klasse / spitze / top / wunderschön / empfehlenswert / empfehle / empfehlen
    zufrieden / glücklich / freue / freut / freundlich / hilfsbereit / lecker / schön / schöne / schöner
    schönes / geil / mega / prima / beste / bester / bestes / besten / gern wieder / immer wieder gerne
1.4: gut / gute / guter / gutes / guten / danke / dank / nett / schnell / einfach / praktisch / bequem
    sauber / sauberes / angenehm / hilfreich / gelungen / günstig / preiswert / funktioniert / lohnt
    interessant / spannend / lustig / gefällt / mag / lieben / zuverlässig / übersichtlich / gemütlich
-1: leider / schade / warten / warte / gewartet / verspätung / problem / probleme / fehler / teuer
    langsam / laut / alt / klein / schwierig / kompliziert / umständlich / unübersichtlich / langweilig
    abgesagt / storniert / beschwerde / rückerstattung / stürzt ab / hängt / vermisse / fehlt / zu teuer
    zu klein / geht nicht / nichts
-1.8: funktioniert nicht / geht nicht mehr / kaputt / defekt / enttäuscht / enttäuschend / enttäuschung
    schlecht / schlechte / schlechter / schlechtes / unfreundlich / unverschämt / ärgerlich / nervt
    nervig / mangelhaft / unbrauchbar / dreckig / schmutzig / keine antwort / nie wieder / finger weg
    nicht empfehlen / nicht zu empfehlen / abzocke / geldverschwendung / verloren / abgestürzt / absturz
    kalt und / überteuert / frech / ungenießbar / zeitverschwendung
-2.6: furchtbar / schrecklich / katastrophe / katastrophal / grauenhaft / miserabel / unterirdisch
    scheiße / scheiss / schrott / müll / betrug / betrüger / hasse / hass / schlechteste / schlechtester
    schlimmste / frechheit / ekelhaft / widerlich / saftladen / eine zumutung / lächerlich / horror
""",
        negations="nicht kein keine keinen keiner keinem nie niemals ohne kaum weder nix",
        stronger="sehr so extrem total absolut echt wirklich mega super richtig unglaublich voll äußerst besonders",
        weaker="etwas ziemlich relativ bisschen eher halbwegs",
        contrasts="aber jedoch allerdings leider trotzdem sondern",
    ),
    "fr": Words(
        weights="""
3: adore / j'adore / excellent / excellente / parfait / parfaite / magnifique / génial / géniale
    fantastique / exceptionnel / exceptionnelle / formidable / merveilleux / merveilleuse / incroyable
2.2: super / top / ravi / ravie / satisfait / satisfaite / recommande / je recommande / aime / j'aime
    délicieux / délicieuse / beau / belle / agréable / meilleur / meilleure / impeccable / bravo
    chaleureux / au top / à recommander / félicitations / content / contente / heureux / heureuse
    sympathique / sympa
1.4: bien / bon / bonne / merci / rapide / facile / pratique / propre / confortable / efficace / utile
    gentil / gentille / joli / jolie / fonctionne bien / intéressant / drôle / réussi / bon rapport
    accueillant / fluide
-1: attente / attends / attendre / retard / problème / problèmes / erreur / erreurs / cher / chère / lent
    lente / bruyant / petit / compliqué / dommage / malheureusement / ennuyeux / moyen / annulé / annulée
    remboursement / bug / bugs / trop cher / plus rien / difficile / manque / vieux
-1.8: ne marche pas / marche pas / ne fonctionne pas / fonctionne pas / ne fonctionne plus / en panne
    cassé / cassée / déçu / déçue / décevant / décevante / déception / mauvais / mauvaise / sale
    désagréable / inadmissible / inacceptable / à éviter / à fuir / fuyez / passez votre chemin
    perte de temps / plus jamais / jamais reçu / aucune réponse / impoli / incompétent / incompétents
    plante / énervé / ras le bol / perdu
-2.6: horrible / nul / nulle / affreux / catastrophe / catastrophique / honteux / honte / arnaque
    arnaqueurs / voleurs / merde / déteste / pire / dégueulasse / scandaleux / lamentable / minable
    infect / ridicule / désastre / désastreux
""",
        negations="pas ne jamais aucun aucune sans rien ni guère",
        stronger="très trop vraiment tellement extrêmement super absolument totalement si hyper",
        weaker="assez peu plutôt légèrement",
        contrasts="mais cependant toutefois pourtant malheureusement",
    ),
    "es": Words(
        weights="""
3: encanta / me encanta / encantó / encantado / encantada / excelente / perfecto / perfecta / increíble
    fantástico / fantástica / maravilloso / maravillosa / espectacular / genial / estupendo / estupenda
    magnífico / buenísimo / buenísima / impresionante
2.2: recomiendo / lo recomiendo / recomendable / feliz / contento / contenta / satisfecho / satisfecha
    mejor / mejores / amable / amables / delicioso / deliciosa / rico / rica / hermoso / hermosa / bonito
    bonita / precioso / preciosa / gusta / me gusta / gustó / divertido / divertida / felicidades
    felicitaciones / súper / amo / bello / bella / agradable / atento / atenta
1.4: bueno / buena / buen / buenos / buenas / bien / gracias / rápido / rápida / fácil / útil / cómodo
    cómoda / limpio / limpia / práctico / funciona bien / interesante / eficiente / lindo / linda / barato
    vale la pena / chévere / bacano
-1: espera / esperando / retraso / tarde / problema / problemas / error / errores / caro / cara / lento
    lenta / ruido / ruidoso / viejo / difícil / complicado / aburrido / aburrida / desgraciadamente
    lamentablemente / cancelado / cancelada / cancelaron / reembolso / queja / reclamo / falla / fallas
    lástima / demora / sucio y / nadie
-1.8: no funciona / no sirve / no abre / no carga / no me deja / dejó de funcionar / roto / rota / dañado
    dañada / decepcionado / decepcionada / decepcionante / decepción / malo / mala / malos / malas / mal
    sucio / sucia / grosero / groseros / inaceptable / no lo recomiendo / no recomiendo / no lo compren
    nunca más / pérdida de tiempo / perdida de tiempo / nunca llegó / no responden / sin respuesta
    molesto / molesta / harto / harta / desagradable / incompetentes / engaño / perdido / perdieron
-2.6: horrible / pésimo / pésima / terrible / asco / asqueroso / asquerosa / basura / estafa / estafadores
    ladrones / robo / mierda / odio / peor / fatal / vergüenza / vergonzoso / desastre / una porquería
    porquería / ridículo / nefasto / nefasta
""",
        negations="no nunca sin ni jamás tampoco ningún ninguna nada",
        stronger="muy tan demasiado realmente súper super totalmente extremadamente bastante más",
        weaker="algo poco medio",
        contrasts="pero sin embargo aunque lamentablemente",
    ),
    "pt": Words(
        weights="""
3: amo / amei / adoro / adorei / excelente / perfeito / perfeita / incrível / fantástico / fantástica
    maravilhoso / maravilhosa / sensacional / espetacular / ótimo / ótima / impecável / show
2.2: recomendo / super recomendo / feliz / satisfeito / satisfeita / melhor / melhores / gostei / gosto
    delicioso / deliciosa / lindo / linda / bonito / bonita / parabéns / atencioso / atenciosos / gostoso
    gostosa / divertido / divertida / top / agradável / nota dez / nota 10
1.4: bom / boa / bons / boas / bem / obrigado / obrigada / rápido / rápida / fácil / útil / prático
    prática / limpo / limpa / confortável / funciona bem / interessante / eficiente / barato / vale a pena
    legal / simpático
-1: espera / esperando / atraso / atrasado / problema / problemas / erro / erros / caro / cara / lento
    lenta / barulho / barulhento / velho / difícil / complicado / chato / chata / infelizmente / cancelado
    cancelada / cancelaram / reembolso / reclamação / falha / falhas / trava / travando / pena / demora
    demorou / ninguém
-1.8: não funciona / não abre / não carrega / não consigo / não presta / não entra / parou de funcionar
    quebrado / quebrada / quebrou / decepcionado / decepcionada / decepcionante / decepção / ruim / ruins
    mau / má / sujo / suja / grosseiro / inaceitável / não recomendo / não comprem / nunca mais
    perda de tempo / nunca chegou / não responde / sem resposta / raiva / irritante / mal / fraco / fraca
    defeito / com defeito / perdi / pior que
-2.6: horrível / péssimo / péssima / terrível / lixo / golpe / ladrões / roubo / merda / odeio / odiei
    pior / porcaria / vergonha / vergonhoso / desastre / ridículo / nojento / nojo / absurdo / descaso
    enganação
""",
        negations="não nunca sem nem jamais nenhum nenhuma nada",
        stronger="muito tão demais realmente super totalmente extremamente bastante mais",
        weaker="pouco meio",
        contrasts="mas porém entretanto contudo infelizmente",
    ),
    "it": Words(
        weights="""
3: adoro / amo / eccellente / perfetto / perfetta / fantastico / fantastica / meraviglioso / meravigliosa
    stupendo / stupenda / ottimo / ottima / ottimi / straordinario / incredibile / splendido / splendida
2.2: consiglio / lo consiglio / consigliato / consigliatissimo / felice / contento / contenta
    soddisfatto / soddisfatta / migliore / migliori / gentile / gentili / gentilissimi / delizioso
    buonissimo / bellissimo / bellissima / bello / bella / piace / mi piace / piaciuto / divertente
    bravi / complimenti / cordiale / accogliente / super / top / gradevole
1.4: buono / buona / buoni / buone / bene / grazie / veloce / facile / utile / comodo / comoda / pulito
    pulita / pratico / funziona bene / interessante / efficiente / economico / carino / carina
    vale la pena / disponibile
-1: attesa / aspetto / aspettare / ritardo / problema / problemi / errore / errori / caro / cara / lento
    lenta / rumoroso / vecchio / difficile / complicato / noioso / noiosa / purtroppo / annullato
    cancellato / rimborso / reclamo / peccato / nessuno
-1.8: non funziona / non va / non si apre / ha smesso di / rotto / rotta / deluso / delusa / deludente
    delusione / cattivo / cattiva / brutto / brutta / sporco / sporca / maleducato / maleducati
    inaccettabile / non consiglio / sconsiglio / sconsigliato / mai più / perdita di tempo / mai arrivato
    nessuna risposta / fastidioso / male / scadente / difettoso / perso
-2.6: orribile / pessimo / pessima / terribile / schifo / schifoso / spazzatura / truffa / ladri / merda
    odio / peggiore / peggio / vergogna / vergognoso / disastro / ridicolo / uno schifo / indecente
""",
        negations="non mai senza né nessun nessuna niente nulla",
        stronger="molto troppo davvero così veramente super assolutamente estremamente più",
        weaker="poco abbastanza",
        contrasts="ma però tuttavia purtroppo",
    ),
    "nl": Words(
        weights="""
3: geweldig / geweldige / fantastisch / fantastische / uitstekend / uitstekende / perfect / perfecte
    prachtig / prachtige / super / schitterend / hou van / ik hou van
2.2: aanrader / een aanrader / tevreden / blij / beste / vriendelijk / vriendelijke / heerlijk / heerlijke
    lekker / lekkere / mooi / mooie / leuk / leuke / top / genieten / genoten / gelukkig / behulpzaam
    fijn / fijne / complimenten
1.4: goed / goede / bedankt / dank / snel / snelle / makkelijk / handig / handige / schoon / comfortabel
    werkt goed / interessant / gezellig / nuttig / duidelijk / prima
-1: wachten / wacht / vertraging / probleem / problemen / fout / fouten / duur / dure / traag / trage
    langzaam / lawaai / oud / moeilijk / ingewikkeld / saai / saaie / helaas / jammer / geannuleerd
    terugbetaling / klacht / niemand / te duur
-1.8: werkt niet / doet het niet / werkt niet meer / kapot / stuk / teleurgesteld / teleurstellend
    teleurstelling / slecht / slechte / vies / vieze / onbeschoft / onacceptabel / niet aan te raden
    afrader / nooit meer / tijdverspilling / nooit ontvangen / geen reactie / geen antwoord / irritant
    ergerlijk / belachelijk / kwijt / onvriendelijk
-2.6: verschrikkelijk / vreselijk / vreselijke / waardeloos / waardeloze / rotzooi / oplichting
    oplichters / klote / haat / slechtste / schande / ramp / drama / bagger / walgelijk
""",
        negations="niet geen nooit zonder nauwelijks niets",
        stronger="heel erg zeer zo echt super ontzettend enorm te",
        weaker="beetje redelijk vrij",
        contrasts="maar echter helaas hoewel",
    ),
}  # fmt: skip

# Languages without spaces between words, or with endings on every word: parts of words, the longest first.
PARTS = {
    "ko": """
2.6: 최고 / 완벽 / 사랑해 / 강추 / 대박 / 훌륭 / 감동 / 짱 / 너무 좋 / 정말 좋 / 진짜 좋
    아주 좋 / 매우 만족 / 잘 쓰고 있
1.8: 좋아 / 좋은 / 좋네 / 좋습 / 좋다 / 좋고 / 좋겠지만 / 만족 / 편리 / 편해 / 편하 / 편합 / 감사 / 고맙
    예쁘 / 예뻐 / 이쁘 / 추천 / 유용 / 재미있 / 재밌 / 맛있 / 친절 / 빠르고 / 빨라 / 빠릅 / 쉽고 / 쉬워
    간편 / 깔끔 / 굿 / 잘 되 / 잘되 / 잘 사용 / 잘 쓰 / 잘쓰 / 도움이 / 마음에 들 / 맘에 들 / 개선되
    좋아졌 / 훨씬 / 응원 / 기대
-0.8: 하지만 / 그런데 / 아쉽 / 아쉬 / 느리 / 느려 / 늦 / 복잡 / 어렵 / 어려 / 힘들 / 비싸 / 문제 / 왜
    제발 / 도대체 / 계속 / 자꾸 / 매번 / 맨날 / 개선 / 고쳐 / 수정해 / 수정 좀 / 업데이트하고
    업데이트 후 / 업데이트 하고
-2: 불편 / 안돼 / 안되 / 안 돼 / 안 되 / 안됨 / 안 됨 / 안됩 / 안열 / 안 열 / 안나 / 오류 / 에러 / 버그
    튕겨 / 튕김 / 튕기 / 먹통 / 멈춰 / 멈춤 / 멈추 / 렉 / 못 / 실패 / 짜증 / 화나 / 화가 / 실망 / 별로
    나쁘 / 나빠 / 답답 / 귀찮 / 불친절 / 불안 / 불만 / 쓸모없 / 필요없 / 의미없 / 이상해 / 이상하 / 사라졌
    없어졌 / 삭제 / 지웠 / 지우고 / 탈퇴 / 해지 / 환불 / 안 좋 / 안좋 / 좋지 않 / 좋지않 / 편하지 않
    이해가 안 / 무한 / 무한로딩 / 로딩만 / 끊겨 / 끊김 / 구려 / 구림 / 엉망 / 후지 / 안 뜨 / 안뜨 / 안 켜
    안켜 / 할 수가 없 / 할수가 없 / 할 수 없 / 할수없
-3: 최악 / 쓰레기 / 개판 / 병신 / 시발 / 씨발 / ㅅㅂ / 지랄 / 미친 / 거지같 / 그지같 / 사기 / 역겹 / 열받
    빡치 / 빡쳐 / 망했 / 형편없 / 한심 / 폐급 / 노답 / 형편 없
0: 좋겠 / 만족하지 / 감사하겠 / 추천하지 / 도움이 안 / 재미없 / 최고의 문제 / 친절하지 / 못지 / 못지않
    왜냐 / 늦게나마 / 삭제되지 / 문제없 / 문제 없 / 불편없 / 불편 없 / 불편함 없 / 불편함이 없 / 오류없
    오류 없
""",
    "ja": """
2.6: 最高 / 素晴らし / 完璧 / 大好き / 感動 / 神アプリ / とても良い / とても良かった / 大満足 / 絶品
1.8: 良い / よい / 良かった / よかった / 良く / いいね / 好き / 嬉しい / うれしい / 楽しい / 楽し / 便利
    満足 / おすすめ / オススメ / お勧め / 美味し / おいし / きれい / 綺麗 / 可愛い / かわいい / ありがとう
    感謝 / 助か / 使いやす / 快適 / 親切 / 丁寧 / 素敵 / 気に入 / 面白 / おもしろ / 早くて / 安くて / 簡単
-0.8: 遅い / 高い / 高すぎ / 残念 / 微妙
    難しい / 不明 / 困 / 面倒 / 待た / 待って / 問題 / 改善して / 直して / なぜ / うるさい / 狭い
-2: 悪い / 悪く / ダメ / だめ / 駄目 / 使えない / 使えなく / 動かない / 開けない / 開かない / 落ちる
    固まる / 壊れ / 不具合 / バグ / エラー / 不満 / 不便 / がっかり / ガッカリ / 失望 / イライラ
    いらいら / 使いにく / 使いづら / 嫌い / まずい / 不味い / 汚い / 返金 / 解約 / 退会 / 届かない
    届きません / 対応が悪 / 良くない / よくない / できない / できません / つまらな / 好きではない
    好きじゃない / おすすめできない / おすすめしない
-3: 最悪 / 最低 / ゴミ / クソ / くそ / 詐欺 / ひどい / 酷い / 二度と / 論外 / 腹が立 / ふざける / ふざけ
0: 良いと思います / 高評価 / 最高気温
""",
    "zh": """
2.6: 非常好 / 太棒 / 完美 / 最好 / 超赞 / 强烈推荐 / 爱死 / 非常满意 / 五星 / 絕讚 / 太好
1.8: 很好 / 不错 / 不錯 / 喜欢 / 喜歡 / 满意 / 滿意 / 推荐 / 推薦 / 好用 / 方便 / 好吃 / 好看 / 漂亮
    开心 / 開心 / 感谢 / 感謝 / 谢谢 / 謝謝 / 棒 / 赞 / 讚 / 值得 / 实惠 / 舒服 / 舒适 / 干净 / 乾淨
    热情 / 周到 / 优秀 / 精彩 / 快捷 / 给力 / 物美价廉 / 划算 / 很快 / 清晰 / 好评 / 满分 / 喜爱 / 热心
-0.8: 慢 / 贵 / 貴 / 问题 / 問題 / 麻烦 / 麻煩 / 一般 / 遗憾 / 可惜 / 等了 / 吵 / 旧 / 小毛病 / 难 / 就是有点
-2: 不好 / 不行 / 不能用 / 不好用 / 没用 / 沒用 / 坏了 / 壞了 / 坏的 / 闪退 / 卡顿 / 崩溃 / 打不开 / 失望
    不满 / 不滿 / 不推荐 / 不推薦 / 不喜欢 / 不喜歡 / 不值 / 难吃 / 難吃 / 难看 / 難看 / 难用 / 脏 / 臭
    退货 / 退款 / 差评 / 态度差 / 很差 / 太差 / 质量差 / 差劲 / 无语 / 生气 / 投诉 / 后悔 / 上当 / 欺骗
    假货 / 掉漆 / 异味 / 没有回复 / 不理 / 不方便 / 不满意 / 不滿意 / 不舒服 / 不干净 / 浪费 / 死机
    不值得
-3: 垃圾 / 骗子 / 騙子 / 诈骗 / 极差 / 恶心 / 噁心 / 糟糕 / 糟透 / 最差 / 烂 / 爛 / 坑人 / 太坑 / 滚
0: 没问题 / 沒問題 / 没有问题 / 一般般的好 / 难得 / 差不多
""",
}
