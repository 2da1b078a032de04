"""The phrases of Polish, Russian and Ukrainian."""

from portal.listening.signals.phrases.shapes import CREATION, QUESTION, SUGGESTION

PL = {
    QUESTION: """
        ? / czy ktoś / ktoś wie / ktoś zna / ktoś ma / ktoś może / wie ktoś / ma ktoś / czy jest możliw
        czy można / czy da się / jak mogę / jak można / jak to / czy jest / czy są / zastanawiam się / czy macie
        czy mogę / nie wiem jak / . jak / . dlaczego / . czemu / . gdzie / . kiedy / . który / . która / . które
        . ile / . kto / . co / . czy
        NOT . jak zawsze / . jak zwykle / . kiedy się / . co za / . jak na / . jak dla
    """,
    SUGGESTION: """
        byłoby fajnie / byłoby miło / byłoby dobrze / byłoby super / byłoby lepiej / byłoby świetnie
        fajnie by było / fajnie byłoby / dobrze by było / przydałoby się / przydałaby się / przydałby się
        chciałbym / chciałabym / chcielibyśmy / powinno / powinna / powinien / powinny / powinniście / mogłoby
        mogliby / moglibyście / proszę dodać / proszę o dodanie / dodajcie / poprawcie / zróbcie / brakuje mi
        brakuje opcji / sugeruję / sugestia / proponuję / propozycja / moja rada / radzę / warto dodać
        lepiej by / szkoda że nie ma / gdyby można / możliwość / dlaczego nie / czemu nie
        NOT chciałbym wiedzieć / chciałabym wiedzieć / chciałbym zapytać / chciałabym zapytać
    """,
    CREATION: """
        sam zrobiłem / sama zrobiłam / zrobiłem własny / zrobiłam własny / zbudowałem / zbudowałam / napisałem
        napisałam / namalowałem / namalowałam / zaprojektowałem / zaprojektowałam / mój nowy film / mój film
        mój blog / moja recenzja / mój projekt / mój podcast / własnej roboty
    """,
}
RU = {
    QUESTION: """
        ? / кто нибудь знает / кто нибудь / кто знает / кто то знает / подскажите / подскажи / не подскажете
        есть ли / можно ли / как можно / возможно ли / как мне / как сделать / интересно узнать
        хотел бы узнать / хотела бы узнать / хотелось бы узнать / не знаю как / не могу понять
        скажите пожалуйста / посоветуйте / . как / . почему / . зачем / . где / . когда / . какой / . какая
        . какие / . сколько / . кто / . что делать / . есть / . у кого
        NOT . как всегда / . когда я / . как обычно / . как то / . как и
    """,
    SUGGESTION: """
        было бы хорошо / было бы здорово / было бы неплохо / было бы круто / было бы удобно / было бы классно
        было бы лучше / было бы отлично / хорошо бы / неплохо бы / лучше бы / хотелось бы / хочется чтобы
        хотел бы / хотела бы / добавьте / сделайте / верните / исправьте / уберите / улучшите / доработайте
        пожалуйста добавьте / прошу добавить / следует / стоит добавить / нужно добавить / надо добавить
        надо бы / нужно бы / не хватает / предлагаю / предложение / советую / мой совет / рекомендую взять
        рекомендую брать / возможность / почему бы / могли бы / должна быть / должен быть / должны быть
        NOT хотел бы узнать / хотела бы узнать / хотелось бы узнать / советую всем
    """,
    CREATION: """
        я сделал / я сделала / сделал сам / сделала сама / своими руками / я построил / я построила / я написал
        я написала / я нарисовал / я нарисовала / мое видео / мое новое видео / моя статья / мой обзор
        мой проект / мой канал / мой блог / мой подкаст
        NOT я сделал заказ / я сделала заказ / я написал в поддержку / я написала в поддержку
    """,
}
UK = {
    QUESTION: """
        ? / хто небудь знає / хто знає / хтось знає / підкажіть / чи є / чи можна / чи можливо / як можна
        як мені / не знаю як / порадьте / скажіть будь ласка / . як / . чому / . де / . коли / . який / . яка
        . які / . скільки / . хто / . чи
        NOT . як завжди / . коли я / . як зазвичай
    """,
    SUGGESTION: """
        було б добре / було б чудово / було б круто / було б зручно / було б класно / було б краще / хотілося б
        хотів би / хотіла б / додайте / зробіть / поверніть / виправте / приберіть / покращіть / прошу додати
        не вистачає / бракує / пропоную / пропозиція / раджу / моя порада / можливість / чому б / могли б / слід
        варто додати / повинна бути / повинен бути
    """,
}
