import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { ForwardTo } from "../../relay/actions/forwarding.ts"
import { BOUNCE_SECRET, bounceToken, makeBounceKeys, readBounceKeys } from "../../relay/mail/bounce-token.ts"
import type { ReportedRecipient } from "../../shared/words/bounces.ts"
import type { DeliveryId } from "../../shared/words/ids.ts"
import { MINUTE } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { addressCode } from "./address-codes.ts"
import { type Company, openCompany } from "./company.ts"

const NO_SUCH_USER: ReportedRecipient = {
  ...{ address: "ada@lamps.example", original: null, action: "failed", status: "5.1.1" },
  ...{ diagnostic: "550 5.1.1 no such user", server: "mx.lamps.example" },
}

describe.each(STORES)("mails passed on, on %s", (kind) => {
  let company: Company

  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  const toAda = (): ForwardTo => ({
    accountId: company.accountId,
    agentId: company.adaId,
    address: "ada@relay.test",
  })

  const accept = (...to: ForwardTo[]) =>
    company.run("acceptForward", {
      mail: {
        ...{ envelopeFrom: "jana@customer.example", from: "jana@customer.example", subject: "Lamps" },
        ...{ messageId: "<1@customer.example>", automatic: false, auth: null },
        raw: new Uint8Array([1, 2, 3]),
      },
      to,
    })

  const mailsOf = (accountId: Company["accountId"] | null) =>
    company.run("listDeliveries", { accountId, limit: 20 })

  const claimForward = async () => {
    const { claims } = await company.run("claimDeliveries", {
      relayId: "relay",
      limit: 10,
      leaseMs: MINUTE,
    })
    return claims.find((claim) => claim.kind === "forward")
  }

  const comesBack = async (id: DeliveryId): Promise<void> => {
    const make = makeBounceKeys(company.now())
    const { value } = await company.run("readSecret", { name: BOUNCE_SECRET, make })
    await company.run("takeBounce", {
      token: bounceToken(id, readBounceKeys(value)),
      raw: Buffer.from("as it came"),
      report: { kind: "report", form: "rfc3464", recipients: [NO_SUCH_USER], originalId: null },
    })
  }

  test("to two accounts that lead to one address are each account's own, with its own names alone", async () => {
    const { accountId } = await company.run("createAccount", {
      ...{ name: "Other", language: "en", zone: "UTC", graceMs: 0, waitMs: 0 },
    })
    const { agentId } = await company.run("createAgent", {
      ...{ accountId, name: "Ada", address: "ada@other.example", role: "agent", language: "en", zone: "UTC" },
    })
    const address = "ada@lamps.example"
    await company.run("askAddress", { accountId, by: "Ada", address })
    await company.run("confirmAddress", {
      ...{ accountId, by: "Ada", address, code: await addressCode(company, address) },
    })
    await company.run("setRedirect", {
      ...{
        accountId,
        by: "Ada",
        owner: { kind: "agent", id: agentId },
        redirect: { address, mode: "instead-of" },
      },
    })
    const other = { accountId, agentId, address: "ada-2@relay.test" }
    // and two names of one account are one mail
    await accept(toAda(), other, { ...toAda(), address: "ada.l@relay.test" })
    const names = async (id: Company["accountId"]) => {
      const mails = (await mailsOf(id)).filter((mail) => mail.kind === "forward")
      const contents = await Promise.all(mails.map((mail) => company.run("readDelivery", { id: mail.id })))
      return contents.map(({ content }) => content.kind === "forward" && content.names)
    }
    expect(await names(company.accountId)).toEqual([["ada@relay.test", "ada.l@relay.test"]])
    expect(await names(accountId)).toEqual([["ada-2@relay.test"]])
  })

  test("that arrived are not kept: when one comes back, trying again says so and what came back stays", async () => {
    await accept(toAda())
    const claim = (await claimForward())!
    const { accountId, id } = claim
    await company.run("settleForwards", {
      relayId: "relay",
      delivered: [{ accountId, id, attempt: claim.attempts, server: "mx.lamps.example", answer: "250 ok" }],
    })
    await comesBack(id)
    const before = await company.run("readDelivery", { id })
    expect(before).toMatchObject({ state: "failed", answer: "550 5.1.1 no such user" })
    await expect(company.run("retryDelivery", { accountId, id, by: "Ada" })).rejects.toMatchObject({
      code: "stale",
      message: expect.stringContaining("is not kept"),
    })
    expect(await company.run("readDelivery", { id })).toEqual(before)
  })

  test("that arrived are not kept either when their results were stored one by one", async () => {
    await accept(toAda())
    const claim = (await claimForward())!
    const { accountId, id, attempts: attempt } = claim
    const yes = { kind: "delivered", server: "mx.lamps.example", answer: "250 ok" } as const
    await company.run("settleDelivery", { accountId, id, claimedBy: "relay", attempt, result: yes })
    await comesBack(id)
    await expect(company.run("retryDelivery", { accountId, id, by: "Ada" })).rejects.toMatchObject({
      code: "stale",
    })
  })

  test("that failed before they arrived are tried again", async () => {
    await accept(toAda())
    const claim = (await claimForward())!
    const { accountId, id } = claim
    const no = {
      kind: "failed",
      outcome: "policy",
      server: "mx.lamps.example",
      answer: "550 5.7.1 no",
    } as const
    await company.run("settleDelivery", {
      ...{ accountId, id, claimedBy: "relay", attempt: claim.attempts, result: no },
    })
    await company.run("retryDelivery", { accountId, id, by: "Ada" })
    expect((await claimForward())?.raw).toEqual(Buffer.from([1, 2, 3]))
  })
})
