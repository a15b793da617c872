import { useState } from "preact/hooks"
import type { WebhookView } from "../../../../shared/protocol/record-views.ts"
import { CHOSEN_EVENTS, type WebhookEvent } from "../../../../shared/words/webhooks.ts"
import { wrongName } from "../checks.ts"
import { useAdmin } from "../context.ts"
import { same } from "../draft.ts"
import { Dialog } from "../kit/dialog.tsx"
import { Field, Several } from "../kit/field.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { hasFields } from "../trouble.ts"
import { useWork } from "../use-form.ts"
import type { SayWebhooks } from "./view.tsx"

/** A new webhook, or another name, address or choice of events of one that is there. */
export const WebhookForm = ({
  words,
  webhook,
  onMade,
  onClose,
}: {
  words: SayWebhooks
  /** Null: a new one. */
  webhook: WebhookView | null
  onMade: (secret: string) => void
  onClose: () => void
}) => {
  const { api, say } = useAdmin()
  const first = {
    name: webhook?.name ?? "",
    url: webhook?.url ?? "",
    events: webhook?.events ?? ([...CHOSEN_EVENTS] as WebhookEvent[]),
  }
  const [value, setValue] = useState(first)
  const [tried, setTried] = useState(false)
  const { busy, trouble, work } = useWork()
  const wrong = {
    name: wrongName(say, value.name),
    url:
      /^https?:\/\/[^/\s]/.test(value.url.trim()) && URL.canParse(value.url) ? undefined : words("wrong.url"),
    events: value.events.length === 0 ? words("wrong.events") : undefined,
  }
  const refused =
    trouble?.why === "private" || trouble?.why === "unknown" || trouble?.why === "form"
      ? words(`refused.${trouble.why}`)
      : undefined
  const shown = tried ? wrong : { name: undefined, url: undefined, events: undefined }

  const save = async (): Promise<void> => {
    setTried(true)
    if (wrong.name ?? wrong.url ?? wrong.events) return
    const given = { ...value, url: value.url.trim() }
    if (webhook === null) {
      await work(async () => onMade((await api.addWebhook(given)).secret))
      return
    }
    if (await work(async () => void (await api.saveWebhook(webhook.id, given)))) onClose()
  }

  return (
    <Dialog
      title={webhook === null ? words("add") : words("change.of", { name: webhook.name })}
      unsaved={!same(value, first)}
      onClose={onClose}
    >
      <form
        class="admin-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field
          label={say("name")}
          hint={words("name.hint")}
          error={shown.name ?? trouble?.fields.name}
          value={value.name}
          autocomplete="off"
          onInput={(event) => setValue({ ...value, name: event.currentTarget.value })}
        />
        <Field
          label={words("url")}
          hint={words("url.hint")}
          error={shown.url ?? refused ?? trouble?.fields.url}
          value={value.url}
          inputMode="url"
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => setValue({ ...value, url: event.currentTarget.value })}
        />
        <Several
          label={words("events")}
          none=""
          options={CHOSEN_EVENTS.map((event) => ({
            id: event as WebhookEvent,
            name: words(`event.${event}`),
          }))}
          chosen={value.events}
          onChoose={(events) => setValue({ ...value, events })}
        />
        {shown.events === undefined ? null : (
          <p class="notice small" data-kind="bad" role="alert">
            {shown.events}
          </p>
        )}
        {hasFields(trouble) || refused !== undefined ? null : <TroubleLine trouble={trouble} />}
        <div class="admin-deeds">
          <button type="submit" class="button primary" disabled={busy}>
            {webhook === null ? words("add") : say("save")}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {say("cancel")}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
