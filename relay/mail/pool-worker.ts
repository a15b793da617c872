import { parentPort, workerData } from "node:worker_threads"
import { cachedResolve } from "./cached-resolve.ts"
import { checkMail } from "./checks/check.ts"
import type { DkimKeys } from "./dkim-keys.ts"
import { prepareForward } from "./forward.ts"
import type { PoolAnswer, PoolJob, PoolSetup, ToPoolWorker } from "./pool-words.ts"
import { openResolver } from "./resolver.ts"
import { signMail } from "./sign.ts"

/** A thread of relay/mail/pool.ts: several mails may be in it at a time, as most of checking is waiting for the DNS. */
const port = parentPort
if (!port) throw new Error("relay/mail/pool-worker.ts is started by relay/mail/pool.ts only")

const { dns, mailHost } = workerData as PoolSetup
const resolve = cachedResolve(openResolver(dns), () => performance.now())
let keys: DkimKeys = { keys: [] }

/** Crossing threads, a Buffer becomes bare bytes. */
const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const run = (job: PoolJob): Promise<unknown> => {
  switch (job.kind) {
    case "check":
      return checkMail(
        { ...job.mail, raw: bufferOf(job.mail.raw), now: job.now },
        { resolve, mailHost, onFault: (error) => port.postMessage({ fault: error } satisfies PoolAnswer) },
      )
    case "prepare": {
      const trace = bufferOf(job.given.trace)
      return prepareForward(bufferOf(job.raw), { ...job.given, trace, keys, now: job.now })
    }
    case "sign":
      return signMail(bufferOf(job.raw), keys, job.domain, job.now)
  }
}

port.on("message", (message: ToPoolWorker) => {
  if ("keys" in message) {
    keys = message.keys
    return
  }
  if ("end" in message) {
    port.close()
    return
  }
  const { id, job } = message
  run(job).then(
    (output) => port.postMessage({ id, output } satisfies PoolAnswer),
    (error) => port.postMessage({ id, error } satisfies PoolAnswer),
  )
})
