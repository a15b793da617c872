import { request } from "node:https"
import { type Millis, SECOND } from "../../../shared/words/time.ts"

/** One HTTPS request for a policy file (RFC 8461 3.3): what it takes to find and to trust its host. */
export interface PolicyPlace {
  /** `mta-sts.<domain>`: the name that the certificate has to be for. */
  host: string
  address: string
  port: number
  /** Trusted beside the system's (tests). */
  ca?: string
}

/** For all of it; a mail waits meanwhile, so less than the minute that the RFC suggests. */
const TIMEOUT: Millis = 10 * SECOND

/** RFC 8461 3.3 suggests 64 kilobytes. */
const LARGEST = 64 * 1024

/**
 * The text of the policy file. Rejects when it is not to be had, or not as the RFC wants it: only status 200,
 * no redirects, text/plain, a certificate that is right for the host.
 */
export const fetchPolicy = ({ host, address, port, ca }: PolicyPlace): Promise<string> =>
  new Promise((resolve, reject) => {
    const asked = request({
      host: address,
      port,
      path: "/.well-known/mta-sts.txt",
      servername: host,
      headers: { host, accept: "text/plain" },
      ca,
      // a connection of its own: none that was trusted for something else is used again
      agent: false,
      signal: AbortSignal.timeout(TIMEOUT),
    })
    asked.on("error", reject)
    asked.on("response", (answer) => {
      const type = (answer.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase()
      const wrong =
        answer.statusCode !== 200
          ? `status ${answer.statusCode}`
          : type === "text/plain"
            ? null
            : `content type ${type}`
      if (wrong !== null) {
        asked.destroy(new Error(`https://${host}: ${wrong} instead of a policy`))
        return
      }
      const chunks: Buffer[] = []
      let bytes = 0
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > LARGEST) asked.destroy(new Error(`https://${host}: a policy of over ${LARGEST} bytes`))
        chunks.push(chunk)
      })
      answer.on("error", reject)
      answer.on("end", () => resolve(Buffer.concat(chunks).toString()))
    })
    asked.end()
  })
