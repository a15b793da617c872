import { parentPort, workerData } from "node:worker_threads"
import { startDnsServer, type Zone } from "../../kit/dns-server.ts"

/** A DNS in a thread of its own: the tests' own thread, busy with mails of many MB, would keep the relay waiting. */
const port = parentPort
if (!port) throw new Error("test/smtp/hostile/names.ts is a thread of the suite beside it")

const dns = await startDnsServer(workerData as Zone)
port.once("message", () => {
  void dns.close().then(() => port.close())
})
port.postMessage(dns.address)
