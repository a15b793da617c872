import { useCallback, useEffect, useState } from "preact/hooks"
import { momentIn, timeIn } from "../../../../shared/i18n/formatter.ts"
import type { ProbeView } from "../../../../shared/protocol/mail-health-views.ts"
import type { DeliveryState } from "../../../../shared/words/nouns.ts"
import { SECOND } from "../../../../shared/words/time.ts"
import type { AdminApi } from "../api.ts"
import { Field } from "../kit/field.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { MAILS, useNews } from "../kit/use-news.ts"
import { useWork } from "../use-form.ts"
import type { MailHealthWords } from "./words.ts"

/** Sends a trial mail to any address, and shows what becomes of it as it happens. */
export const Probes = ({ api, told }: { api: AdminApi; told: MailHealthWords }) => {
  const { say } = told
  const { busy, trouble, work } = useWork()
  const [to, setTo] = useState("")
  const [sent, setSent] = useState(0)
  const { probes, look } = useProbes(api)
  const send = async (): Promise<void> => {
    if (!(await work(async () => void (await api.sendProbe(to.trim()))))) return
    setTo("")
    setSent((before) => before + 1)
    look()
  }
  return (
    <section class="card admin-form" aria-labelledby="mail-health-probe">
      <div>
        <h2 id="mail-health-probe">{say("probe.title")}</h2>
        <p class="soft">{say("probe.lead")}</p>
      </div>
      <form
        class="mail-health-send"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <Field
          // A new one after each: the browser would mark an emptied one as not filled in.
          key={sent}
          label={say("probe.to")}
          type="email"
          required
          autocomplete="off"
          maxLength={254}
          value={to}
          onInput={(event) => setTo(event.currentTarget.value)}
        />
        <button type="submit" class="button primary" disabled={busy}>
          {say(busy ? "probe.sending" : "probe.send")}
        </button>
      </form>
      <TroubleLine trouble={trouble} />
      {probes.length === 0 ? null : (
        <>
          <h3>{say("probe.past")}</h3>
          <ul class="mail-health-probes" aria-live="polite">
            {probes.map((probe) => (
              <Probe key={probe.id} probe={probe} told={told} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** Not every step of a mail is an event (that it is being sent is none), so it is also looked at while it goes. */
const PAUSE = 2 * SECOND

const useProbes = (api: AdminApi) => {
  const [probes, setProbes] = useState<ProbeView[]>([])
  const [turn, setTurn] = useState(0)
  const look = useCallback(() => setTurn((before) => before + 1), [])
  // `turn` is not read: with another it is to be asked anew.
  useEffect(() => {
    const away = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    api.probes(away.signal).then(
      (answer) => {
        setProbes(answer.probes)
        if (answer.probes.some(({ settledAt }) => settledAt === null)) timer = setTimeout(look, PAUSE)
      },
      () => {
        // Not reached, or no longer signed in: what was read last stays, and it is tried again.
        if (!away.signal.aborted) timer = setTimeout(look, PAUSE)
      },
    )
    return () => {
      away.abort()
      clearTimeout(timer)
    }
  }, [api, turn, look])
  useNews(api, MAILS, look)
  return { probes, look }
}

const KINDS: Partial<Record<DeliveryState, "good" | "warn" | "bad">> = {
  delivered: "good",
  captured: "good",
  held: "warn",
  failed: "bad",
  dropped: "bad",
}

const Probe = ({ probe, told }: { probe: ProbeView; told: MailHealthWords }) => {
  const { say, language } = told
  const { state, outcome, answer, note, attempts } = probe
  const done = state === "delivered" || state === "captured"
  return (
    <li class="mail-health-probe" data-state={state} data-kind={KINDS[state]}>
      <p class="mail-health-to">
        <strong class="admin-breaking">{say("probe.to-whom", { address: probe.to })}</strong>
        <span class="small soft">
          {momentIn(probe.at, language)}
          {attempts === 0 ? "" : ` · ${say("probe.attempts", { count: attempts })}`}
        </span>
      </p>
      <p>{stepOf(probe, told)}</p>
      {note === null ? null : <p class="admin-breaking">{say("probe.note", { note })}</p>}
      {answer === null ? null : (
        <p class="mail-health-answer">
          <code>{answer}</code>
        </p>
      )}
      {outcome === null || done ? null : <p>{say(`why.${outcome}`)}</p>}
      {state === "delivered" ? <p class="small soft">{say("probe.watch")}</p> : null}
    </li>
  )
}

const stepOf = ({ state, nextAt, bouncedAt, server, attempts }: ProbeView, told: MailHealthWords): string => {
  const { say, language } = told
  if (state === "queued")
    return attempts === 0 || nextAt === null
      ? say("probe.queued")
      : say("probe.deferred", { time: timeIn(nextAt, language) })
  if (state === "failed") return say(bouncedAt === null ? "probe.failed" : "probe.bounced")
  if (state === "delivered") return say("probe.delivered", { server: server ?? "" })
  return say(state === "sending" ? "probe.sent" : `probe.${state}`)
}
