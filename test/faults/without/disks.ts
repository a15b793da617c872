import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { type End, failSyncs, fillDisk, limitFiles } from "../disk.ts"
import { arrive, type Fault, lostOf, SOON } from "./fault.ts"
import { AGENT, comesTo, type House } from "./house.ts"

/** What a disk does to a relay that writes on it. */

/** Writes mails to a name, and keeps the ids of those that were answered 250. */
const writer = (house: House, name = "anna") => {
  const acknowledged: string[] = []
  /** Whether it was taken. */
  const mail = async (): Promise<boolean> => {
    const { id, answer } = await house.mail(house.relay, [name])
    const taken = answer.startsWith("250")
    if (taken) acknowledged.push(id)
    return taken
  }
  return { acknowledged, mail }
}

/** Mails come while there is no room, and the relay dies before there is some again. */
const withoutRoom =
  (begin: (house: House) => Promise<End> | End): Fault["run"] =>
  async (house) => {
    const end = await begin(house)
    const { acknowledged, mail } = writer(house)
    // what does not go out from memory must come out of the store
    house.sink.answerFor.set(AGENT, { kind: "refuse", at: "rcpt", code: 451, text: "4.3.0 later" })
    for (let n = 0; n < 40; n += 1) await mail()
    await house.relay.kill()
    house.sink.answerFor.clear()
    await end()
    await house.start()
    if (!(await comesTo(mail, SOON))) return ["not well again"]
    return arrive(house, acknowledged)
  }

export const fullDisk: Fault = {
  row: "disk full",
  disk: 24,
  needsRoot: true,
  finds: /^late or lost|^lost/,
  run: withoutRoom(({ folder }) => fillDisk(folder)),
}

/** No file of the relay may grow (SIGXFSZ, EFBIG). */
const letNoFileGrow = ({ relay: { pid } }: House): Promise<End> => limitFiles(() => [pid], 1)

export const fileLimit: Fault = {
  row: "file size limit",
  finds: /^late or lost|^lost/,
  run: withoutRoom(letNoFileGrow),
}

/** Mails to the operator are files of their own. */
export const operatorsFile: Fault = {
  row: "file size limit",
  finds: /^lost/,
  run: async (house) => {
    const { acknowledged, mail } = writer(house, "postmaster")
    const end = await letNoFileGrow(house)
    for (let n = 0; n < 5; n += 1) await mail()
    await end()
    if (!(await comesTo(mail, SOON))) return ["not well again"]
    const kept = path.join(house.folder, "first", "postmaster")
    const texts = readdirSync(kept).map((name) => readFileSync(path.join(kept, name), "utf8"))
    return lostOf(
      acknowledged,
      acknowledged.filter((id) => texts.some((text) => text.includes(id) && text.endsWith("Hello\r\n"))),
    )
  },
}

/** Nothing that is written comes through to the disk: whatever is said to be stored would be gone with the power. */
export const failingSyncs: Fault = {
  row: "fsync error",
  needsRoot: true,
  finds: /^said to be stored/,
  run: async (house) => {
    const { acknowledged, mail } = writer(house)
    const end = await failSyncs(house.relay.pid)
    for (let n = 0; n < 5; n += 1) await mail()
    await end()
    const wrongly = acknowledged.map((id) => `said to be stored: ${id}`)
    if (!(await comesTo(mail, SOON))) return [...wrongly, "not well again"]
    return [...wrongly, ...(await arrive(house, acknowledged))]
  },
}
