import { readFile } from "node:fs/promises"
import { createSecureContext } from "node:tls"
import { type Millis, SECOND } from "../shared/words/time.ts"
import type { Log } from "./log.ts"

/** PEM, as read from the two files. */
export interface CertificatePair {
  cert: Buffer
  key: Buffer
}

/** Reads a certificate and its key. Rejects when a file cannot be read, or they are not a certificate and its key. */
export const readPair = async (files: { cert: string; key: string }): Promise<CertificatePair> => {
  const pair = { cert: await readFile(files.cert), key: await readFile(files.key) }
  createSecureContext(pair)
  return pair
}

/** Renewals are weeks ahead of the end: nobody waits for half a minute. */
const EVERY: Millis = 30 * SECOND

/**
 * Looks at the files now and then and says when they hold another certificate: whichever way it was put there
 * (written over, renamed, a link that leads elsewhere). While they do not fit together, as in the middle of a
 * renewal, the one before stays in use, and the log says why, once. Returns how to stop.
 */
export const watchCertificate = (
  files: { cert: string; key: string },
  inUse: CertificatePair,
  { log, onRenewed, every = EVERY }: { log: Log; onRenewed: (pair: CertificatePair) => void; every?: Millis },
): (() => void) => {
  let current = inUse
  let complained = false
  let looking = false
  const look = async (): Promise<void> => {
    if (looking) return
    looking = true
    try {
      const pair = await readPair(files)
      complained = false
      if (pair.cert.equals(current.cert) && pair.key.equals(current.key)) return
      current = pair
      onRenewed(pair)
      log.info({ file: files.cert }, "the certificate was renewed: new connections get it")
    } catch (err) {
      if (!complained)
        log.error({ err, ...files }, "the renewed certificate cannot be used: the old one stays")
      complained = true
    } finally {
      looking = false
    }
  }
  const timer = setInterval(() => void look(), every)
  timer.unref()
  return () => clearInterval(timer)
}
