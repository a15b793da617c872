import "../record.css"
import { useCallback, useState } from "preact/hooks"
import { type Problem, problemOf } from "../../../../shared/desk/problem.ts"
import { momentIn, type Say } from "../../../../shared/i18n/formatter.ts"
import type { en } from "../../../../shared/i18n/webhooks/en.ts"
import type { WebhookView } from "../../../../shared/protocol/record-views.ts"
import type { SettingsView } from "../../../../shared/protocol/views.ts"
import type { Language } from "../../../../shared/words/nouns.ts"
import { SECOND } from "../../../../shared/words/time.ts"
import type { AdminApi } from "../api.ts"
import { useAdmin } from "../context.ts"
import { Confirm } from "../kit/dialog.tsx"
import { Head } from "../kit/page.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { useRepeat } from "../kit/use-repeat.ts"
import { useWords } from "../kit/use-words.ts"
import { useWork } from "../use-form.ts"
import { tellProblem } from "../words.ts"
import { Deliveries } from "./deliveries.tsx"
import { WebhookForm } from "./form.tsx"
import { ShowSecret } from "./secret.tsx"
import { WEBHOOK_WORDS } from "./words.ts"

export type SayWebhooks = Say<typeof en>

type Asking =
  | { what: "add" }
  | { what: "change" | "deliveries" | "rotate" | "remove"; webhook: WebhookView }
  | { what: "secret"; secret: string }

const LOOK_EVERY = 5 * SECOND

