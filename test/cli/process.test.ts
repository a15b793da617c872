import { spawn } from "node:child_process"
import { mkdtemp, rm, symlink } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, test } from "vitest"
import { connectAgent } from "../kit/agent-socket.ts"
import { api, setUp, signIn } from "../kit/api.ts"
import { freePorts } from "../kit/ports.ts"
import { startRelayProcess } from "../kit/relay-process.ts"
import { until } from "../kit/until.ts"

const PROGRAM = fileURLToPath(new URL("../../bin/porchlight", import.meta.url))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "porchlight-process-"))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (program: string, args: string[], env: Record<string, string>) =>
  new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const child = spawn(program, args, { env: { PATH: "/usr/bin:/bin", ...env }, cwd: "/" })
    const [out, err] = [child.stdout, child.stderr].map((stream) => {
      const parts: string[] = []
      stream.setEncoding("utf8").on("data", (text) => parts.push(text))
      return parts
    })
    child.once("close", (code) => resolve({ code, out: out!.join(""), err: err!.join("") }))
  })

test("it runs with the project's Node from anywhere, through a symbolic link", async () => {
  const link = path.join(folder, "porchlight")
  await symlink(PROGRAM, link)
  expect(await run(link, ["--help"], {})).toMatchObject({
    code: 0,
    out: expect.stringContaining("usage: porchlight"),
    err: "",
  })
})

test("who reads no further, as “head” does, is written to no further, and hears no complaint", async () => {
  const child = spawn(PROGRAM, ["queue", "--help"], { env: { PATH: "/usr/bin:/bin" }, cwd: "/" })
  child.stdout.destroy()
  const complaints: string[] = []
  child.stderr.setEncoding("utf8").on("data", (text) => complaints.push(text))
  await new Promise((resolve) => child.once("close", resolve))
  expect(complaints.join("")).toBe("")
})

test.each(["PORCHLIGHT_HTTP", "PORCHLIGHT_SMTP"])(
  "%s in use: one sentence that names it",
  async (setting) => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const { port } = server.address() as { port: number }
    const [free] = await freePorts(1)
    const ports = { PORCHLIGHT_HTTP: `127.0.0.1:${free}`, PORCHLIGHT_SMTP: "127.0.0.1:0" }
    const env = { ...ports, [setting]: `127.0.0.1:${port}`, PORCHLIGHT_DATA: path.join(folder, "in-use") }
    const { code, err } = await run(PROGRAM, ["serve"], env)
    server.close()
    expect([code, err]).toEqual([
      2,
      `${setting} is 127.0.0.1:${port}, but another program listens there already: end it, or set ${setting} to another address and port.\n`,
    ])
  },
)

test("a folder that cannot be written, a certificate that is none: one sentence each", async () => {
  const base = { PORCHLIGHT_HTTP: "127.0.0.1:0", PORCHLIGHT_SMTP: "127.0.0.1:0" }
  const unwritable = await run(PROGRAM, ["serve"], { ...base, PORCHLIGHT_DATA: "/proc/porchlight" })
  expect([unwritable.code, unwritable.err]).toEqual([
    3,
    expect.stringMatching(/^PORCHLIGHT_DATA is \/proc\/porchlight, .*\n$/),
  ])
  for (const file of ["/nowhere.pem", PROGRAM]) {
    const tls = { PORCHLIGHT_TLS_CERT: file, PORCHLIGHT_TLS_KEY: file }
    const certificate = await run(PROGRAM, ["serve"], { ...base, ...tls, PORCHLIGHT_DATA: folder })
    expect([certificate.code, certificate.err]).toEqual([
      2,
      expect.stringMatching(/^PORCHLIGHT_TLS_CERT is .*\n$/),
    ])
  }
})

test("serve: prints where everything is; SIGTERM ends it in order, with sockets told to come back", async () => {
  const data = path.join(folder, "served")
  const relay = await startRelayProcess({ data })
  expect(relay.output()).toContain(`Set up     ${relay.url}/setup#key=${relay.key}`)
  expect(relay.output()).toContain(`Demo page  ${relay.url}/demo`)
  await setUp(relay, { address: "ada@lamps.example" })
  const token = await signIn(relay, "ada@lamps.example", () =>
    until("the code", async () => {
      const key = { ...relay, key: relay.key }
      const { mails } = await api<{ mails: { id: string; state: string }[] }>(key, "GET", "/api/mailbox")
      const [mail] = mails.filter(({ state }) => state === "captured")
      return mail && (await api<{ text: string }>(key, "GET", `/api/mailbox/${mail.id}`)).text
    }),
  )
  const agent = await connectAgent(relay, token)
  const started = performance.now()
  expect(await relay.stop()).toBe(0)
  expect(performance.now() - started).toBeLessThan(10_000)
  expect(await agent.closed).toBe(1001)

  const again = await startRelayProcess({ data, ports: relay.ports })
  expect(again.output()).toContain(`Desk       ${relay.url}/desk`)
  expect(again.key).toBe(relay.key)
  await again.stop()
})
