/** Words about the device that the desk is open on: notifications, installing, a new version. See formatter.ts. */
export const en = {
  title: "This device",
  on: "You hear of new messages here, also while Porchlight is closed.",
  "on.open":
    "You hear of new messages here while Porchlight is open. This browser’s push service could not be reached, so not while it is closed.",
  "on.stale": "Notifications are on, but they did not arrive at last.",
  "off.phone":
    "With notifications, visitors’ messages reach you in the background, and the light stays on for an hour after you last used this phone.",
  "off.tab": "With notifications you hear of visitors’ messages while you do something else.",
  "turn-on": "Turn on notifications",
  "turn-off": "Turn off",
  again: "Set up again",
  test: "Send a test",
  "test.sent": "Sent. If nothing appears, look at this device’s own notification settings.",
  denied:
    "Notifications from this site are blocked in this browser. Allow them in its settings for this site (the sign beside the address, or App info → Notifications), then open this page again.",
  unsupported: "This browser cannot show notifications here.",
  insecure: "Notifications need an address that begins with https.",
  ios: "On iPhone and iPad notifications come to the installed app only: tap Share, then “Add to Home Screen”, and open Porchlight from there.",
  failed: "That did not work: {why}",
  extension: "The extension in this browser tells you of new messages, so this page does not.",
  install: "Install the app",
  "install.why": "Installed, Porchlight has its own icon and window.",
  "hint.notices": "Hear of visitors’ messages on this device?",
  "hint.later": "Not now",
  update: "There is a new version of Porchlight.",
  "update.now": "Load it",
  "update.kept": "What you are writing is kept.",
} as const
