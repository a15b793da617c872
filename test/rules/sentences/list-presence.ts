import type { Sentences } from "./list.ts"

const PRESENCE = "rules/presence.test.ts"
const OWN_PRESENCE = "rules/sentences/presence.test.ts"
const LIGHT = "rules/sentences/light.test.ts"
const EXAMPLES = "actions/offline-examples.test.ts"
const ITSELF = "actions/by-itself.test.ts"

/** rules.md, "Presence", "Intent" and "The light". */
export const PRESENCE_AND_LIGHT: Sentences = {
  Presence: {
    "A device beats every 20 s over its socket": [
      ["extension/beats.test.ts", "go over the socket every 20 s by a timer of their own, counting on"],
    ],
    "A 30 s alarm beats over HTTP when there is no socket": [
      [
        "extension/beat-plan.test.ts",
        "over HTTP at once when the socket went, and says that the next one comes later",
      ],
      [
        "extension/beat-plan.test.ts",
        "by every alarm, though alarms drift: a skipped one would be a minute without a beat",
      ],
    ],
    "Every change of state beats at once": [["extension/beats.test.ts", "say a change at once"]],
    "Older sequence numbers are dropped": [
      [PRESENCE, "older numbers of the same boot are old; a new boot starts anew"],
    ],
    "Present: at most 2 intervals + 5 s old": [
      [PRESENCE, "one lost beat changes nothing: 45 s on a socket, 65 s by alarm"],
    ],
    "Seen at: the last active beat, or the end if it was present until then": [
      [
        PRESENCE,
        "quit while present: seen until then",
        "quit after falling silent or idle: seen at stays the last active beat",
      ],
    ],
    "Fading: the light stays on for the grace; quit, crash, sleep, idle, lock and sign-out all run this way":
      [
        [OWN_PRESENCE, "somebody who is %s still holds the light for two minutes, and then no more"],
        [
          PRESENCE,
          "silent: fading until seen at + grace, then gone",
          "negative control: the same beat, active, keeps it present",
        ],
      ],
    "Sign-out offers “and make me unavailable”, which is immediate": [
      [OWN_PRESENCE, "sign-out with “and make me unavailable” is immediate"],
    ],
    "Gone: otherwise": [[PRESENCE, "never heard of: gone"]],
    "Devices of one agent are independent": [
      [OWN_PRESENCE, "devices of one agent are independent: one that quits takes nothing from one in use"],
    ],
    "No device writes the intent": [
      [OWN_PRESENCE, "no device writes the intent: waking or opening a device (%s) never does"],
    ],
    "Reachable: by push, until 60 min after it was last used": [
      [ITSELF, "only a phone reachable: mail at +120; the phone is no longer reachable until used"],
    ],
    "It holds the light, but is not there": [
      [OWN_PRESENCE, "a phone within reach holds the light, but is not there"],
    ],
    "A notice that goes out ends the lease of the phones it waited for": [
      [ITSELF, "only a phone reachable: mail at +120; the phone is no longer reachable until used"],
    ],
    "A browser that cannot tell idle counts as idle when a message lay unopened for 15 min": [
      [ITSELF, "a message unopened for 15 min without input counts its device as idle, until used"],
    ],
    "No relay for more than 45 s: who was present or fading is fading until start + max(grace, 60 s)": [
      [
        PRESENCE,
        "who was present at the last sign is fading until start + max(grace, 60 s)",
        "who was gone at the last sign stays gone",
      ],
      [
        EXAMPLES,
        "the same when nobody comes back: mailed when the held time ends",
        "negative control: a relay down for 40 s only changes nothing",
      ],
    ],
    "Such a gap never reads as somebody coming back": [
      [
        EXAMPLES,
        "a relay down for 10 min: who was there is held, nothing is mailed early, and coming back is no coming back",
      ],
    ],
    "One of several relays restarting changes nothing": [
      [OWN_PRESENCE, "one of several relays restarting changes nothing"],
      ["live/two-relays.test.ts", "one of them restarting changes nothing"],
    ],
  },
  Intent: {
    "One per agent, versioned; a stale write is refused with the current value": [
      [OWN_PRESENCE, "there is one intent per agent, and a stale write is refused with the current value"],
    ],
    "Only a person changes it": [
      [OWN_PRESENCE, "no device writes the intent: waking or opening a device (%s) never does"],
    ],
    "A new agent starts available": [
      [
        "actions/accounts.test.ts",
        "starts with an admin who is available, a site with a key, and the light off",
      ],
    ],
    "A change is on every other device": [
      ["live/agents.test.ts", "a change of intent is on every device, with the team's picture"],
    ],
    "A change is on every site": [
      ["live/agents.test.ts", "a beat is acknowledged once it is stored, and turns the light on everywhere"],
      ["live/box-lights.test.ts", "that are changed are there at once, in both directions"],
    ],
    "Online: active, not unavailable, some device present, reachable or fading": [
      [
        "rules/there.test.ts",
        "present and busy",
        "only fading",
        "only a phone reachable",
        "unavailable",
        "not active",
      ],
    ],
    "There: active, not unavailable, hours, a device present": [
      ["rules/there.test.ts", "one gone, one present", "only fading", "only a phone reachable"],
      [ITSELF, "hours close 30 s after the message, agent stays, unopened: mail 120 s after closing"],
    ],
    "Busy: the bot answers the first unanswered message after 20 s, once per conversation": [
      [
        ITSELF,
        "the bot answers the first unanswered message after 20 s, once, while all who are there are busy",
      ],
    ],
    "Busy is online": [[EXAMPLES, "negative control: intent busy, browser open and active: no mail"]],
    "A bot is no agent": [[OWN_PRESENCE, "a bot is no agent: it opens, joins and serves nothing"]],
    "Until: the previous intent returns by itself": [
      [ITSELF, "busy for 30 minutes, and what was before returns by itself"],
    ],
  },
  Light: {
    "Hours: zone, several spans, past midnight, dated exceptions": [
      [
        "rules/hours.test.ts",
        "in %s, minute by minute",
        "a dated exception replaces what begins on its date, and not what began the day before",
      ],
    ],
    "None set means always open": [
      [
        "rules/hours.test.ts",
        "without a change within 400 days there is none: always closed, always open, an exception far away",
      ],
    ],
    "Hours are those of the conversation's group": [[LIGHT, "hours are those of the conversation's group"]],
    "Without one, any of the agent's groups', or the account's": [
      [LIGHT, "without a group, hours are any of the agent's groups', or the account's for an agent in none"],
    ],
    "A group without hours uses the account's": [[LIGHT, "a group without hours uses the account's"]],
    "An agent can override closed hours until the next opening": [
      [ITSELF, "an agent keeps open for themselves until the next opening"],
    ],
    "A site's light": [[LIGHT, "a site's light is on without a group, or with some group's"]],
    "Hours close the light, never open it, never write an intent": [
      [LIGHT, "hours close the light; they never open it and never write anybody's intent"],
    ],
    "What the plan does not include is kept but ignored": [
      [
        LIGHT,
        "groups that the plan does not include are kept but ignored",
        "hours that the plan does not include are kept but ignored",
      ],
    ],
  },
}
