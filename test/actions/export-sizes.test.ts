import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { ExportPlace } from "../../relay/actions/export.ts"
import { zipOf } from "../../relay/zip.ts"
import { proven } from "../kit/auth.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"
import { withBytes } from "./exported.ts"

/** What is handed out or looked through is never in memory as a whole, and each file is in it once. */

const EVE = "eve@eve.example"
const MB = 1_000_000

describe.each(STORES)("large mails on %s", (kind) => {
  let company: Company
  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  const mailIn = (n: number, { size = 0, automatic = false } = {}) =>
    company.run("takeConversationMail", {
      ...{ accountId: company.accountId, groupId: null, address: "inbox@relay.test", envelopeFrom: EVE },
      ...{ raw: Buffer.alloc(size, "x"), auth: proven("eve.example") },
      mail: {
        ...{ from: EVE, subject: "Lamps", automatic, name: "Eve", messageId: `<${n}@eve.example>` },
        ...{ thread: [], text: `Mail ${n}`, whole: `Mail ${n}`, attachments: [] },
      },
    })

  test("an export of the account reads a few at a time, and all of them", async () => {
    for (let n = 0; n < 4; n += 1) await mailIn(n, { size: 3 * MB })
    const { accountId } = company
    let largest = 0
    let mails = 0
    let place: ExportPlace | null = (await company.run("beginExport", { accountId })).next
    while (place !== null) {
      const read: { lines: string[]; next: ExportPlace | null } = await company.run("exportRows", {
        accountId,
        place,
      })
      largest = Math.max(
        largest,
        read.lines.reduce((sum, line) => sum + line.length, 0),
      )
      mails += read.lines.filter((line) => line.startsWith('{"table":"inbound_mails"')).length
      place = read.next
    }
    expect(mails).toBe(4)
    expect(largest).toBeLessThan(14 * MB)
  })

  test("an automatic mail of a visitor's is one file of their data", async () => {
    await mailIn(1)
    await mailIn(2, { automatic: true })
    const { files } = await company.run("exportPerson", {
      accountId: company.accountId,
      whose: { address: EVE },
    })
    const paths = files.map(({ path }) => path)
    expect(paths.filter((path) => path.endsWith(".eml")).length).toBe(2)
    expect(new Set(paths).size).toBe(paths.length)
  })

  test("what is handed out of a visitor is named first and then read one by one", async () => {
    for (let n = 0; n < 4; n += 1) await mailIn(n, { size: 3 * MB })
    const { accountId } = company
    const { files } = await company.run("exportPerson", { accountId, whose: { address: EVE } })
    expect(files.reduce((sum, file) => sum + ("bytes" in file ? file.bytes.length : 0), 0)).toBeLessThan(MB)
    let largest = 0
    let size = 0
    const zip = zipOf(files, async (file) => {
      const [{ bytes } = { bytes: new Uint8Array() }] = await withBytes(company, accountId, [file])
      size += bytes.length
      return bytes
    })
    for await (const part of zip) largest = Math.max(largest, part.length)
    expect(size).toBeGreaterThan(12 * MB)
    expect(largest).toBeLessThan(MB)
  })

  test("an agent is erased from mails a few at a time, and from all of them", async () => {
    const { accountId, benId } = company
    for (let n = 0; n < 4; n += 1) await mailIn(n, { size: 3 * MB })
    await company.run("takeConversationMail", {
      ...{ accountId, groupId: null, address: "inbox@relay.test", envelopeFrom: EVE },
      ...{ raw: Buffer.from("To: ben@lamps.example"), auth: proven("eve.example") },
      mail: {
        ...{ from: EVE, subject: "Lamps", automatic: false, name: "Eve", messageId: "<ben@eve.example>" },
        ...{ thread: [], text: "To Ben", whole: "To Ben", attachments: [] },
      },
    })
    await company.run("eraseAgent", { accountId, agentId: benId })
    const exported = await company.run("exportPerson", { accountId, whose: { address: EVE } })
    const files = await withBytes(company, accountId, exported.files)
    const sizes = files.filter(({ path }) => path.endsWith(".eml")).map(({ bytes }) => bytes.length)
    expect(sizes.sort((a, b) => a - b)).toEqual([0, ...Array<number>(4).fill(3 * MB)])
  })
})
