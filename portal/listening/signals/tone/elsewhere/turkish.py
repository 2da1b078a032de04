"""Praise and blame in Turkish, where endings say "not": each such form stands for itself."""

from portal.listening.signals.tone.elsewhere.shapes import Words

TR = Words(
    weights="""
3: mükemmel- / harika- / muhteşem- / bayıldım / bayılıyorum / bayıldık / kusursuz- / olağanüstü- / şahane- / efsane-
    çok iyi / çok güzel / beş yıldız / 5 yıldız / müthiş- / inanılmaz- / enfes- / on numara / 10 numara / aşık oldum
2.2: tavsiye ederim / tavsiye ediyorum / öneririm / öneriyorum / kesinlikle tavsiye / memnun- / memnun kaldım
    memnunum / beğendim / beğendik / beğeni- / sevdim / seviyorum / severim / güzel- / mutlu- / lezzetli- / nefis-
    kibar- / nazik- / güler yüzlü / güleryüzlü- / yardımsever- / keyifli- / eğlenceli- / süper / şık- / tatlı-
    tebrik- / teşekkür ederim / teşekkürler / çok teşekkür / emeğinize sağlık / elinize sağlık / başarılı-
    profesyonel- / kaliteli- / sorunsuz- / hoş / hoşuma gitti / ilgili ve / ilgililer / dört yıldız
1.4: iyi / iyiydi / iyidir / teşekkür- / sağol- / hızlı- / kolay- / rahat- / kullanışlı- / pratik- / temiz-
    faydalı- / yararlı- / ucuz- / çalışıyor / güvenilir- / sağlam- / ilginç- / fena değil / anlatıldığı gibi
    göründüğü gibi / beklediğim gibi / işe yarıyor / daha iyi / taze- / zamanında / düzgün-
-1: bekle- / bekliyorum / gecik- / geç / sorun- / problem- / hata- / pahalı- / yavaş- / gürültü- / eski- / zor
    zorluk / karmaşık- / sıkıcı- / maalesef / ne yazık / yazık / iptal- / iade- / şikayet- / eksik- / kimse
    donuyor / kasıyor / çöküyor / reklam- / hala gelmedi / hâlâ / ortalama / vasat- / soğuk / sildim / siliyorum
    küçük geldi / büyük geldi
-1.8: çalışmıyor- / çalışmadı / çalışmaz / açılmıyor- / yüklenmiyor- / girmiyor / giremiyorum / olmuyor- / olmadı
    bozuk- / bozuldu / kırık / kırıldı / hasarlı- / kötü- / pis- / kirli- / kaba- / saygısız- / ilgisiz-
    bir daha asla / bir daha almam / bir daha gelmem / asla / tavsiye etmem / tavsiye etmiyorum / önermem
    önermiyorum / beğenmedim / beğenmedik / sevmedim / memnun değilim / memnun kalmadım / zaman kaybı / para kaybı
    boşa para / paranıza yazık / paraya yazık / gelmedi / ulaşmadı / cevap yok / dönüş yok / sinir- / rahatsız-
    kızgın- / kalitesiz- / kusurlu- / almayın / uzak durun / aldatma- / kandır- / sahte- / kazık- / değmez
    yetersiz- / başarısız- / iki yıldız / mağdur-
-2.6: berbat- / rezalet- / rezil- / korkunç- / felaket- / iğrenç- / dolandırıcı- / dolandır- / hırsız- / nefret-
    bok / çöp / utanç- / skandal- / saçma- / saçmalık / lanet- / sıfır yıldız / bir yıldız / 1 yıldız / fiyasko
    facia
0: iyi günler / iyi akşamlar / iyi geceler / iyi çalışmalar / şimdiden teşekkürler / güzel soru / geç saat
    geç kalma / eskiden / eskiden beri / pişman değilim / sorun yok / sorunum yok / hiç sorun / problem yok
""",
    negations="değil yok hiç asla ne",
    stronger="çok gerçekten aşırı en fazla son derece kesinlikle oldukça inanılmaz",
    weaker="biraz kısmen",
    contrasts="ama fakat ancak lakin maalesef",
    unreal="olsa olsaydı keşke umarım",
    late="iyi güzel memnun kolay hızlı temiz kaliteli",
)
