"""Invented suggestions and the answers they got: some a yes, some a no with its reason, some still waiting."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One progress entry of an action: days before today, stage, words, proof; files by name and what is in them."""

    days_ago: float
    stage: str
    words: str
    proof: str = ""
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Doing:
    """One action of the company with its progress, oldest first."""

    key: str
    title: str
    owner: str
    steps: tuple[Step, ...]
    due_in_days: int | None = None


@dataclass(frozen=True)
class Answer:
    """One answer: kind, who, hours after the suggestion, words, the action it points to, and the words in German.

    Attributes:
        reply: what the author says to it, three hours later.
    """

    kind: str
    by: str
    after_hours: float
    words: str = ""
    action: str | None = None
    german: str = ""
    reply: str = ""


@dataclass(frozen=True)
class Suggestion:
    """One suggestion with its answers, oldest first."""

    title: str
    body: str
    by: str
    days_ago: float
    votes: int
    answers: tuple[Answer, ...] = ()


DOINGS = (
    Doing("cable", "A three-metre cable for every lamp", "Rosa", (
        Step(300, "planned", "Asked the cable maker for samples in three lengths."),
        Step(240, "under-way", "Samples passed the pull test. Tooling ordered."),
        Step(170, "done", "On sale as a spare part, and in every new box from this week.", "https://lumenloom.example.com/parts/cable-3m"),
    )),
    Doing("drawings", "Drawings with a version number and a change list", "Jonas", (
        Step(210, "planned", "Every drawing gets a number on the sheet and in the file name."),
        Step(190, "done", "All 34 drawings are out with a change list from 2019 on.", "https://lumenloom.example.com/drawings/changes"),
    )),
    Doing("clips", "Clips that bend in the cold", "Jonas", (
        Step(150, "planned", "Cold test at minus 20 °C with three materials."),
        Step(120, "under-way", "The second material bends 400 times and does not break. Mould is being changed."),
        Step(34, "under-way", "First 2,000 clips are here. Eight members have a bag for testing.", "https://lumenloom.example.com/lab/clips", (
            ("clips-in-the-cold.webp", "printing"),
            ("cold-test.csv", "material;bends at -20 °C\nPLA;31\nPETG;402\nPC;377\n"),
        )),
    ), 25),
    Doing("evenings", "A box for weaving evenings", "Sam", (
        Step(140, "planned", "Twelve frames, thread and a printed guide, to borrow for the price of the post."),
        Step(96, "under-way", "Two boxes are on the road, in Porto and Malmö."),
        Step(40, "done", "Six boxes can be booked on the site.", "https://lumenloom.example.com/evenings"),
    )),
    Doing("dimmer", "A dimmer that is part of the Alba", "Rosa", (
        Step(110, "planned", "Ikenna's schematic is on the bench. We look for a part that survives our heat test."),
        Step(52, "under-way", "Prototype three has been running for 900 hours.", "https://jira.lumenloom.example.com/browse/LAMP-118"),
    ), 60),
    Doing("repair", "Opening guides for every lamp since 2016", "Jonas", (
        Step(88, "under-way", "Alba and Nido are photographed, Fjara is next."),
        Step(21, "under-way", "Fjara is done as well; the switch now has a part number you can order."),
    ), 30),
    Doing("packaging", "Boxes without foam", "Rosa", (
        Step(260, "planned", "Trial with folded card from the box maker in Leiria."),
        Step(200, "done", "The last foam left the house in spring.", "https://lumenloom.example.com/journal/no-foam"),
    )),
    Doing("wall", "A wall arm for the Nido", "Rosa", (
        Step(180, "planned", "Drawn and quoted."),
        Step(75, "dropped", "The arm needs a wall plate that renters cannot fix, and that was the whole idea. We stop here and give the drawing away instead."),
    )),
)  # fmt: skip

