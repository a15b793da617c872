import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import { setUp } from "../kit/api.ts"
import { freePorts } from "../kit/ports.ts"
import { type RelayProcess, startRelayProcess } from "../kit/relay-process.ts"
import { createDatabase, type TestDatabase } from "../kit/stores.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType } from "../kit/visitor-socket.ts"
import { type Jail, openJail } from "./kit/jail.ts"

/** What operators put in front of relays, and around them, as deploy/ has it: with the real programs. */

const deploy = (name: string): string =>
  readFileSync(new URL(`../../deploy/${name}`, import.meta.url), "utf8")

let jail: Jail
afterEach(() => jail.close())

describe("two relays behind", () => {
  let folder: string
  let database: TestDatabase
  let relays: RelayProcess[]
  let siteKey: string

  const start = (name: string, ports?: RelayProcess["ports"]): Promise<RelayProcess> =>
    startRelayProcess({
      data: path.join(folder, name),
      ...(ports && { ports }),
      env: { PORCHLIGHT_DATABASE_URL: database.place, PORCHLIGHT_PUBLIC_URL: "http://127.0.0.1" },
    })

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "porchlight-front-"))
    database = await createDatabase("postgres")
    relays = [await start("one"), await start("two")]
    siteKey = (await setUp(relays[0]!, { address: "anna@agents.example" })).siteKey
  })
  afterAll(async () => {
    await Promise.all((relays ?? []).map((relay) => relay.stop()))
    await database?.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  const isUp = async (url: string): Promise<boolean> =>
    fetch(`${url}/health`).then(
      (answer) => answer.status === 200,
      () => false,
    )

  /** Pages, sockets and what is kept from outsiders; then one relay ends, and the other takes all. */
  const tryFront = async (url: string): Promise<void> => {
    await until("it passes on", () => isUp(url), 20_000)
    expect((await fetch(`${url}/metrics`)).status).toBe(404)
    expect((await fetch(`${url}/box.js`)).status).toBe(200)

    const write = async (visitor: string | null, key: string) => {
      const box = await connectVisitor({ url, siteKey, visitor })
      if (visitor === null) {
        box.send({ type: "open", language: "en", zone: "UTC" })
        await box.push(ofType("you"))
      }
      box.send({ type: "write", key, text: `Hello, ${key}`, page: null })
      await box.push(ofType("ack"))
      return box
    }
    const box = await write(null, "before-the-end")
    const [first] = relays
    const { ports } = first!
    expect(await first!.stop()).toBe(0)
    for (let n = 0; n < 10; n++) expect((await fetch(`${url}/health`)).status).toBe(200)
    const again = await write(box.visitor(), "after-the-end")
    const { messages } = await again.push(ofType("welcome")).then(({ box: shown }) => shown)
    expect(messages.map(({ text }) => text)).toContain("Hello, before-the-end")
    await Promise.all([box.close(), again.close()])
    relays[0] = await start("one", ports)
  }

  test("nginx", async () => {
    jail = openJail("nginx")
    const [port = 0] = await freePorts(1)
    const site = deploy("nginx.conf")
      .replace(
        / {2}server 127.*\n {2}# server 127.*\n/,
        relays.map(({ ports }) => `  server 127.0.0.1:${ports.http} max_fails=1 fail_timeout=2s;\n`).join(""),
      )
      .replace("listen 443 ssl http2;", `listen 127.0.0.1:${port};`)
      .replace(/ {2}listen \[::\].*\n| {2}ssl_.*\n/g, "")
    jail.write("porchlight.conf", site)
    const conf = jail.write(
      "nginx.conf",
      `daemon off; user root; worker_processes 1; pid ${jail.folder}/pid; error_log stderr;\nevents {}\nhttp {\n  access_log off;\n  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${jail.folder}/${name};`).join(" ")}\n  include ${jail.folder}/porchlight.conf;\n}\n`,
    )
    expect(await jail.run("/usr/sbin/nginx", ["-t", "-c", conf])).toMatchObject({ code: 0 })
    jail.start("/usr/sbin/nginx", ["-c", conf])
    await tryFront(`http://127.0.0.1:${port}`)
  })

  test("Caddy", async () => {
    jail = openJail("caddy")
    const [port = 0] = await freePorts(1)
    const file = jail.write(
      "Caddyfile",
      `{\n\tadmin off\n}\n${deploy("Caddyfile")}`
        .replace("{$PORCHLIGHT_HOST}", `http://127.0.0.1:${port}`)
        .replace(
          "{$PORCHLIGHT_RELAYS:127.0.0.1:8420}",
          relays.map(({ ports }) => `127.0.0.1:${ports.http}`).join(" "),
        ),
    )
    jail.start("/usr/bin/caddy", ["run", "--adapter", "caddyfile", "--config", file])
    await tryFront(`http://127.0.0.1:${port}`)
  })
})

test("Prometheus understands the alarms, and they go off when they should", async () => {
  jail = openJail("prometheus")
  jail.write("alerts.yml", deploy("alerts.yml"))
  const config = jail.write("prometheus.yml", deploy("prometheus.yml"))
  expect(await jail.run("/usr/bin/promtool", ["check", "config", config])).toMatchObject({ code: 0 })
  const cases = jail.write(
    "cases.yml",
    `rule_files: [alerts.yml]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - { series: 'porchlight_queue_age_seconds{instance="a"}', values: "1000x20" }
      - { series: 'porchlight_queue_age_seconds{instance="b"}', values: "600x20" }
      - { series: 'up{job="porchlight",instance="a"}', values: "1 1 0x20" }
      - { series: 'porchlight_store_errors_total{code="store-full",instance="a"}', values: "0+3x20" }
      - { series: 'porchlight_decision_lateness_seconds{instance="a"}', values: "2x20" }
    alert_rule_test:
      - alertname: PorchlightQueueOld
        eval_time: 3m
      - alertname: PorchlightQueueOld
        eval_time: 6m
        exp_alerts:
          - exp_labels: { severity: ticket, instance: a }
            exp_annotations:
              summary: The oldest mail waits for 16m 40s
              what: porchlight queue list says for what; porchlight doctor whether the way out is open.
      - alertname: PorchlightDecisionsLate
        eval_time: 10m
    promql_expr_test:
      - expr: count(ALERTS{alertstate="firing"})
        eval_time: 10m
        exp_samples: [{ value: 3 }]
`,
  )
  const tested = await jail.run("/usr/bin/promtool", ["test", "rules", cases])
  expect(tested, tested.output).toMatchObject({ code: 0 })
})

test("systemd understands the unit", async () => {
  jail = openJail("systemd")
  // What it starts has to be there to be verified.
  const program = jail.write("porchlight", "#!/bin/sh\n", "root", 0o755)
  const env = jail.write("porchlight.env", deploy("porchlight.env.example"))
  const unit = deploy("porchlight.service")
    .replace("/opt/porchlight/bin/porchlight", program)
    .replace("/etc/porchlight.env", env)
    .replace("WorkingDirectory=/opt/porchlight", `WorkingDirectory=${jail.folder}`)
  const file = jail.write("porchlight.service", unit)
  const verified = await jail.run("/usr/bin/systemd-analyze", ["verify", "--man=no", file])
  expect(verified.output.split("\n").filter((line) => line.includes("porchlight"))).toEqual([])
  const wrong = jail.write(
    "wrong/porchlight.service",
    unit.replace("ProtectSystem=strict", "ProtectSystem=perhaps"),
  )
  const said = await jail.run("/usr/bin/systemd-analyze", ["verify", "--man=no", wrong])
  expect(said.output).toContain("Failed to parse protect system")
})
