"""English words and phrases of praise and blame, weighed by hand from -4 to 4, beside VADER's own lexicon.

Lines are `weight: words and phrases`, between ` / ` and line ends; a later single word takes an earlier one's place.
"""

from portal.listening.signals.tone.english import customers, markets, reviews, talk

WEIGHTS = customers.WEIGHTS + reviews.WEIGHTS + talk.WEIGHTS
# Where money is talked of, many words mean something else: "long", "green", "puts".
MARKET_WEIGHTS = markets.WEIGHTS
MARKET_WORDS = frozenset(markets.SIGNS.split())

NEGATIONS = """
not no never nothing nobody none neither nor without hardly barely scarcely rarely seldom lack lacks lacking
nowhere cannot cant dont doesnt didnt isnt wasnt arent werent wont wouldnt couldnt shouldnt hasnt havent hadnt aint nope
"""
STRONGER = """
very so really extremely super absolutely totally incredibly insanely such completely truly utterly too always
especially exceptionally seriously fucking bloody damn definitely genuinely beyond remarkably highly
"""
WEAKER = "slightly somewhat fairly bit kinda sorta little almost partly relatively mildly rather moderately"
CONTRASTS = "but however except although though yet"
# What is said of something else than what is, was or will be.
UNREAL = "would could should if hope hoping wish unless might maybe hopefully whether"
# Words of praise that blame beside them turns into mockery.
MOCKING = """
thanks / thx / thank you / great / nice / good job / well done / way to go / love / loving / awesome
wonderful / fantastic / brilliant / nice job / great job / great work / bravo / congrats / congratulations
perfect / amazing / yay / kudos / lovely / good luck / cheers / lol / haha / hahaha / excellent / cool
impressive
"""
# After a "not" before one of these, the not is said of what follows: "I don't think it is good".
OPINIONS = "think believe feel say says said saying find call consider expect thought believed felt"
