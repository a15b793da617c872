import type { ReportAction } from "../../../shared/words/bounces.ts"

/** Small things that all readers of reports need. */

/** A text as it is kept and shown: one line, at most 500 characters. */
export const oneLine = (text: string): string =>
  text
    .slice(0, 10_000)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, 500)

const ADDRESS = /[^\s<>()[\]:;,"'@]{1,64}@[a-z0-9\u0080-\u{10ffff}.-]{1,253}[a-z0-9\u0080-\u{10ffff}]/iu

/** The first thing in a text that looks like an address, lowercase; null if nothing does. */
export const addressIn = (text: string): string | null =>
  ADDRESS.exec(text.slice(0, 2000))?.[0].toLowerCase() ?? null

/** An enhanced code that is not part of an IP address or a version. */
const ENHANCED = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/

export const enhancedIn = (text: string): string | null => ENHANCED.exec(text)?.[0] ?? null

/**
 * What the next server said, where a text quotes it: from its code on. A bare number of three digits counts
 * only where an answer begins; `\d{3}` of a date or size is none.
 */
const ANSWERS = [
  // An answer with both codes, wherever it stands.
  /(?<![\d.])[45]\d{2}[ -]#?[45]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)[\s\S]{0,600}/,
  // After what programs write before an answer: `said:`, `reason:`, `<<<`, `smtp;`, `->`, an opening quote.
  /(?<=(?:said|says|reason|responded|response|respons?e was|returned|answered|error|reply|command|host|data|server|recipient|fehler|r[ée]ponse|erreur|odpov[ěe]d|respuesta)[^\n]{0,80}[:>"'(] ?["'(]?\s{0,20}|<<< |smtp; ?|-> ?|^\s{0,20}["'(]?)[45]\d{2}(?:[ -:][^\n]|$)[\s\S]{0,600}/im,
]

export const answerIn = (text: string): string | null => {
  for (const form of ANSWERS) {
    const found = form.exec(text)?.[0]
    if (found) return oneLine(found)
  }
  return null
}

/** Words that say it is not over yet, in the languages of the programs that write them. */
const DELAYED =
  /\b(?:has|have|is|was|been|message|delivery|mail) (?:temporarily )?delayed\b|delivery (?:status notification )?\(?(?:delay|delayed)\)?|delayed mail|still being (?:retried|attempted)|not yet been delivered|will (?:keep|continue) (?:trying|to (?:try|be attempted|attempt))|keep trying (?:for|until)|this is (?:only )?a warning|warning: (?:message|could not send|e-?mail)|you do not need to resend|will be retried|(?:delivery|zustellung).{0,30}verz[öo]ger|verz[öo]gert zugestellt|noch nicht zugestellt|livraison (?:est )?(?:retard|diff[ée]r)|entrega (?:retrasada|demorada)|doru[čc]en[íi].{0,20}(?:zpo[žz]d|odlo[žz])/i

/** Words that say it is over. They stand where "we tried for two days" stands, so they go before the others. */
const FAILED =
  /permanent|fatal error|undeliver|could(?:n'?t| not) be delivered|(?:unable to|can ?not|could ?n[o']t) deliver|wasn'?t delivered|was not delivered|not been delivered to the following|delivery (?:has )?fail|delivery to the following.{0,40}fail|failure notice|returned mail|returning message|(?:rejected|blocked) your message|blocked by our|not been delivered|error has occurred while attempting to deliver|giv(?:en|ing) up|gave up|not going to try again|too old|expired|nicht zugestellt werden|unzustellbar|unbekannt|non (?:remis|d[ée]livr|distribu)|n'a pas (?:pu |[ée]t[ée] )|no (?:se )?(?:ha )?(?:podido|pudo) (?:ser )?entreg|no (?:fue|ha sido) entregad|nelze doru[čc]it|nebyla? doru[čc]en|nebylo mo[žz]n[ée] doru[čc]it|nepoda[řr]ilo.{0,20}doru[čc]it|nedoru[čc]iteln/i

/** What a text that somebody's program wrote says of the mail; `unknown` if it does not. */
export const actionIn = (subject: string, text: string): ReportAction => {
  const head = text.slice(0, 4000)
  if (DELAYED.test(subject)) return "delayed"
  if (FAILED.test(subject)) return "failed"
  if (
    /not yet been delivered|n(?:o|')t been delivered yet|still being (?:retried|attempted)|will (?:keep|continue) (?:trying|to)|noch nicht zugestellt/i.test(
      head,
    )
  )
    return "delayed"
  if (FAILED.test(head)) return "failed"
  return DELAYED.test(head) ? "delayed" : "unknown"
}
