"""What the invented people say; `{lamp}` and the like are filled in."""

LAMPS = ("Alba", "Nido", "Fjara", "Alba Mini", "Nido Wide")

# For each craft: things made, then advice given to others.
MADE = {
    "weaving": (
        "Finished the linen shade for my {lamp} tonight. Forty hours, two restarts, and the light it throws on the wall is worth every knot.",
        "I made a {lamp} shade from thread my grandmother left me. Lumen & Loom publishes the frame drawing, so I could plan the warp on paper first.",
        "New build: a {lamp} in undyed wool, open weave at the bottom so that the table gets the light and the room gets the glow.",
        "Wove the third shade for the {lamp} in our kitchen. The frame takes a new one in two minutes.",
    ),
    "printing": (
        "Printed a {lamp} shade in one piece, 31 layers an inch. Files are in the link; the Lumen & Loom drawing made the clips easy.",
        "My review of printing for the {lamp}: the published tolerances are honest. First fit, no sanding.",
        "I built a spiral shade for the {lamp}. Layer lines become the pattern when the light is on.",
        "Made a set of six shades for the {lamp} for the school fair. Sold out before the coffee did.",
    ),
    "folding": (
        "One sheet of washi, 412 folds, no glue: my {lamp} shade is done and it glows like paper should.",
        "Made a collapsible {lamp} shade that ships in an envelope. The Lumen & Loom ring holds it without a screw.",
        "I folded a twist pattern for the {lamp}. The shadow turns as you walk past it.",
        "Recorded the whole fold for the {lamp} in real time, every crease of it.",
    ),
    "repairing": (
        "Brought a {lamp} from 2019 back to life today. The switch is a standard part, every part opens by hand. More of this please.",
        "Tightened the joint of a {lamp} with a 20 cent washer. Photos and part number in the post.",
        "Built a stand for the {lamp} from a bicycle fork. Now it lights the hall.",
    ),
    "felting": (
        "Made a wet-felted shade for the {lamp}. Wool dims the light just enough to fall asleep by.",
        "My felted {lamp} survived a week of rain on the balcony. I made the rim double.",
        "Finished a {lamp} shade in grey felt with cut-out swallows. They fly when the heating comes on.",
    ),
    "electronics": (
        "I built a sunrise dimmer into the base of the {lamp}. Schematic and code in the video, the ground stays where Lumen & Loom put it.",
        "Wired a motion sensor to the {lamp} in the stairwell. Total cost four euros.",
        "Measured the {lamp} driver for flicker: none that my scope can see. Made a small video of the setup.",
    ),
    "teaching": (
        "Twelve people made their first {lamp} shade at our evening. We stayed until ten.",
        "I wrote a tutorial for beginners: a {lamp} shade in one afternoon with paper and a ruler.",
        "Our class made shades for the {lamp} from old maps. My favourite is Lisbon.",
    ),
    "veneer": (
        "Cut birch veneer to 0.4 mm for the {lamp}. The grain looks like rain when it is lit.",
        "Made a bent veneer shade for the {lamp} with a steam box built from a kettle.",
        "Finished a walnut {lamp}. I filmed the gluing, since everyone asks.",
    ),
    "knitting": (
        "Cast off the last row of my {lamp} shade on the train. The pattern is free, link below.",
        "I knitted a lace shade for the {lamp}; the shadows are better than the shade.",
        "Made a summer shade for the {lamp} in cotton mesh. It comes off and goes in the wash.",
    ),
}

ADVICE = (
    "I would start with the paper template from the Lumen & Loom site. Print at 100 percent and check the ruler on the edge.",
    "Yes, the {lamp} ring is the same since 2020, so old shades fit. Measure the clip, not the rim.",
    "Try a warm 2700 K bulb first. Most shades that look dull are just lit too cold.",
    "You can order the ring alone, they sent me one within a week. Write to them, a person answers.",
    "Leave 8 mm at the top for the heat to get out, then felt is perfectly safe on the {lamp}.",
    "The {lamp} clips open with a coin. No need to force them, I broke one so that you do not have to.",
)

PRAISE = (
    "Six years with my {lamp} from Lumen & Loom and I still look up when it comes on. Love it.",
    "Lumen & Loom sent the drawing of the {lamp} ring within a day. What a lovely company.",
    "Honestly the best light I ever bought. The {lamp} makes our kitchen feel like evening.",
    "People keep asking where the {lamp} is from. Happy to say: Lumen & Loom, and the shade is mine.",
)

SUGGESTIONS = (
    "It would be great if Lumen & Loom sold the {lamp} ring with a longer cable.",
    "I wish the {lamp} came with the shade drawing in the box instead of a link.",
    "Lumen & Loom should offer spare clips for the {lamp}. I would buy a bag of them.",
    "Could you please add a dimmer to the {lamp}? I would not mind paying for it.",
)

GRUMBLES = (
    "The cable of the {lamp} is too short for any room with a door in it. Third time I say so.",
    "Two of the eight clips of my {lamp} broke in the cold. The drawing says they bend; they do not.",
    "The {lamp} drawing on the site is a version behind again. I printed eleven hours for nothing.",
)

PASSING = (
    "Saw a {lamp} by Lumen & Loom in a café today and want one.",
    "Anyone know whether the Lumen & Loom {lamp} fits an E14 bulb?",
    "Our new {lamp} arrived. Smaller than I thought but the light is lovely.",
    "Lumen & Loom {lamp} or something cheaper? Which one would you buy?",
    "Returned my {lamp}, it buzzed. They were nice about it at least.",
    "Gave my sister a {lamp} from Lumen & Loom for the new flat. She cried a little.",
    "Is there a Lumen & Loom shop in Lyon? I only find the website.",
    "The {lamp} box was damaged in the post, lamp was fine. Good packaging, Lumen & Loom.",
    "Does anyone recommend the {lamp} for reading in bed?",
    "That Lumen & Loom {lamp} in the film last night! Did anyone else see it?",
)

# What people add to it; no two days sound alike.
ENDINGS = (
    "Took me {days} evenings.",
    "The cat approves, the neighbours are next.",
    "Next time I would start from the bottom.",
    "Photos as soon as it is dark enough.",
    "{days} evenings in and I would do it once more.",
    "The first one went to my mother, this one stays.",
    "Ask me anything, I kept the numbers.",
    "My hands remember it.",
    "I used a {watt} watt bulb for the picture.",
    "Version {days}, and finally straight.",
    "Somebody stop me before I make one for the garden.",
    "It cost me {watt} euros and one Sunday.",
    "Thanks to everyone who answered my questions last week.",
    "The pattern repeats every {days} rows.",
    "Now it hangs in the window and people wave.",
    "Drawing number {watt} on my wall by now.",
    "I timed it: {days} minutes from box to light.",
    "Look closely at row {watt}.",
)

VIDEO_TITLES = (
    "Building a shade for the {lamp}, start to finish",
    "{lamp}: five shades in one weekend",
    "What I would do differently on my first {lamp} shade",
)
ARTICLE_TITLES = (
    "A {lamp} shade in one afternoon",
    "What the {lamp} taught me about light",
    "An evening with twelve lamps and no glue",
)
