import { mailOf } from "../../kit/mail-relay.ts"
import { INBOX, type Left, type Scene } from "./scene.ts"

/** One thing that a hostile or odd client does, what it hears, and what is there afterwards. */
export interface Case {
  /** Words of mail.md that it is a case of; see `NAMED` in ../hostile.test.ts. */
  of: string
  name: string
  /** Gives the answers that matter. */
  run(scene: Scene): Promise<string[]>
  hears: RegExp[]
  /** What is there more than before; nothing of what is not named. */
  leaves?: Partial<Left>
  /** What else must be so, e.g. of the mail as it went on. */
  after?(scene: Scene): void | Promise<void>
}

export const STORED = /^250 2\.6\.0 Stored$/

/** A person's mail without its last line end, which the end of the data brings. A field of "" is left out. */
export const person = (fields: Record<string, string> = {}, body?: string): Buffer =>
  mailOf({ To: `<${INBOX}>`, ...fields }, body).subarray(0, -2)
