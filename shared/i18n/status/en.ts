/** Words around one's own status, the same in toolbar and desk: until when, and office hours. See formatter.ts. */
export const en = {
  "until.legend": "Until when",
  "until.open": "until I change it",
  "until.30-minutes": "for 30 minutes",
  "until.1-hour": "for 1 hour",
  "until.end-of-day": "until the end of the day",
  "until.time": "until {time}, then {intent}",
  "until.midnight": "until midnight, then {intent}",
  "then.available": "available",
  "then.busy": "busy",
  "then.unavailable": "unavailable",

  "hours.closed": "Outside office hours; they open {when}.",
  "hours.closed.long": "Outside office hours.",
  "hours.stay": "Stay open until then",
  "hours.stay.long": "Stay open",
  "hours.staying": "Outside office hours, and you stay open. They open {when}.",
  "hours.staying.long": "Outside office hours, and you stay open.",
  "hours.keep": "Keep to the hours",
} as const
