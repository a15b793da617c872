import type { Sentences } from "./list.ts"

const LIGHT = "rules/sentences/light.test.ts"
const OFFLINE = "rules/sentences/offline.test.ts"
const MISSED = "rules/sentences/missed.test.ts"
const EXAMPLES = "actions/offline-examples.test.ts"
const ITSELF = "actions/by-itself.test.ts"
const RECIPIENTS = "rules/recipients.test.ts"
const REDIRECTS = "actions/redirects.test.ts"

/** rules.md, "Offline notice", "Missed conversation", "Plans" and "Examples". */
export const NOTICES: Sentences = {
  "Offline notice": {
    "Two account settings, 0–600 s": [
      ["actions/accounts.test.ts", "a time zone or a length of time that is none is refused with its value"],
    ],
    "Covered: opened, joined, answered, closed": [
      [
        OFFLINE,
        "a message that anyone of the account %s after it is covered",
        "negative control: opened up to the message before, it is not covered",
      ],
    ],
    "Covered: mailed": [[EXAMPLES, "what was mailed stays mailed through a hand-back"]],
    "Covered: withheld": [
      [EXAMPLES, "switches off: verdicts say whose, and what nobody gets is withheld for good"],
    ],
    "An earlier join covers nothing later": [
      [EXAMPLES, "joined before, agent gone since, visitor writes again: mail 120 s after that"],
    ],
    "Handing back uncovers what followed the last answer, except what was mailed or withheld": [
      [
        OFFLINE,
        "handing a conversation back uncovers what followed the last answer, and nothing before it",
        "handing back does not uncover what was withheld",
      ],
      [EXAMPLES, "what was mailed stays mailed through a hand-back"],
    ],
    "1. Resting while somebody is there, else counting": [
      [OFFLINE, "coming back delays a notice, by opening cancels it, and never loses it"],
    ],
    "2. t0 is the latest of its oldest message, the last moment somebody was there, a hand-back": [
      [
        EXAMPLES,
        "agent present, message, browser quits 10 s later unopened: mail at +130",
        "the same, silent instead of quitting: counted from when it was seen last",
        "joined after the message, then handed back: mail 120 s after the hand-back",
      ],
    ],
    "2. Later messages join without moving it": [
      [OFFLINE, "later messages join the batch without moving its due time"],
    ],
    "2. When the oldest is covered, t0 is taken anew": [
      [OFFLINE, "when the oldest message is covered, t0 is taken anew from the next"],
    ],
    "3. Coming back delays, by opening cancels, never loses": [
      [OFFLINE, "coming back delays a notice, by opening cancels it, and never loses it"],
    ],
    "4. With switches, audience and redirects of that moment": [
      [
        OFFLINE,
        "at due, switches and addresses are those of that moment, not of the message's",
        "at due, the audience is that of that moment",
      ],
    ],
    "4. If nobody remains, withheld for good": [
      [EXAMPLES, "switches off: verdicts say whose, and what nobody gets is withheld for good"],
    ],
    "5. Verdicts while it rests, and while it counts": [
      [
        OFFLINE,
        "while it rests each agent's verdict says which of three it is, and while it counts that it waits",
      ],
    ],
    "5. Absences under 45 s do not count": [[EXAMPLES, "quit, and back within 45 s: that was no absence"]],
    "5. Joined before opened": [
      [OFFLINE, "who joins has opened it too: joined stands before opened, whoever opens it afterwards"],
    ],
    "6. One mail per address and batch, up to 10 messages and “n more”": [
      [EXAMPLES, "a batch is one mail an address, with at most 10 messages and how many more"],
    ],
    "6. The same thread; at most 6 mails an hour, then folded": [
      [EXAMPLES, "at most 6 mails an hour for a conversation and address, then folded until the hour allows"],
    ],
    "7. Each at the destination or its redirect": [
      [RECIPIENTS, "each agent at their destination"],
      [REDIRECTS, "along with: the destination and the redirect; instead of: the redirect alone"],
    ],
    "7. The group's general inbox, else the account's": [
      [OFFLINE, "the group's general inbox, else the account's"],
    ],
    "7. Along with the agents or instead of them, even where their switches are off": [
      [
        RECIPIENTS,
        "a general inbox along with the agents, or instead of them even where their switches are off",
      ],
    ],
    "7. An audience with no active agent: the account's inbox, else the admins": [
      [RECIPIENTS, "an audience without an active agent: the inbox, else the admins, else nobody"],
      [OFFLINE, "an audience with no active agent: the admins"],
    ],
    "7. One address gets one mail, which says for whom it stands": [
      [RECIPIENTS, "one address gets one mail, for all it stands for"],
    ],
    "8. Switching off is always allowed, and says when nobody would remain": [
      [REDIRECTS, "switching off is always possible, and says when nobody would remain"],
    ],
    "8. Refused: unverified targets, the relay's own addresses, redirect loops": [
      [
        REDIRECTS,
        "an address nobody has shown to read is refused, and asked for by a code in the account's language",
        "the relay's own addresses are refused, as target and for a code",
        "loops are refused, with the way they would go",
      ],
    ],
    "9. Any visitor message reopens a closed conversation as unserved": [
      [OFFLINE, "any visitor message reopens a closed conversation as unserved"],
    ],
    "9. A deleted group counts as none": [
      [OFFLINE, "a deleted group counts as none: everybody gets what was written to it"],
    ],
    "10. By e-mail: always from the arrival; presence and hours withhold nothing": [
      [OFFLINE, "of a message that comes by e-mail, presence and hours withhold nothing"],
    ],
    "10. By e-mail: opened, joined and switches do": [
      [OFFLINE, "of a message that comes by e-mail, %s withholds"],
    ],
    "10. They are never missed": [[MISSED, "messages that come by e-mail are never missed"]],
    "The invariant": [
      ["timelines/on-time.test.ts", "agree with the naive rules, with a loop that is on time"],
    ],
  },
  "Missed conversation": {
    "Left: 60 s after the last tab closed; page changes and other tabs are no leaving": [
      [ITSELF, "a page change is no leaving; coming back after a minute is a return"],
      [MISSED, "another tab is no leaving"],
    ],
    "Due = max(first unjoined message + wait, closed at + 60 s)": [
      [
        MISSED,
        "it is due the wait after the first unjoined message, and not before the visitor has left for a minute",
      ],
    ],
    "Unserved: opened is not enough": [[MISSED, "opened is not enough; joined is"]],
    "Those messages have not been mailed": [
      [MISSED, "never two mails for one message: what an offline notice has mailed is not missed"],
    ],
    "Nobody there: the offline rules apply as they stand": [
      [ITSELF, "visitor closes at +10, agent quits at +20: offline notice at +140, no missed one"],
    ],
    "Recipients with the missed switch": [
      [
        MISSED,
        "recipients go by the missed switch, and not by that of offline notices",
        "negative control: of an offline notice it is the other way round",
      ],
    ],
    "Not sent: joined, visitor-returned, notifications-off, plan": [
      [
        "flow/why/missed.ts",
        "a colleague joins after the visitor has left",
        "after a minute, before it was due",
        "an agent's own switch for missed conversations",
        "a free account",
      ],
    ],
    "Both switches at the account and at each agent; both start on": [
      [MISSED, "both switches start on, at the account and at each agent"],
    ],
    "Never two mails for one message": [
      [
        MISSED,
        "never two mails for one message: what a missed notice has mailed is not mailed again when nobody is there",
      ],
    ],
  },
  Plans: {
    "Screens say why something is not there": [
      ["browser/admin.test.ts", "is said where it is ignored, and what has it; the largest needs no words"],
      ["browser/profile.test.ts", "says what the plan does not have"],
    ],
    "One table": [
      [
        LIGHT,
        "free: offline notices and one light; standard: and missed conversations, office hours; pro: and groups",
      ],
    ],
    "A self-hosted account is pro unless its operator sets another": [
      [LIGHT, "a self-hosted account is pro unless its operator sets another"],
    ],
  },
  Examples: {
    "laptop fading, desk PC idle": [[EXAMPLES, "laptop fading, desk PC idle: mail at +120"]],
    "light off, agent back at +119, opens nothing, stays": [
      [EXAMPLES, "light off, agent back at +119, opens nothing, stays: no mail, back-online, rests"],
    ],
    "light off, agent back at +121": [[EXAMPLES, "light off, agent back at +121: mailed at +120"]],
    "back at +30, quits the browser at +60": [
      [EXAMPLES, "back at +30, quits the browser at +60: mail at +180"],
    ],
    "intent unavailable, browser open and active": [
      [EXAMPLES, "intent unavailable, browser open and active: mail at +120"],
    ],
    "agent present, message, browser quits 10 s later unopened": [
      [EXAMPLES, "agent present, message, browser quits 10 s later unopened: mail at +130"],
    ],
    "hours close 30 s after the message, agent stays, unopened": [
      [ITSELF, "hours close 30 s after the message, agent stays, unopened: mail 120 s after closing"],
    ],
    "joined before, agent gone since, visitor writes again": [
      [EXAMPLES, "joined before, agent gone since, visitor writes again: mail 120 s after that"],
    ],
    "opened up to message 2, message 3 comes, nobody there": [
      [
        EXAMPLES,
        "opened up to message 2, message 3 comes, nobody there: mail with message 3, 120 s after it",
      ],
    ],
    "joined after the message, then removed from the account": [
      [OFFLINE, "joined after the message, then removed from the account: mail 120 s after the hand-back"],
    ],
    "only a phone reachable": [
      [ITSELF, "only a phone reachable: mail at +120; the phone is no longer reachable until used"],
    ],
    "agents A and B both redirect to info@": [
      [RECIPIENTS, "agents A and B both redirect to info@: one mail, for both"],
    ],
    "visitor closes the tab at +10, agent present all the time, nobody joins": [
      [
        ITSELF,
        "visitor closes the tab at +10, agent present all the time, nobody joins: missed notice at +120",
      ],
    ],
    "visitor closes at +10, agent quits at +20": [
      [ITSELF, "visitor closes at +10, agent quits at +20: offline notice at +140, no missed one"],
    ],
  },
}
