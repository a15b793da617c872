import { CopyLine } from "../../kit/copy.tsx"
import { Dialog } from "../kit/dialog.tsx"
import type { SayWebhooks } from "./view.tsx"

/** A new secret, this once. */
export const ShowSecret = ({
  words,
  secret,
  onClose,
}: {
  words: SayWebhooks
  secret: string
  onClose: () => void
}) => (
  <Dialog title={words("secret")} onClose={onClose}>
    <div class="admin-form">
      <p>{words("secret.once")}</p>
      <CopyLine id="webhook-secret" text={secret} />
      <div class="admin-deeds">
        <button type="button" class="button primary" onClick={onClose}>
          {words("done")}
        </button>
      </div>
    </div>
  </Dialog>
)