/** Programs that are told of what happens; follows how they fare. */
export const Webhooks = ({
  api,
  language,
}: {
  api: AdminApi
  settings: SettingsView
  language: Language
}) => {
  const words = useWords(WEBHOOK_WORDS, language)
  const { say } = useAdmin()
  const [webhooks, setWebhooks] = useState<WebhookView[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  const look = useCallback(
    async (signal?: AbortSignal) => {
      try {
        setWebhooks((await api.webhooks(signal)).webhooks)
        setProblem(null)
      } catch (error) {
        if (signal?.aborted !== true) setProblem(problemOf(error))
      }
    },
    [api],
  )
  useRepeat(LOOK_EVERY, look)
  if (words === null) return null
  const close = (): void => setAsking(null)
  const made = (secret: string): void => {
    setAsking({ what: "secret", secret })
    void look()
  }
  return (
    <>
      <Head
        title={words("title")}
        lead={words("lead")}
        deed={
          <button type="button" class="button primary" onClick={() => setAsking({ what: "add" })}>
            {words("add")}
          </button>
        }
      />
      {problem === null ? null : (
        <p class="notice" data-kind="bad" role="alert">
          {tellProblem(say, problem)}
        </p>
      )}
      {webhooks === null ? (
        problem === null && <p role="status">{words("reading")}</p>
      ) : webhooks.length === 0 ? (
        <p class="card soft">{words("none")}</p>
      ) : (
        <ul class="admin-cards">
          {webhooks.map((webhook) => (
            <Webhook
              key={webhook.id}
              webhook={webhook}
              words={words}
              language={language}
              onAsk={(what) => setAsking({ what, webhook })}
              onDone={look}
            />
          ))}
        </ul>
      )}
      {asking?.what === "add" ? (
        <WebhookForm words={words} webhook={null} onMade={made} onClose={close} />
      ) : asking?.what === "change" ? (
        <WebhookForm
          words={words}
          webhook={asking.webhook}
          onMade={made}
          onClose={() => {
            close()
            void look()
          }}
        />
      ) : asking?.what === "deliveries" ? (
        <Deliveries words={words} webhook={asking.webhook} language={language} onClose={close} />
      ) : asking?.what === "secret" ? (
        <ShowSecret words={words} secret={asking.secret} onClose={close} />
      ) : asking?.what === "rotate" ? (
        <Rotate words={words} webhook={asking.webhook} onMade={made} onClose={close} />
      ) : asking?.what === "remove" ? (
        <Remove
          words={words}
          webhook={asking.webhook}
          onClose={() => {
            close()
            void look()
          }}
        />
      ) : null}
    </>
  )
}

/** Why nothing arrives, in words where there are any of ours. */
export const tellWhy = (words: SayWebhooks, why: string): string =>
  why === "private" || why === "unknown" || why === "form" || why === "timeout" ? words(`why.${why}`) : why

const Webhook = ({
  webhook,
  words,
  language,
  onAsk,
  onDone,
}: {
  webhook: WebhookView
  words: SayWebhooks
  language: Language
  onAsk: (what: "change" | "deliveries" | "rotate" | "remove") => void
  onDone: () => Promise<void>
}) => {
  const { api, say } = useAdmin()
  const { busy, trouble, work } = useWork()
  const { id, name, url, active, stoppedAt, stoppedWhy, failingSince, oldSecretUntil } = webhook
  const when = (at: number): string => momentIn(at, language)
  const state = active
    ? failingSince === null
      ? { kind: "good", text: words("state.on") }
      : { kind: "warn", text: words("state.failing", { when: when(failingSince) }) }
    : stoppedWhy === null
      ? { kind: undefined, text: words("state.off") }
      : { kind: "bad", text: words("state.stopped") }
  const press = (deed: () => Promise<unknown>): void =>
    void work(async () => {
      await deed()
      await onDone()
    })
  return (
    <li class="card record-hook">
      <div class="record-change-head">
        <h2 class="admin-breaking">
          <bdi>{name}</bdi>
        </h2>
        <span class="pill" data-kind={state.kind}>
          {state.text}
        </span>
      </div>
      <p class="small admin-breaking">
        <bdi>{url}</bdi>
      </p>
      <p class="small soft">{words("count", { count: webhook.events.length })}</p>
      {stoppedAt === null || stoppedWhy === null || active ? null : (
        <p class="notice small" data-kind="bad">
          {words("stopped", { when: when(stoppedAt), why: tellWhy(words, stoppedWhy) })}
        </p>
      )}
      {oldSecretUntil === null ? null : (
        <p class="small soft">{words("secret.old", { when: when(oldSecretUntil) })}</p>
      )}
      <TroubleLine trouble={trouble} />
      <div class="admin-deeds">
        <button type="button" class="button small" onClick={() => onAsk("deliveries")}>
          {words("deliveries")}
        </button>
        <button
          type="button"
          class="button small"
          disabled={busy}
          onClick={() => {
            press(() => api.testWebhook(id))
            onAsk("deliveries")
          }}
        >
          {words("test")}
        </button>
        <button
          type="button"
          class="button small"
          aria-label={words("change.of", { name })}
          onClick={() => onAsk("change")}
        >
          {say("change")}
        </button>
        <button
          type="button"
          class="button small"
          disabled={busy}
          onClick={() => press(() => api.saveWebhook(id, { active: !active }))}
        >
          {words(active ? "off" : "on")}
        </button>
        <button type="button" class="button small quiet" onClick={() => onAsk("rotate")}>
          {words("rotate")}
        </button>
        <button type="button" class="button small quiet" onClick={() => onAsk("remove")}>
          {words("remove")}
        </button>
      </div>
    </li>
  )
}

const Rotate = ({
  words,
  webhook,
  onMade,
  onClose,
}: {
  words: SayWebhooks
  webhook: WebhookView
  onMade: (secret: string) => void
  onClose: () => void
}) => {
  const { api } = useAdmin()
  const { busy, trouble, work } = useWork()
  return (
    <Confirm
      title={words("rotate.title")}
      deed={words("rotate.go")}
      busy={busy}
      onDo={() => void work(async () => onMade((await api.rotateWebhook(webhook.id)).secret))}
      onClose={onClose}
    >
      <p>{words("rotate.what")}</p>
      <TroubleLine trouble={trouble} />
    </Confirm>
  )
}

const Remove = ({
  words,
  webhook,
  onClose,
}: {
  words: SayWebhooks
  webhook: WebhookView
  onClose: () => void
}) => {
  const { api } = useAdmin()
  const { busy, trouble, work } = useWork()
  const remove = async (): Promise<void> => {
    if (await work(async () => void (await api.removeWebhook(webhook.id)))) onClose()
  }
  return (
    <Confirm
      title={words("remove.title", { name: webhook.name })}
      deed={words("remove.go")}
      busy={busy}
      onDo={() => void remove()}
      onClose={onClose}
    >
      <p>{words("remove.what")}</p>
      <TroubleLine trouble={trouble} />
    </Confirm>
  )
}
