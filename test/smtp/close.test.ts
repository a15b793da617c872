import { once } from "node:events"
import net from "node:net"
import { expect, test } from "vitest"
import type { PerMailOutcome } from "../../relay/smtp/inbound-port.ts"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { testSmtpServer } from "../kit/smtp-server.ts"

const sockets = () => process.getActiveResourcesInfo().filter((name) => /^TCP|^TLS/.test(name)).length

test("closing sends everybody away and leaves no socket and no timer", async () => {
  const before = sockets()
  const server = await testSmtpServer()
  const greeted = await RawSmtp.greeted(server.port)
  const inData = await RawSmtp.greeted(server.port)
  await inData.sayAll("MAIL FROM:<a@client.example>", "RCPT TO:<postmaster>", "DATA")
  await inData.write("half a mail")
  const closing = server.close()
  expect(await greeted.answer()).toMatch(/^421 4\.3\.2/)
  expect(await inData.answer()).toMatch(/^421 4\.3\.2/)
  await closing
  await greeted.closed()
  await inData.closed()
  await expect.poll(sockets).toBe(before)
  expect(server.clock.nextWake()).toBeNull()
  expect(server.inbox.taken).toEqual([])
})

test("a mail that is being stored gets its answer before the server is closed", async () => {
  const server = await testSmtpServer()
  const taking = new Promise<(outcome: PerMailOutcome) => void>((begun) => {
    server.inbox.whenTaking = () => new Promise((finish) => begun(finish))
  })
  const client = await RawSmtp.greeted(server.port)
  await client.sayAll("MAIL FROM:<a@client.example>", "RCPT TO:<postmaster>", "DATA")
  await client.write("Subject: a\r\n\r\nb\r\n.\r\n")
  const finish = await taking
  const closing = server.close()
  finish({ kind: "taken" })
  expect(await client.answer()).toMatch(/^250 /)
  expect(await client.answer()).toMatch(/^421 4\.3\.2/)
  await closing
  expect(server.inbox.taken).toHaveLength(1)
})

test("a client that does not hang up is dropped", async () => {
  const server = await testSmtpServer({ closeMs: 50 })
  server.inbox.whenTaking = () => new Promise(() => undefined)
  const client = await RawSmtp.greeted(server.port)
  await client.sayAll("MAIL FROM:<a@client.example>", "RCPT TO:<postmaster>", "DATA")
  await client.write("Subject: a\r\n\r\nb\r\n.\r\n")
  await server.close()
  await client.closed()
  expect(await RawSmtp.connect(server.port).catch((error: NodeJS.ErrnoException) => error.code)).toBe(
    "ECONNREFUSED",
  )
})

// the library alone waits 5 s for such a client
test("a client that hears the end and keeps its own side open is dropped", async () => {
  const server = await testSmtpServer({ closeMs: 50 })
  const client = net.connect({ port: server.port, host: "127.0.0.1", allowHalfOpen: true })
  await once(client, "data")
  const ended = once(client, "end")
  const from = performance.now()
  const closing = server.close()
  client.resume()
  await ended
  await closing
  expect(performance.now() - from).toBeLessThan(4_500)
  client.destroy()
})

test("closing twice is closing once", async () => {
  const server = await testSmtpServer()
  await Promise.all([server.close(), server.close()])
})
