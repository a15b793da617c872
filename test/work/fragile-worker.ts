import { parentPort } from "node:worker_threads"
import type { PoolAnswer, ToPoolWorker } from "../../relay/mail/pool-words.ts"

/** Answers what it is asked to check, dies of one mail, and never signs. */
parentPort?.on("message", (message: ToPoolWorker) => {
  if ("end" in message) return parentPort?.close()
  if ("keys" in message || message.job.kind !== "check") return
  if (message.job.mail.helo === "poison") process.exit(1)
  parentPort?.postMessage({ id: message.id, output: { aligned: true } } satisfies PoolAnswer)
})