SUGGESTIONS = (
    Suggestion("A longer cable, please", "Every room I know has a door between the socket and the chair. **Three metres** would do it.", "Omar", 322, 15, (
        Answer("acknowledgement", "Rosa", 3, "You are right, and you are not the first. I am asking the cable maker today."),
        Answer("action", "Rosa", 60, "We make a three-metre cable. You will be able to buy it as a part, and it will be in new boxes.", "cable"))),
    Suggestion("Put a version number on the drawings", "I printed eleven hours from a drawing that had been replaced. A number on the sheet would have saved the spool.", "Callum", 218, 11, (
        Answer("acknowledgement", "Jonas", 2, "That should not have happened, and I am sorry about the spool. I will find out how the old file stayed up."),
        Answer("action", "Jonas", 28, "All drawings get a version number and a list of changes. I send you a new spool as well.", "drawings"))),
    Suggestion("Clips for cold places", "Two of eight clips broke at minus five. The Fjara is an outdoor lamp, so its clips should be outdoor clips.", "Diego", 158, 14, (
        Answer("acknowledgement", "Jonas", 5, "Thank you for the photos of the break. I put the same clips into our freezer tonight."),
        Answer("action", "Jonas", 96, "They break for us too. We test three materials until one survives.", "clips"))),
    Suggestion("Sell the clips alone", "One lost clip means a whole new ring today.", "Callum", 149, 6, (
        Answer("acknowledgement", "Jonas", 4, "Fair. Let me see what a bag of clips would cost us to pack."),
        Answer("action", "Jonas", 120, "Once the new clips are through their test they come in bags of ten.", "clips"))),
    Suggestion("A lending box for weaving evenings", "I carry twelve frames to the library on a bicycle. If you lent a box with frames and thread, every library could do this.", "Sofia", 146, 17, (
        Answer("acknowledgement", "Sam", 1, "I love this. Give me until Friday to find the frames."),
        Answer("action", "Sam", 52, "We pack a box that people can borrow. You get the first one, if you tell us what is missing in it.", "evenings"))),
    Suggestion("A dimmer in the base of the Alba", "My video on the sunrise dimmer has 200 comments and most of them say: why is this not in the lamp?", "Ikenna", 116, 16, (
        Answer("acknowledgement", "Rosa", 6, "I watched it twice. May we use your schematic as a starting point, with your name on it?"),
        Answer("action", "Rosa", 70, "We build one, starting from yours. It has to survive our heat test first.", "dimmer"))),
    Suggestion("Show how to open each lamp", "I open these for a living. A page with the screws and the part numbers would keep hundreds of lamps alive.", "Omar", 92, 12, (
        Answer("acknowledgement", "Jonas", 3, "Yes. I will take the camera to the bench this week."),
        Answer("action", "Jonas", 30, "Opening guides for every lamp since 2016, one after the other.", "repair"))),
    Suggestion("No more foam in the box", "The lamp is beautiful and then I hold a handful of foam that will outlive me.", "Ingrid", 268, 13, (
        Answer("acknowledgement", "Rosa", 7, "It bothers us too. We have a card maker nearby; I will ask for a trial."),
        Answer("action", "Rosa", 80, "We try folded card instead, and tell you how many lamps arrive in one piece.", "packaging"))),
    Suggestion("A wall arm for the Nido", "A short arm for rented flats where nobody may drill into the ceiling.", "Noor", 186, 9, (
        Answer("acknowledgement", "Rosa", 2, "Nice. I draw one tomorrow and see what it weighs."),
        Answer("action", "Rosa", 70, "Drawn and quoted, so we go on.", "wall"))),
    Suggestion("A shade in outdoor resin", "Resin instead of felt for the Fjara, so that it can stay out all winter.", "Diego", 133, 7, (
        Answer("acknowledgement", "Jonas", 4, "I poured one this morning; it is in the freezer now."),
        Answer("explanation", "Jonas", 160, "We will not do this. The resin cracked in the third night of frost, and a cracked shade lets water reach the socket. Felt with a double rim, the way you make it, stays our advice for winter."))),
    Suggestion("Coloured cables", "Red, at least. The cable is half of what I see.", "Yara", 204, 8, (
        Answer("acknowledgement", "Rosa", 8, "Red is also my favourite. I ask what the smallest batch is."),
        Answer("explanation", "Rosa", 90, "Not this year. The smallest batch is 5,000 metres a colour, and we sell about 900 lamps with a cable that anyone could swap. If we reach 40 people who would buy one, we ask again, and your voice is counted already."))),
    Suggestion("A smart bulb with an app", "Everyone has one now.", "Henrik", 175, 1, (
        Answer("acknowledgement", "Sam", 5, "Thank you for asking. I bring it to the next product table."),
        Answer("explanation", "Sam", 74, "We will not make an app. It would be the first part of the lamp that stops working when we do. The Alba takes any bulb you like, clever ones included."))),
    Suggestion("Print the drawing in the box", "A link is gone in five years. Paper is not.", "Henrik", 98, 10, (
        Answer("acknowledgement", "Jonas", 3, "True. I look at what the printer can fold into the box."),
        Answer("explanation", "Jonas", 66, "We tried it and decided against it: the drawing is 84 cm wide and changes twice a year, so every second box would hold an old one. We keep all versions online for good, and you may ask us for a print by post at any time, free."))),
    Suggestion("Name the people behind patterns", "Ruth's lace pattern is in your catalogue without her name.", "Priya", 61, 12, (
        Answer("acknowledgement", "Sam", 1, "That is our mistake. I am calling Ruth now."),
        Answer("explanation", "Sam", 26, "It was left out in the layout and nobody noticed. The page is corrected, Ruth has been paid for the printed run, and no pattern goes to print any more without its maker's signature.", german="Der Name ging im Satz verloren, und niemand hat es bemerkt. Die Seite ist berichtigt, Ruth ist für die gedruckte Auflage bezahlt, und kein Muster geht mehr ohne die Unterschrift der Person, die es gemacht hat, in den Druck."))),
    Suggestion("A glow that does not wake the baby", "Below one per cent, warm, and silent. I sit there four times a night.", "Priya", 41, 8, (
        Answer("acknowledgement", "Rosa", 4, "We have been there. I add it to what the dimmer must do."),
        Answer("question", "Rosa", 20, "What wakes her: the light itself, or that it comes on all at once?", reply="The jump. From dark to one per cent she startles; when my thumb covers the bulb and slides off, she sleeps on."),
        Answer("action", "Rosa", 100, "The dimmer goes down to half a per cent. Your night light is now part of its test.", "dimmer"))),
    Suggestion("Frames for small hands", "The frame is too wide for children under ten. Two thirds of the size would do.", "Esther", 47, 9, (
        Answer("acknowledgement", "Sam", 2, "I have a nine-year-old tester at home. We try a cut-down frame on Sunday."),
        Answer("question", "Sam", 50, "It works. How many would your school need for one class, and do two children share one?"))),
    Suggestion("Spare switch in black", "The white one is the only white thing on a black lamp.", "Tomasz", 28, 5, (
        Answer("acknowledgement", "Jonas", 6, "Noted, and a good eye. I ask our supplier this week."),)),
    Suggestion("Show the weight limit of the ring", "My veneer shade weighs 600 g. Is that fine? I do not know and I could not find it.", "Matteo", 17, 4, (
        Answer("acknowledgement", "Jonas", 2, "I hang a bucket on it today and add water. You will have a number."),
        Answer("explanation", "Jonas", 27, "The ring holds 4.1 kg before it bends; we say 1.2 kg to be safe, and that number is now on the page of every lamp. Your shade is fine."))),
    Suggestion("A meeting of all makers", "One weekend, one big table, your workshop. I would bring soap and wool.", "Lena", 24, 18, (
        Answer("acknowledgement", "Sam", 3, "There is a table for 30 in the workshop. I am looking for a weekend when the press is quiet."),)),
    Suggestion("Let me order thread by weight", "The cones are 500 g. I need 120.", "Maya", 12, 7, (
        Answer("acknowledgement", "Rosa", 4, "That makes sense for shades. I look at how we could wind smaller cones."),
        Answer("question", "Rosa", 30, "Would 100 g and 250 g do, or do you need it by the gram?"))),
    Suggestion("Say which bulb a shade was photographed with", "Shades look dull at home because the photo was lit with another bulb.", "Aiko", 9, 6, (
        Answer("acknowledgement", "Sam", 5, "Yes. I have the list from the photographer already."),)),
    Suggestion("A pattern library with a search", "There are 300 patterns in the forum and no way to find the one for a Nido Wide.", "Ruth", 6, 9, (
        Answer("acknowledgement", "Sam", 4, "I read it this morning. Let me talk to the people who run the forum."),)),
    Suggestion("Tell us the flicker numbers", "Print the percentage at 100 Hz on the box. You have nothing to hide.", "Pavel", 19, 6),
    Suggestion("Heat-safe thread list", "Which threads are tested near the bulb? Cotton and wool I know. What about hemp and sari silk?", "Yara", 1.1, 3),
    Suggestion("A quieter click", "The switch is loud in a quiet room.", "Noor", 0.3, 1),
)  # fmt: skip
