import { freePorts, isListening } from "../../kit/ports.ts"
import { until } from "../../kit/until.ts"
import { openJail } from "./jail.ts"
import { PATIENCE_MS } from "./peer.ts"

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
  await until("postgrey takes connections", () => isListening(port), PATIENCE_MS).catch(
    async (error: Error) => {
      const said = daemon.output()
      await jail.close()
      throw new Error(`${error.message}; it says:\n${said}`)
    },
  )
  return { service: `inet:127.0.0.1:${port}`, close: jail.close }
}
