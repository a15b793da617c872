import { freePorts } from "../../kit/ports.ts"
import { type Jail, openJail } from "./jail.ts"
import { whenUp } from "./peer.ts"

/** What Rspamd found in a mail: names of its symbols, with what they say about. */
export type Symbols = Record<string, string[]>

export interface Rspamd {
  jail: Jail
  symbols(raw: Buffer): Promise<Symbols>
  close(): Promise<void>
}

/** DKIM and ARC and nothing else; DNS is asked at our own server. */
const config = (folder: string, port: number, dns: string): string => `options {
  filters = "dkim";
  dns { nameserver = ["${dns}:1"]; timeout = 5s; retransmits = 3; }
  pidfile = "${folder}/rspamd.pid";
  control_socket = "${folder}/rspamd.sock mode=0600";
  tempdir = "${folder}";
  hs_cache_dir = "${folder}";
  url_tld = "${folder}/tld";
  local_addrs = [];
}
lua = "/usr/share/rspamd/rules/rspamd.lua";
logging { type = "console"; level = "notice"; }
worker "normal" { bind_socket = "127.0.0.1:${port}"; count = 1; }
modules { path = "/usr/share/rspamd/plugins/arc.lua"; }
dkim { }
arc { }
`

/** An Rspamd of its own; `dns` as `address:port`. Close it. */
export const startRspamd = async (dns: string): Promise<Rspamd> => {
  const jail = openJail("rspamd")
  const [port = 0] = await freePorts(1)
  // the list of all public suffixes takes it a minute to compile
  jail.write("tld", "example\ncom\nnet\norg\n")
  const file = jail.write("rspamd.conf", config(jail.folder, port, dns))
  const server = jail.start("/usr/bin/rspamd", ["--no-fork", "--insecure", "--config", file])
  const url = `http://127.0.0.1:${port}`
  const isUp = async (): Promise<boolean> => {
    const answer = await fetch(`${url}/ping`).catch(() => null)
    await answer?.body?.cancel()
    return answer?.ok ?? false
  }
  await whenUp(jail, "Rspamd", isUp, server.output)
  return {
    jail,
    symbols: async (raw) => {
      // a stranger's address: mails from its own network are not checked
      const headers = { IP: "81.2.69.142", Connection: "close" }
      const answer = await fetch(`${url}/checkv2`, { method: "POST", body: new Uint8Array(raw), headers })
      const { symbols } = (await answer.json()) as { symbols: Record<string, { options?: string[] }> }
      return Object.fromEntries(Object.entries(symbols).map(([name, { options }]) => [name, options ?? []]))
    },
    close: jail.close,
  }
}
