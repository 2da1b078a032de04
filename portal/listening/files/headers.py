"""What columns are called where people do not write English, folded as names are compared."""

from collections.abc import Mapping

ELSEWHERE: Mapping[str, tuple[str, ...]] = {
    "created_at": (
        "datum", "erstellt", "erstellt_am", "veroffentlicht", "veroffentlicht_am", "zeitpunkt", "zeitstempel",
        "date_de_publication", "date_de_creation", "date_et_heure", "publie_le", "cree_le", "fecha",
        "fecha_de_publicacion", "fecha_de_creacion", "publicado", "data_di_pubblicazione", "data_de_publicacao",
        "gepubliceerd_op", "дата", "日期", "发布时间", "日付", "投稿日時", "날짜", "작성일", "data",
    ),
    "text": (
        "inhalt", "nachricht", "beitrag", "kommentar", "texte", "contenu", "commentaire", "texto", "contenido",
        "comentario", "mensaje", "testo", "contenuto", "commento", "conteudo", "mensagem", "tekst", "bericht",
        "текст", "内容", "正文", "本文", "내용",
    ),
    "title": (
        "titel", "betreff", "uberschrift", "titre", "sujet", "titulo", "asunto", "titolo", "oggetto", "assunto",
        "onderwerp", "заголовок", "标题", "タイトル", "제목",
    ),
    "author_handle": (
        "autor", "verfasser", "benutzername", "nutzername", "benutzer", "auteur", "nom_d_utilisateur", "utilisateur",
        "nombre_de_usuario", "usuario", "autore", "nome_utente", "utente", "nome_de_usuario", "gebruikersnaam",
        "автор", "作者", "ユーザー名", "投稿者", "작성자",
    ),
    "author_followers": (
        "follower", "abonnes", "nombre_d_abonnes", "seguidores", "volgers", "подписчики", "粉丝数", "フォロワー",
        "팔로워",
    ),
    "url": ("lien", "adresse", "enlace", "collegamento", "ligacao", "koppeling", "ссылка", "链接", "リンク", "링크"),
    "lang": ("sprache", "langue", "idioma", "lingua", "taal", "язык", "语言", "言語", "언어"),
    "likes": ("gefallt_mir", "j_aime", "me_gusta", "mi_piace", "curtidas", "点赞数", "いいね", "좋아요"),
    "rating": (
        "bewertung", "sterne", "note", "etoiles", "puntuacion", "calificacion", "estrellas", "valutazione", "stelle",
        "avaliacao", "beoordeling", "оценка", "评分", "評価", "평점",
    ),
    "channel": (
        "network", "social_network", "platform", "netzwerk", "soziales_netzwerk", "plattform", "kanal", "reseau",
        "reseau_social", "plateforme", "red_social", "plataforma", "rete", "piattaforma", "rede_social", "canal",
    ),
}  # fmt: skip
