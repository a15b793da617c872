import { useCallback, useState } from "preact/hooks"
import { momentIn } from "../../../../shared/i18n/formatter.ts"
import type { WebhookDeliveryView, WebhookView } from "../../../../shared/protocol/record-views.ts"
import type { Language } from "../../../../shared/words/nouns.ts"
import { SECOND } from "../../../../shared/words/time.ts"
import { useAdmin } from "../context.ts"
import { Dialog } from "../kit/dialog.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { useRepeat } from "../kit/use-repeat.ts"
import { type Trouble, troubleOf } from "../trouble.ts"
import { useWork } from "../use-form.ts"
import { type SayWebhooks, tellWhy } from "./view.tsx"

const LOOK_EVERY = 2 * SECOND

const KINDS: Partial<Record<WebhookDeliveryView["state"], "good" | "warn" | "bad">> = {
  delivered: "good",
  failed: "bad",
  dropped: "warn",
}

/** What went to a webhook of late, with what it answered; follows what is under way. */
export const Deliveries = ({
  words,
  webhook,
  language,
  onClose,
}: {
  words: SayWebhooks
  webhook: WebhookView
  language: Language
  onClose: () => void
}) => {
  const { api } = useAdmin()
  const [deliveries, setDeliveries] = useState<WebhookDeliveryView[] | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const look = useCallback(
    async (signal?: AbortSignal) => {
      try {
        setDeliveries((await api.webhookDeliveries(webhook.id, signal)).deliveries)
        setTrouble(null)
      } catch (error) {
        if (signal?.aborted !== true) setTrouble(troubleOf(error))
      }
    },
    [api, webhook.id],
  )
  useRepeat(LOOK_EVERY, look)
  return (
    <Dialog title={words("deliveries.of", { name: webhook.name })} onClose={onClose}>
      <div class="admin-form">
        <TroubleLine trouble={trouble} />
        {deliveries === null ? (
          trouble === null && <p role="status">{words("reading")}</p>
        ) : deliveries.length === 0 ? (
          <p class="soft" role="status">
            {words("deliveries.none")}
          </p>
        ) : (
          <ul class="record-deliveries">
            {deliveries.map((one) => (
              <Delivery
                key={one.id}
                delivery={one}
                webhook={webhook}
                words={words}
                language={language}
                onDone={look}
              />
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  )
}

const Delivery = ({
  delivery,
  webhook,
  words,
  language,
  onDone,
}: {
  delivery: WebhookDeliveryView
  webhook: WebhookView
  words: SayWebhooks
  language: Language
  onDone: () => Promise<void>
}) => {
  const { api } = useAdmin()
  const { busy, trouble, work } = useWork()
  const { id, event, state, attempts, nextAt, status, answer, tookMs, createdAt } = delivery
  const facts = [
    momentIn(createdAt, language),
    words("tries", { count: attempts }),
    ...(state === "queued" && nextAt !== null && attempts > 0
      ? [words("next", { when: momentIn(nextAt, language) })]
      : []),
  ]
  return (
    <li>
      <div class="record-change-head">
        <h3>{words(`event.${event}`)}</h3>
        <span class="pill" data-kind={KINDS[state]}>
          {words(`delivery.${state}`)}
        </span>
      </div>
      <p class="small soft">{facts.join(" · ")}</p>
      {status !== null ? (
        <p class="small admin-breaking">{words("answer.status", { status, ms: tookMs ?? 0 })}</p>
      ) : answer === null ? null : (
        <p class="small admin-breaking">{words("answer.none", { why: tellWhy(words, answer) })}</p>
      )}
      {status !== null && answer ? (
        <p class="small soft admin-breaking">
          <bdi>{answer}</bdi>
        </p>
      ) : null}
      <details class="small">
        <summary>{words("body")}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the window is scrolled by keys too */}
        <pre tabIndex={0}>{pretty(delivery.body)}</pre>
      </details>
      <TroubleLine trouble={trouble} />
      {state === "queued" || state === "sending" ? null : (
        <button
          type="button"
          class="button small"
          disabled={busy}
          onClick={() =>
            void work(async () => {
              await api.sendWebhookAgain(webhook.id, id)
              await onDone()
            })
          }
        >
          {words("again")}
        </button>
      )}
    </li>
  )
}

const pretty = (body: string): string => JSON.stringify(JSON.parse(body), null, 2)
