import { generateKeyPairSync } from "node:crypto"
import { connect } from "node:net"
import { freePorts } from "../../kit/ports.ts"
import { type Jail, openJail } from "../../peers/kit/jail.ts"
import { whenUp } from "../../peers/kit/peer.ts"

/** Rspamd as a milter that does what the relay does by itself: SPF, DKIM, DMARC, and an ARC set for each mail. */
export interface Milter {
  port: number
  /** Session of its processes. */
  session: number
  close(): Promise<void>
}

const config = (jail: Jail, port: number, dns: string, key: string): string => `options {
  filters = "dkim,spf";
  dns { nameserver = ["${dns}:1"]; timeout = 5s; retransmits = 3; }
  pidfile = "${jail.folder}/rspamd.pid";
  control_socket = "${jail.folder}/rspamd.sock mode=0600";
  tempdir = "${jail.folder}";
  hs_cache_dir = "${jail.folder}";
  url_tld = "${jail.folder}/tld";
  local_addrs = [];
}
lua = "/usr/share/rspamd/rules/rspamd.lua";
logging { type = "console"; level = "warning"; }
worker "rspamd_proxy" {
  bind_socket = "127.0.0.1:${port}";
  milter = yes;
  count = 1;
  upstream "local" { default = yes; self_scan = yes; }
}
modules { path = "/usr/share/rspamd/plugins/arc.lua"; path = "/usr/share/rspamd/plugins/dmarc.lua"; }
dkim { check_local = true; check_authed = true; }
spf { check_local = true; check_authed = true; }
dmarc { check_local = true; check_authed = true; }
arc {
  check_local = true;
  check_authed = true;
  sign_inbound = true;
  sign_local = true;
  sign_authenticated = true;
  allow_envfrom_empty = true;
  allow_hdrfrom_mismatch = true;
  allow_hdrfrom_multiple = true;
  allow_username_mismatch = true;
  use_esld = false;
  try_fallback = true;
  use_domain = "recipient";
  use_domain_sign_inbound = "recipient";
  use_domain_sign_local = "recipient";
  domain { "relay.test" { path = "${key}"; selector = "bench"; } }
}
`

/** A milter says nothing before it is spoken to. */
const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy()
      resolve(true)
    })
    socket.once("error", () => resolve(false))
  })

/** Needs what scripts/peers.ts fetches. `dns` as `address:port`. */
export const startMilter = async (dns: string): Promise<Milter> => {
  const jail = openJail("milter")
  const [port = 0] = await freePorts(1)
  jail.write("tld", "example\ncom\nnet\norg\ntest\n")
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
  const key = jail.write("arc.key", privateKey.export({ type: "pkcs8", format: "pem" }).toString())
  const file = jail.write("rspamd.conf", config(jail, port, dns, key))
  const server = jail.start("/usr/bin/rspamd", ["--no-fork", "--insecure", "--config", file], true)
  await whenUp(jail, "Rspamd", () => accepts(port), server.output)
  return { port, session: server.pid ?? 0, close: jail.close }
}
