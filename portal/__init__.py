"""Heard, stage by stage, in the order in which data flows (each reads only what stands below it).

insights      what the record says: funnels, clocks, parity
erasure       one person's data: export, erase, retention
updates       who is told what
moderation    reports, holds, decisions
ledger        ideas and every answer given to them
community     members, circles, asks, events
invitations   who was asked, how, and what came of it
desk          public mentions that want a reply
makers        the people behind the mentions, scored and judged
listening     trackers, sources, connectors, mentions
consent       who must not be tracked or contacted, and on what basis we may
accounts      sign-in: users, roles, sessions
foundation    database, access, jobs, mail, http, errors, config, audit, search, storage, clock, text
"""
