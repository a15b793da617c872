import { firstOf, readHeader } from "./header.ts"

/** How a mail came here, as the Received field on top says that we put there (relay/smtp/trace.ts). */
export const cameFrom = (raw: Uint8Array): { helo: string; remoteAddress: string } => {
  const field = firstOf(readHeader(raw), "received") ?? ""
  const [, helo, address] = /^from (\S+) \(\[(?:IPv6:)?([\dA-Fa-f:.]+)\]\)/.exec(field) ?? []
  return { helo: helo ?? "", remoteAddress: address ?? "" }
}
