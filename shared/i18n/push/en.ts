/** What the installed desk is called, and what its notifications say. See formatter.ts. */
export const en = {
  "app.name": "Porchlight desk",
  "app.description": "Answer visitors’ messages, and show whether somebody is in.",
  "message.title": "{visitor} · {site}",
  "message.unnamed": "Visitor · {site}",
  "test.title": "Notifications arrive here",
  "test.text": "You will hear of new messages to {account} on this device.",
} as const
