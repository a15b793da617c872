import type { Millis } from "../../../shared/words/time.ts"
import type { Jail } from "./jail.ts"

export interface SpamScore {
  score: number
  /** Names of the rules that had an opinion, with their points. */
  rules: string[]
}

/**
 * The report must be readable by a program, and trust nobody: as if the relay were a stranger's machine. Else the
 * bonus for what comes from one's own network would hide what is wrong.
 */
const SETTINGS = `clear_trusted_networks
clear_internal_networks
trusted_networks 192.0.2.1
internal_networks 192.0.2.1
report_safe 0
clear_headers
add_header all Scores _SCORE_ _TESTSSCORES_
fold_headers 0
`

/**
 * How SpamAssassin judges these mails, with its local rules alone (no look into the network), in one run. Each is
 * given as a receiver has it: its server's Received field on top, of a stranger's machine that brought it `at`.
 */
export const scoresOf = async (jail: Jail, mails: Buffer[], at: Millis): Promise<SpamScore[]> => {
  const prefs = jail.write("spamassassin.cf", SETTINGS)
  const entries = mails.map(
    (mail, number) => `From sender ${BEGAN}\n${received(number, at)}${asUnixText(mail)}\n`,
  )
  const file = jail.write("mails.mbox", Buffer.from(entries.join(""), "latin1"))
  const args = ["--mbox", "--local", "--siteconfigpath=/etc/spamassassin", `--prefspath=${prefs}`, file]
  const { code, output } = await jail.run("/usr/bin/spamassassin", args)
  // They come in an order of its own; the queue id on top says which is which.
  const found = new Map(
    [...output.matchAll(/^X-Spam-Scores: (-?[\d.]+) (.*)\nReceived: .*\n.* with ESMTPS id Q(\d+)X;/gm)].map(
      ([, score, rules, number]) => [
        Number(number),
        { score: Number(score), rules: (rules ?? "").split(",").filter((rule) => rule !== "none") },
      ],
    ),
  )
  return mails.map((_, number) => {
    const score = found.get(number)
    if (!score)
      throw new Error(`no score of mail ${number}; SpamAssassin ended with ${code} and said:\n${output}`)
    return score
  })
}

/** What an mbox says of the moment in which a mail came; nobody reads it here. */
const BEGAN = "Sat Nov 21 17:45:00 2026"

/** Of no network that is set aside for examples: such addresses cost points. */
const STRANGER = "81.2.69.142"

const received = (number: number, at: Millis): string => {
  const date = new Date(at).toUTCString().replace("GMT", "+0000")
  return [
    `Received: from mx.relay.example (mx.relay.example [${STRANGER}])`,
    `\tby mx.example.net (Postfix) with ESMTPS id Q${number}X;`,
    `\t${date}`,
    "",
  ].join("\n")
}

/** As mbox files have it: line ends of Unix, and no line that could begin another mail. */
const asUnixText = (mail: Buffer): string =>
  mail
    .toString("latin1")
    .replaceAll("\r\n", "\n")
    .replace(/^From /gm, ">From ")
