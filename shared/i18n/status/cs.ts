import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const cs: Catalogue<typeof en> = {
  "until.legend": "Do kdy",
  "until.open": "dokud to nezměním",
  "until.30-minutes": "na 30 minut",
  "until.1-hour": "na 1 hodinu",
  "until.end-of-day": "do konce dne",
  "until.time": "do {time}, potom: {intent}",
  "until.midnight": "do půlnoci, potom: {intent}",
  "then.available": "k dispozici",
  "then.busy": "mám práci",
  "then.unavailable": "mimo",

  "hours.closed": "Mimo provozní dobu; začíná {when}.",
  "hours.closed.long": "Mimo provozní dobu.",
  "hours.stay": "Do té doby nezavírat",
  "hours.stay.long": "Nezavírat",
  "hours.staying": "Je mimo provozní dobu a vy máte otevřeno. Začíná {when}.",
  "hours.staying.long": "Je mimo provozní dobu a vy máte otevřeno.",
  "hours.keep": "Držet se provozní doby",
}
