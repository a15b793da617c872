/** Words of the screen of persons' data. English says which keys and values there are. */
export const en = {
  title: "Persons’ data",
  lead: "When somebody asks what you have of them, or wants it gone.",
  "visitor.title": "A visitor",
  visitor: "E-mail address or id",
  "visitor.hint": "An address that they left or wrote from. The id (vi_…) stands in the conversation.",
  "agent.title": "An agent",
  agent: "Agent",
  "agent.choose": "Choose …",
  find: "Look",
  finding: "Looking …",
  nothing: "Nothing is stored of {whose}.",
  "found.visitor": "{name}, on {site} since {when}",
  "no-name": "No name",
  addresses: "Addresses",
  conversations: "Conversations",
  messages: "Messages",
  mails: "Mails",
  attachments: "Attachments",
  export: "Download all of it",
  "export.hint": "A zip with each conversation as text and JSON, attachments and original mails.",
  erase: "Erase …",
  "erase.title.visitor": "Erase all of this for good?",
  "erase.what.visitor":
    "{conversations, plural, one {# conversation goes} other {# conversations go}}, with every message, attachment, mail and verdict, and so does what waits in the queue. There is no way back. Webhooks are told. Backups that were made before still have it.",
  "erase.title.agent": "Erase {name}?",
  "erase.what.agent":
    "They leave the team, and their name and addresses go everywhere. What they wrote stays, by “a former agent”. There is no way back.",
  "erase.sure": "Type {word} to go on",
  "erase.word": "erase",
  "erase.go": "Erase for good",
  erased: "Erased. The log of changes says that it was done, and not whose data it was.",
  "erased.later":
    "The rows are gone. The store’s file is large: its operator can run “porchlight erase leftovers”, so that no bytes are left in it either.",
  "erased.copies":
    "{count, plural, one {# copy from before an update still has them} other {# copies from before updates still have them}}, in the relay’s folder: its operator can remove it.",
  "account.title": "The whole account",
  "account.what":
    "Every row of every table, as lines of JSON; without passwords, tokens and keys. For large accounts “porchlight export account” is quicker.",
  "account.export": "Download the account",
  preparing: "Preparing …",
} as const
