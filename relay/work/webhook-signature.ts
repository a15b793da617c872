import { createHmac } from "node:crypto"

/**
 * The headers of a message to a webhook, as Standard Webhooks has them: its id, when it was sent (seconds since
 * 1970), and for each secret a signature of both and the body.
 */
export const webhookHeaders = (
  { id, seconds, body }: { id: string; seconds: number; body: string },
  secrets: readonly string[],
): Record<string, string> => ({
  "Content-Type": "application/json",
  "User-Agent": "Porchlight",
  "webhook-id": id,
  "webhook-timestamp": String(seconds),
  "webhook-signature": secrets.map((secret) => `v1,${sign(secret, `${id}.${seconds}.${body}`)}`).join(" "),
})

const sign = (secret: string, text: string): string =>
  createHmac("sha256", Buffer.from(secret.replace(/^whsec_/, ""), "base64"))
    .update(text)
    .digest("base64")
