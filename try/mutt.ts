import { spawn } from "node:child_process"
import { chmodSync, mkdirSync, writeFileSync } from "node:fs"
import path from "node:path"

export interface MuttReply {
  /** A folder of its own for settings. */
  folder: string
  maildir: string
  /** Address and name of the person who replies. */
  from: string
  name: string
  /** `smtp://127.0.0.1:port` of the server that mutt hands its mail to. */
  smtp: string
  /** Message-ID of the mail that is answered, without angle brackets. */
  messageId: string
  /** What is written above the quoted mail. */
  text: string
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** mutt's own settings: answer without questions, quote, keep nothing. */
const settings = (reply: MuttReply, editor: string): string => `set realname = "${reply.name}"
set from = "${reply.from}"
set use_from = yes
set envelope_from = yes
set smtp_url = "${reply.smtp}"
set ssl_starttls = no
set ssl_force_tls = no
set mbox_type = Maildir
set folder = ${quoted(reply.maildir)}
set tmpdir = ${quoted(reply.folder)}
set editor = ${quoted(`${editor} %s`)}
set include = yes
set fast_reply = yes
set autoedit = yes
set edit_headers = no
set recall = no
set copy = no
set move = no
set quit = yes
set abort_unmodified = no
set wait_key = no
set resolve = no
`

/**
 * Replies to a mail in a Maildir as a person does with mutt: finds it, quotes it, writes above the quote,
 * sends by SMTP. mutt wants a terminal, which script(1) gives it. Throws what mutt showed when it failed.
 */
export const replyWithMutt = async (reply: MuttReply): Promise<void> => {
  mkdirSync(reply.folder, { recursive: true })
  const editor = path.join(reply.folder, "editor")
  const answer = path.join(reply.folder, "answer.txt")
  const rc = path.join(reply.folder, "muttrc")
  writeFileSync(answer, `${reply.text}\n\n`)
  writeFileSync(editor, `#!/bin/sh\ncat ${quoted(answer)} "$1" > "$1.new" && mv "$1.new" "$1"\n`)
  chmodSync(editor, 0o755)
  writeFileSync(rc, settings(reply, editor))

  const keys = `<search>~i ${reply.messageId}<enter><reply><send-message><quit>`
  const command = ["mutt", "-n", "-F", rc, "-f", reply.maildir, "-e", `push "${keys}"`].map(quoted).join(" ")
  const terminal = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
    env: {
      ...process.env,
      TERM: "xterm",
      HOME: reply.folder,
      LC_ALL: "C.UTF-8",
      COLUMNS: "120",
      LINES: "40",
    },
    stdio: ["pipe", "pipe", "inherit"],
  })
  let shown = ""
  terminal.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text
  })
  const deadline = setTimeout(() => terminal.kill("SIGTERM"), 30_000)
  const code = await new Promise<number | null>((resolve) => terminal.once("exit", resolve))
  clearTimeout(deadline)
  if (code !== 0) throw new Error(`mutt ended with ${code ?? "a signal"}; it showed:\n${shown.slice(-2000)}`)
}
