"""The words by which English creations are known."""

from portal.listening.signals.phrases.shapes import Making

MADE = Making(
    makers="i / i've / i have / i just / i finally / i recently / we / we've / we have / we just / we recently",
    verbs="""
            made / built / created / designed / wrote / written / recorded / filmed / painted / drew / drawn / crafted
            sewed / sewn / knitted / crocheted / carved / composed / developed / coded / programmed / modded
            modified / customized / customised / printed / 3d printed / published / released / uploaded / illustrated
            animated / invented
        """,
    things="""
            a / an / this / these / some / my own / our own / one / another / my first / our first / two / three
            a few / up a / about
        """,
    other_deeds="""
            made a mistake / made a reservation / made a booking / made a call / made a phone / made a purchase
            made a payment / made a complaint / made a claim / made a decision / made a request / made a point
            made a deposit / made a transfer / made a change / made a few / made a profit / made a fortune
            made a fool / made a deal / made a trade / made a bet / made an appointment / made an order
            made an error / made an offer / made an attempt / made an account / made another / made some money
            made some changes / made some calls / made this mistake / made this purchase / made this payment
            made this booking / made about / made two / made three / made one / created a ticket / created a case
            created an account / created a new account / created an issue / created this account / created another
            created a bug / created a request / written a complaint / wrote a complaint / wrote an email
            written an email / wrote a letter / written a letter / wrote a check / wrote this off / wrote one
            uploaded a copy / uploaded a document / uploaded a screenshot / uploaded this document
            printed a boarding / printed a label / developed a rash / developed a fever / developed a cough
            developed some / designed about / drew a blank / recorded a loss / recorded this call / modified a booking
            released some
        """,
)

PHRASES = """
my new video / my latest video / my new tutorial / my tutorial / our tutorial / a tutorial i
my review of / my full review / our review of / my unboxing / my build / my mod / my side project
my design for / my drawing / my painting / my blog post / our blog post / my latest article
my new article / my article on / my podcast / our podcast / on my channel / my youtube channel
my photo of / my photos of / my guide to / my latest creation / my creation / made by me / built by me
designed by me / written by me / painted by me / photo by me / photos by me / . made this / . built this
. created this / . wrote this / . drew this / . painted this / made this for / made this with
made this using / check out my / have a look at my / take a look at my / new blog post / new post on my
new post on our / new on my blog / new on our blog / . new video / how i made / how i built / how we built
source code is on / work in progress / diy / i put together / i've put together / i've been working on
i have been working on / i'm working on a / i am working on a
NOT check out my account / check out my profile / check out my tweet / take a look at my account
take a look at my case / take a look at my dm / have a look at my account / diy store
"""
