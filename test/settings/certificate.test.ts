import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import pino from "pino"
import { afterEach, beforeEach, expect, test } from "vitest"
import { type CertificatePair, readPair, watchCertificate } from "../../relay/certificate.ts"
import { TEST_CERTIFICATE } from "../kit/test-certificate.ts"
import { until } from "../kit/until.ts"

let folder: string
let files: { cert: string; key: string }
let stop: () => void = () => undefined
const renewed: CertificatePair[] = []
const logged: { msg: string }[] = []
const log = pino({ level: "trace" }, { write: (line) => void logged.push(JSON.parse(line)) })

beforeEach(async () => {
  renewed.length = 0
  logged.length = 0
  folder = mkdtempSync(path.join(tmpdir(), "porchlight-certificate-"))
  files = { cert: path.join(folder, "cert.pem"), key: path.join(folder, "key.pem") }
  writeFileSync(files.cert, TEST_CERTIFICATE.cert)
  writeFileSync(files.key, TEST_CERTIFICATE.key)
  stop = watchCertificate(files, await readPair(files), {
    log,
    onRenewed: (pair) => void renewed.push(pair),
    every: 5,
  })
})
afterEach(() => {
  stop()
  rmSync(folder, { recursive: true })
})

/** The same certificate in other bytes: what a renewal is to who watches files. */
const RENEWED = `# renewed\n${TEST_CERTIFICATE.cert}`

test("another certificate is told of once, also when it is put in its place by a rename", async () => {
  const beside = path.join(folder, "new.pem")
  writeFileSync(beside, RENEWED)
  renameSync(beside, files.cert)
  await until("the renewal", () => renewed.length === 1)
  expect(renewed[0]?.cert.toString()).toBe(RENEWED)
  writeFileSync(files.cert, TEST_CERTIFICATE.cert)
  await until("the next", () => renewed.length === 2)
})

test("in the middle of a renewal, and without files, the old one stays in use, and the log says so once", async () => {
  writeFileSync(files.key, "half a k")
  await until("the complaint", () => logged.length > 0)
  rmSync(files.cert)
  writeFileSync(files.key, TEST_CERTIFICATE.key)
  writeFileSync(files.cert, RENEWED)
  await until("the renewal", () => renewed.length === 1)
  expect(logged.map(({ msg }) => msg)).toEqual([
    "the renewed certificate cannot be used: the old one stays",
    "the certificate was renewed: new connections get it",
  ])
})
