import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const cs: Catalogue<typeof en> = {
  "app.name": "Aplikace Porchlight",
  "app.description": "Odpovídejte návštěvníkům a ukazujte, zda tu někdo je.",
  "message.title": "{visitor} · {site}",
  "message.unnamed": "Návštěvník · {site}",
  "test.title": "Upozornění sem chodí",
  "test.text": "O nových zprávách pro {account} se na tomto zařízení dozvíte.",
}
