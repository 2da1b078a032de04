"""The invented people: staff, makers with a craft of their own, and passers-by."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Maker:
    """Someone who makes things around the brand.

    Attributes:
        pace: mentions a month, about.
        warmth: 0 for a critic who cares, 1 for love.
        member_number: the order in which they joined; 0 for those not (yet) in the community.
        quiet_for: days since they fell silent, after a year of speaking.
    """

    name: str
    handle: str
    channel: str
    craft: str
    pace: float
    warmth: float
    followers: int
    member_number: int = 0
    about: str = ""
    quiet_for: int = 0


STAFF = (
    ("Sam Okafor", "sam@lumenloom.example.com", "manager"),
    ("Rosa Pereira", "rosa@lumenloom.example.com", "responder"),
    ("Jonas Weber", "jonas@lumenloom.example.com", "responder"),
    ("Ada Novak", "ada@lumenloom.example.com", "admin"),
)

MAKERS = (
    Maker("Maya Lindqvist", "mayaweaves", "mastodon", "weaving", 6.0, 1.0, 2140, 1, "Weaves shades from linen thread; films the first ten minutes of every one."),
    Maker("Tomasz Baran", "tomek_prints", "youtube", "printing", 4.0, 0.9, 18400, 2, "Prints shades on a machine older than his daughter."),
    Maker("Aiko Mori", "aiko.folds", "instagram", "folding", 5.0, 1.0, 9300, 3, "Folds washi, one sheet, no glue."),
    Maker("Omar Haddad", "omar_repairs", "reddit", "repairing", 5.0, 0.7, 310, 4, "Opens lamps that others throw away."),
    Maker("Lena Fischer", "lenafilzt", "instagram", "felting", 3.5, 0.95, 5200, 5, "Felt, wool and too much soap."),
    Maker("Ikenna Obi", "ikennabuilds", "youtube", "electronics", 3.0, 0.8, 41000, 6, "Dimmers, sensors and the odd blown fuse."),
    Maker("Sofia Almeida", "sofia_teaches", "blog", "teaching", 2.5, 1.0, 800, 7, "Runs a weaving evening at the town library."),
    Maker("Henrik Dahl", "hdahl", "mastodon", "veneer", 3.0, 0.85, 640, 8, "Birch veneer, cut thin enough to read through."),
    Maker("Priya Raman", "priya.makes", "instagram", "knitting", 3.0, 0.9, 7700, 9, "Knits shades on trains."),
    Maker("Callum Reid", "callumreid", "reddit", "printing", 3.5, 0.35, 120, 10, "Measures everything twice and says so."),
    Maker("Yara Costa", "yaracosta", "bluesky", "weaving", 3.0, 0.95, 1500, 11, "Palm fibre and recycled sari silk."),
    Maker("Matteo Ricci", "matteolegno", "youtube", "veneer", 2.0, 0.9, 12600, 12, "Wood, light, and a workshop the size of a lift."),
    Maker("Noor van Dijk", "noorvd", "mastodon", "folding", 2.5, 0.9, 950, 13, "Paper engineer by day, lamp folder by night."),
    Maker("Esther Kimani", "estherk", "bluesky", "teaching", 2.5, 1.0, 2300, 14, "Teaches twelve-year-olds to solder safely."),
    Maker("Pavel Horák", "pavelh", "forum", "electronics", 4.0, 0.6, 0, 15, "Keeps the wiring thread of the forum alive."),
    Maker("Ingrid Solberg", "ingridspinner", "mastodon", "weaving", 2.0, 0.95, 410, 16, "Spins the thread before she weaves it."),
    Maker("Diego Fuentes", "diegofuentes", "instagram", "felting", 2.0, 0.9, 3100, 17, "Felts lantern shades that survive the rain."),
    Maker("Ruth Abebe", "ruthabebe", "bluesky", "knitting", 2.0, 0.85, 1900, 18, "Writes patterns you can follow without a degree."),
    Maker("Bastien Morel", "bmorel", "blog", "repairing", 1.5, 0.55, 260, 0),
    Maker("Hana Suzuki", "hana_light", "youtube", "folding", 3.0, 0.95, 26000, 0),
    Maker("Kofi Mensah", "kofimensah", "bluesky", "printing", 3.0, 0.9, 1200, 0),
    Maker("Greta Holm", "gretaholm", "instagram", "weaving", 4.5, 0.95, 6400, 0),
    Maker("Anil Deshpande", "anil_d", "forum", "electronics", 3.5, 0.8, 0, 0),
    Maker("Chiara Bruno", "chiarab", "mastodon", "felting", 2.5, 0.9, 720, 0),
    Maker("Wen Li", "wenlifolds", "youtube", "folding", 2.0, 0.9, 8800, 0),
    Maker("Jude Carter", "judecarter", "reddit", "repairing", 4.0, 0.0, 90, 0),
    Maker("Marta Kowalska", "martak", "blog", "knitting", 1.5, 0.95, 540, 0),
    Maker("Silas Brandt", "silasbrandt", "mastodon", "veneer", 4.0, 0.75, 330, 0, quiet_for=48),
    Maker("Leila Farah", "leilafarah", "bluesky", "teaching", 2.0, 1.0, 1700, 0),
    Maker("Oskar Nyberg", "onyberg", "forum", "printing", 2.5, 0.7, 0, 0),
)  # fmt: skip

# Second accounts of people above; the portal should notice by itself.
ALSO = (Maker("Leila Farah", "leilafarah", "mastodon", "teaching", 1.0, 1.0, 380, 0),)

FIRST_NAMES = [
    "Ana",
    "Ben",
    "Cleo",
    "Dara",
    "Eli",
    "Fay",
    "Gus",
    "Hedda",
    "Ivo",
    "Juno",
    "Kai",
    "Lior",
    "Mina",
    "Nils",
    "Orla",
    "Per",
    "Quinn",
    "Rafa",
    "Sana",
    "Theo",
    "Uma",
    "Vera",
    "Will",
    "Xenia",
    "Yusuf",
    "Zoe",
    "Arno",
    "Bea",
    "Cyril",
    "Dina",
    "Emre",
    "Flora",
]
LAST_NAMES = [
    "Adler",
    "Berg",
    "Castro",
    "Dietz",
    "Ekman",
    "Flores",
    "Gruber",
    "Hale",
    "Ivanov",
    "Jansen",
    "Keller",
    "Lund",
    "Moreau",
    "Nowak",
    "Olsen",
    "Petit",
    "Quist",
    "Rossi",
    "Silva",
    "Tan",
    "Urban",
    "Vogel",
    "West",
    "Young",
    "Zeller",
    "Ashby",
    "Brandao",
    "Cole",
]


def member_address(maker: Maker) -> str:
    """Where an invented member gets their mail; example.org belongs to nobody."""
    return f"{maker.handle.replace('.', '-').replace('_', '-')}@example.org"
