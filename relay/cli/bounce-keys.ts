import { DAY } from "../../shared/words/time.ts"
import { BOUNCE_LIFE } from "../mail/bounce-token.ts"
import { EXIT } from "../start-error.ts"
import { type Command, type Io, none, pickVerb, readArgs, withStore } from "./command.ts"

const DAYS_KNOWN = BOUNCE_LIFE / DAY

/** `porchlight bounce-keys`: the key that envelope senders are made with. */
export const bounceKeys: Command = {
  name: "bounce-keys",
  summary: "exchange the key that the relay's envelope senders are made with",
  help: `usage: porchlight bounce-keys rotate [--forget] [--json]

rotate makes a new key for the addresses (b-…) that reports about the relay's mails come back to, and for the links that
switch notices off. Relays use it from their next start on. What was made with the keys before it is known for
${DAYS_KNOWN} days more; with --forget it is not, as for a key that somebody else has: restart the relays at once then, for
what they send until then tells nobody that it did not arrive.

examples:
  porchlight bounce-keys rotate
  porchlight bounce-keys rotate --forget`,
  run: (args, io) => pickVerb(args, { rotate })(io),
}

const rotate = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    forget: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  })
  none(positionals)
  return withStore(io, async ({ store, clock }) => {
    const { known } = await store.run("rotateBounceKeys", { forget: values.forget }, clock.now())
    if (values.json) io.out(JSON.stringify({ known }))
    else {
      io.out(
        values.forget
          ? "A new key is there, and the ones before it count no more. Restart the relays now."
          : `A new key is there; relays use it from their next start on. Known are ${known}, each for ${DAYS_KNOWN} days after its successor was made.`,
      )
    }
    return EXIT.ok
  })
}
