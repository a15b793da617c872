import { useCallback, useEffect, useState } from "preact/hooks"
import { momentIn } from "../../../../shared/i18n/formatter.ts"
import type { DestinationView } from "../../../../shared/protocol/views.ts"
import type { DeliveryOutcome } from "../../../../shared/words/outcomes.ts"
import type { AdminApi } from "../api.ts"
import { TroubleLine } from "../kit/save.tsx"
import { MAILS, useNews } from "../kit/use-news.ts"
import { useWork } from "../use-form.ts"
import type { MailHealthWords } from "./words.ts"

/** How the addresses fare that mail of the account goes to: what is wrong, and what stands in for them. */
export const Destinations = ({ api, told }: { api: AdminApi; told: MailHealthWords }) => {
  const { say } = told
  const { busy, trouble, work } = useWork()
  const { listed, look } = useDestinations(api)
  if (listed === null || listed.destinations.length === 0) return null
  const choose = (address: string, fallback: string | null): void =>
    void work(async () => {
      await api.setFallback(address, fallback)
      look()
    })
  const rows = (all: readonly DestinationView[]) => (
    <ul class="mail-health-destinations">
      {all.map((row) => (
        <Row
          key={row.address}
          row={row}
          targets={listed.targets.filter((one) => one !== row.address)}
          busy={busy}
          told={told}
          choose={choose}
        />
      ))}
    </ul>
  )
  const wrong = listed.destinations.filter(({ failingSince }) => failingSince !== null)
  const fine = listed.destinations.filter(({ failingSince }) => failingSince === null)
  return (
    <section class="card admin-form" aria-labelledby="mail-health-destinations">
      <div>
        <h2 id="mail-health-destinations">{say("dest.title")}</h2>
        <p class="soft">{say("dest.lead")}</p>
      </div>
      {wrong.length === 0 ? null : rows(wrong)}
      {fine.length === 0 ? null : (
        <details class="mail-health-fine">
          <summary>{say("dest.fine", { count: fine.length })}</summary>
          {rows(fine)}
        </details>
      )}
      <TroubleLine trouble={trouble} />
    </section>
  )
}

type Listed = Awaited<ReturnType<AdminApi["destinations"]>>

/** Read anew whenever a mail has arrived or failed. */
const useDestinations = (api: AdminApi) => {
  const [listed, setListed] = useState<Listed | null>(null)
  const [turn, setTurn] = useState(0)
  const look = useCallback(() => setTurn((before) => before + 1), [])
  // `turn` is not read: with another it is to be asked anew.
  useEffect(() => {
    const away = new AbortController()
    // Not reached: what was read last stays; the screen itself says so where it matters.
    api.destinations(away.signal).then(setListed, () => undefined)
    return () => away.abort()
  }, [api, turn])
  useNews(api, MAILS, look)
  return { listed, look }
}

const DEEDS: Partial<
  Record<DeliveryOutcome, "dest.todo.mailbox-full" | "dest.todo.address-wrong" | "dest.todo.domain-blocked">
> = {
  "mailbox-full": "dest.todo.mailbox-full",
  "address-wrong": "dest.todo.address-wrong",
  "domain-blocked": "dest.todo.domain-blocked",
}

const Row = ({
  row,
  targets,
  busy,
  told: { say, language },
  choose,
}: {
  row: DestinationView
  targets: readonly string[]
  busy: boolean
  told: MailHealthWords
  choose: (address: string, fallback: string | null) => void
}) => {
  const { address, failing, failingSince, failures, lastFailure, fallback } = row
  const state = failing ? "failing" : failingSince === null ? "ok" : "failed"
  const whose = [
    ...row.agents.map(({ name }) => name),
    ...row.inboxes.map((group) => (group === "" ? say("dest.inbox") : say("dest.group-inbox", { group }))),
  ]
  const all = [...new Set([...(fallback ? [fallback.address] : []), ...targets])]
  return (
    <li class="mail-health-destination" data-state={state}>
      <p class="mail-health-to">
        <strong class="admin-breaking">{address}</strong>
        <span class="pill" data-kind={failing ? "bad" : failingSince === null ? "good" : "warn"}>
          {say(`dest.${state}`)}
        </span>
      </p>
      <p class="small soft admin-breaking">{whose.join(" · ")}</p>
      {lastFailure === null || failingSince === null ? null : (
        <>
          <p>
            {say(`why.${lastFailure.outcome}`)}{" "}
            {say("dest.since", { time: momentIn(failingSince, language) })}{" "}
            {failures === 0 ? null : say("dest.count", { count: failures })}
          </p>
          <p class="mail-health-answer">
            <code>{lastFailure.answer}</code>
          </p>
          <p>{say(DEEDS[lastFailure.outcome] ?? "dest.todo.other")}</p>
        </>
      )}
      {all.length === 0 ? null : (
        <label class="mail-health-fallback">
          <span class="small">{say("dest.fallback")}</span>
          <select
            aria-label={say("dest.fallback.of", { address })}
            disabled={busy}
            value={fallback?.address ?? ""}
            onChange={(event) => choose(address, event.currentTarget.value || null)}
          >
            <option value="">{say("dest.fallback.none")}</option>
            {all.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
          {failing && fallback ? <span class="small soft">{say("dest.fallback.used")}</span> : null}
        </label>
      )}
    </li>
  )
}
