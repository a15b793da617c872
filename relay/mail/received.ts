import { getClientAddress, parseReceived } from "mailauth/lib/parse-received.js"

/** Which client brought a mail to us, or to the first of our own mail servers. Both empty: nobody from outside. */
export interface Client {
  /** What it called itself. */
  helo: string
  remoteAddress: string
}

/**
 * Goes through the Received fields (RFC 5321 4.4) from the top, each written by a server of ours, until one names a
 * client that is not. Of what that client wrote itself, the fields below and the name it gave, nothing is believed.
 */
export const cameFrom = (received: readonly string[], isGateway: (address: string) => boolean): Client => {
  for (const field of received) {
    const { from } = parseReceived(`Received: ${field}`)
    const remoteAddress = getClientAddress(from)
    if (!remoteAddress) break
    if (!isGateway(remoteAddress)) return { helo: from?.value.split(/\s/, 1)[0] ?? "", remoteAddress }
  }
  return { helo: "", remoteAddress: "" }
}
