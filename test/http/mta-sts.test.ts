import { request } from "node:http"
import { afterAll, beforeAll, expect, test } from "vitest"
import { startRelay, type TestRelay } from "../kit/relay.ts"

let relay: TestRelay
beforeAll(async () => {
  relay = await startRelay({ env: { PORCHLIGHT_MAIL_DOMAIN: "chat.lamps.example" } })
  const { accountId } = await relay.setUp()
  const version = (await relay.store.run("listAccounts", {}, relay.clock.now()))[0]!.version
  const change = { accountId, version, mailDomain: "mail.shop.example" }
  await relay.store.run("setAccount", change, relay.clock.now())
})
afterAll(() => relay.stop())

const ask = (host: string): Promise<{ status: number; body: string; type: string }> =>
  new Promise((resolve, reject) => {
    const asked = request(
      { port: relay.httpPort, host: "127.0.0.1", path: "/.well-known/mta-sts.txt", headers: { host } },
      (answer) => {
        let body = ""
        answer.setEncoding("utf8")
        answer.on("data", (part: string) => {
          body += part
        })
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, body, type: answer.headers["content-type"] ?? "" }),
        )
      },
    )
    asked.on("error", reject)
    asked.end()
  })

test.each(["mta-sts.chat.lamps.example", "MTA-STS.mail.shop.example:443"])(
  "the policy is served at %s",
  async (host) => {
    const answer = await ask(host)
    expect(answer).toMatchObject({ status: 200, type: expect.stringMatching(/^text\/plain/) })
    expect(answer.body).toBe(
      "version: STSv1\r\nmode: testing\r\nmx: chat.lamps.example\r\nmax_age: 604800\r\n",
    )
  },
)

test.each(["chat.lamps.example", "mta-sts.other.example", "mta-sts.", "mta-sts.mail.shop.example.evil.test"])(
  "and not at %s",
  async (host) => {
    expect((await ask(host)).status).toBe(404)
  },
)
