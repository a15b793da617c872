/** An answer of a server (RFC 5321 4.2). */
export interface SmtpReply {
  code: number
  /** As it is kept and shown: code and words, in one line whatever it came in, e.g. `250 2.0.0 Ok`. */
  text: string
  /** Its lines without the code. */
  lines: string[]
}

/** A server that says more than this in one answer is none. */
const MAX_LINES = 200
const MAX_LINE = 4096

/**
 * Puts answers together from what comes in. `add` gives those that are complete by now; it throws when what
 * comes is no SMTP.
 */
export const replyReader = () => {
  let rest = ""
  let lines: string[] = []

  const take = (line: string): SmtpReply | null => {
    const code = Number(line.slice(0, 3))
    const mark = line[3]
    if (!(code >= 200 && code < 600) || (mark !== undefined && mark !== " " && mark !== "-"))
      throw new Error(`this is no answer of a mail server: ${JSON.stringify(line.slice(0, 100))}`)
    lines.push(line.slice(4))
    if (lines.length > MAX_LINES) throw new Error(`an answer of more than ${MAX_LINES} lines`)
    if (mark === "-") return null
    const reply = { code, text: `${line.slice(0, 3)} ${joined(lines)}`.trimEnd(), lines }
    lines = []
    return reply
  }

  const add = (chunk: string): SmtpReply[] => {
    const replies: SmtpReply[] = []
    const text = rest + chunk
    let from = 0
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
      const reply = take(text.slice(from, text[end - 1] === "\r" ? end - 1 : end))
      if (reply) replies.push(reply)
      from = end + 1
    }
    rest = text.slice(from)
    if (rest.length > MAX_LINE) throw new Error(`a line of an answer of more than ${MAX_LINE} characters`)
    return replies
  }

  return { add, isBetween: () => rest === "" && lines.length === 0 }
}

const STATUS = /^[245]\.\d{1,3}\.\d{1,3}(?= |$)/

/** One line of several; a status code (RFC 2034) stands once, though it is repeated in each line. */
const joined = (lines: readonly string[]): string => {
  const [first = "", ...more] = lines
  const status = STATUS.exec(first)?.[0]
  const tails = more.map((line) => (status && line.startsWith(status) ? line.slice(status.length) : line))
  return [first, ...tails].map((line) => line.trim()).join(" ")
}
