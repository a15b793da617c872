import { en } from "../../shared/i18n/mail-health/en.ts"
import { tellFinding } from "../../shared/i18n/mail-health/tell.ts"
import { type Finding, isTrouble } from "../../shared/words/findings.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Patient } from "../mail/doctor/examine.ts"
import { openResolver } from "../mail/resolver.ts"
import { lookInside } from "../settings/inside.ts"
import { patientOf } from "../settings/patient.ts"
import { EXIT } from "../start-error.ts"
import { type Command, none, type Opened, readArgs, withNewStore } from "./command.ts"
import { plain } from "./print.ts"
import { asAddress, chooseDomains, signingKeys } from "./values.ts"

/** `porchlight doctor`: looks whether mail finds the relay, leaves it and is trusted. */
export const doctor: Command = {
  name: "doctor",
  summary: "look whether mail finds the relay, leaves it and is trusted, and the relay keeps up",
  help: `usage: porchlight doctor [--domain DOMAIN] [--probe ADDRESS] [--json]

Resolves each record that “porchlight dns” prints, and says whether it is right, wrong (what it is, what it should be,
what to do) or missing; the same of the address's name (PTR), the certificate, the mail server, the way out, the
queue, the disk, the clock, the store and the relays that run. Works while the relay runs and when it does not; nothing
is sent, and nothing changed but a row of the store's own, to see how long a commit takes.
  --domain  the records of this domain only
  --probe   with PORCHLIGHT_OUTBOUND=mx: also whether the server of this address can be reached

Exit code 0: nothing needs to be done; 1: something does.

examples:
  porchlight doctor
  porchlight doctor --probe somebody@example.com`,
  run: (args, io) => {
    const { values, positionals } = readArgs(args, {
      domain: { type: "string" },
      probe: { type: "string" },
      json: { type: "boolean", default: false },
    })
    none(positionals)
    const probe = asAddress("probe", values.probe) ?? null
    return withNewStore(io, async (opened) => {
      const resolve = openResolver(opened.config.dns)
      // Only here: it brings much along, which a relay that runs has no use for.
      const { examine, policyReader } = await import("../mail/doctor/examine.ts")
      const patient = await patientNow(opened, values.domain, probe, io.elapsed)
      const findings = await examine(patient, {
        resolve,
        readPolicy: policyReader(resolve, opened.config.privateTargets),
      })
      io.out(values.json ? JSON.stringify(findings.map(told), null, 2) : report(findings))
      return findings.some(isTrouble) ? EXIT.refused : EXIT.ok
    })
  },
}

const patientNow = async (
  opened: Opened,
  domain: string | undefined,
  probe: string | null,
  elapsed: (() => Millis) | undefined,
): Promise<Patient> => {
  const { config, store, clock } = opened
  const now = clock.now()
  const keys = await signingKeys(opened)
  const { lastSign, ...queue } = await store.run("readMailHealth", { accountId: null }, now)
  const offset = store.dialect === "postgres" ? store.clockOffset : null
  const domains = await chooseDomains(opened, domain)
  const inside = await lookInside(store, now, elapsed)
  return patientOf(config, { domains, keys, now, queue, clock: { offset, lastSign }, ...inside, probe })
}

/** With its words, for programs that show it to people. */
const told = (finding: Finding) => ({ ...finding, ...tellFinding(en, "en", finding) })

const report = (findings: readonly Finding[]): string => {
  const trouble = findings.filter(isTrouble).length
  const sum =
    trouble === 0
      ? "Nothing needs to be done."
      : `${trouble} of ${findings.length} ${trouble === 1 ? "needs" : "need"} somebody's attention.`
  return [...findings.map(paragraph), sum].join("\n")
}

const WIDTH = Math.max(
  ...["right", "to know", "no answer", "missing", "optional", "wrong"].map((one) => one.length),
)

/** One line where all is well; else also how it is, how it should be, and what to do. */
const paragraph = (finding: Finding): string => {
  const { says, todo } = tellFinding(en, "en", finding)
  const { state, optional, subject, found, expected } = finding
  const word = state === "missing" && optional ? "optional" : en[`state.${state}`]
  const head = `${word.padEnd(WIDTH)}  ${en[`check.${finding.check}`]}${subject === "" ? "" : `: ${plain(subject)}`}`
  const indent = " ".repeat(WIDTH + 2)
  if (state === "right") return `${head}\n${indent}${plain(says)}`
  const lines = [
    plain(says),
    ...(found === null ? [] : [`found:  ${plain(found)}`]),
    ...(expected === null || state === "note" ? [] : [`wanted: ${plain(expected)}`]),
    ...(todo === null ? [] : [`→ ${plain(todo)}`]),
  ]
  return [head, ...lines.map((line) => indent + line)].join("\n")
}
