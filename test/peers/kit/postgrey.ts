import { freePorts, isListening } from "../../kit/ports.ts"
import { openJail } from "./jail.ts"
import { whenUp } from "./peer.ts"

/** A greylisting service. Close it. */
export interface Postgrey {
  /** As Postfix names a policy service: `inet:127.0.0.1:<port>`. */
  service: string
  close(): Promise<void>
}

/** Puts off whom it has not seen before, for a second. */
export const startPostgrey = async (): Promise<Postgrey> => {
  const jail = openJail("postgrey")
  const data = jail.makeFolder("data", "postgrey", 0o700)
  const [port = 0] = await freePorts(1)
  const users = ["--user=postgrey", "--group=postgrey"]
  const args = [`--inet=127.0.0.1:${port}`, `--dbdir=${data}`, `--pidfile=${data}/pid`, "--delay=1", ...users]
  const daemon = jail.start("/usr/sbin/postgrey", args, true)
  await whenUp(jail, "postgrey", () => isListening(port), daemon.output)
  return { service: `inet:127.0.0.1:${port}`, close: jail.close }
}
