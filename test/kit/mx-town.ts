import { openMx } from "../../relay/mail/mx/send.ts"
import type { Transport } from "../../relay/mail/transport.ts"
import { type DnsServer, startDnsServer, type Zone } from "./dns-server.ts"
import { freePorts } from "./ports.ts"
import { type ScriptedSmtp, type SmtpScript, startScriptedSmtp } from "./smtp-script.ts"
import { type SinkOptions, type SmtpSink, startSmtpSink } from "./smtp-sink.ts"
import { TEST_AUTHORITY } from "./test-authority.ts"

export interface TownOptions {
  deadlineMs?: number
  dotMs?: number
  privateTargets?: string[]
  policyPort?: number
  stuckMs?: number
}

/** Mail servers on addresses of this machine (127.0.0.2, 127.0.0.3 …), all on one port, and their DNS. */
export interface Town {
  dns: DnsServer
  port: number
  /** A server that takes mail. */
  sink(address: string, options?: SinkOptions): Promise<SmtpSink>
  /** A server that does what it is told. */
  script(address: string, script: SmtpScript): Promise<ScriptedSmtp>
  /** A way out into this town; it is closed with it. */
  mx(options?: TownOptions): Transport
  /** What ways out noted. */
  notes: string[]
  /** Time of the ways out; only the test moves it. */
  now: number
  close(): Promise<void>
}

export const openTown = async (zone: Zone = {}): Promise<Town> => {
  const dns = await startDnsServer(zone)
  const [port = 0] = await freePorts(1)
  const servers: { close(): Promise<void> }[] = []
  const ways: Transport[] = []
  const town: Town = {
    dns,
    port,
    notes: [],
    now: Date.UTC(2026, 10, 21),
    sink: async (host, options) => {
      const sink = await startSmtpSink({ ...options, host, port })
      servers.push(sink)
      return sink
    },
    script: async (host, script) => {
      const server = await startScriptedSmtp({ ...script, host, port })
      servers.push(server)
      return server
    },
    mx: ({ deadlineMs = 5000, dotMs = 5000, privateTargets = ["127.0.0.0/8"], policyPort, stuckMs } = {}) => {
      const way = openMx({
        name: "relay.test",
        port,
        resolve: dns.resolve,
        privateTargets,
        now: () => town.now,
        note: (facts, what) => town.notes.push(`${what}: ${JSON.stringify(facts)}`),
        deadlineMs,
        dotMs,
        policyPort,
        stuckMs,
        ca: TEST_AUTHORITY,
      })
      ways.push(way)
      return way
    },
    close: async () => {
      for (const way of ways) way.close()
      for (const server of servers) await server.close()
      await dns.close()
    },
  }
  return town
}
