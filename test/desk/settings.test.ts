import { describe, expect, it } from "vitest"
import { withIntentNow } from "../../shared/desk/intent-now.ts"
import type { DeskPort } from "../../shared/desk/port.ts"
import { settingsOf } from "../../shared/desk/settings.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { ME, toolbar } from "./samples.ts"

const WISH = { address: "info@lamps.example", mode: "instead-of" } as const

/** A port that knows these addresses as read by somebody, and remembers what it was asked. */
const portWith = (verified: string[]) => {
  const asked: unknown[] = []
  const port = {
    setRedirect: async (me: unknown, wish: typeof WISH | null) => {
      asked.push(["redirect", me, wish?.address ?? null])
      if (wish !== null && !verified.includes(wish.address)) throw new Refusal("unverified", "not read yet")
    },
    askAddress: async (address: string) => {
      asked.push(["code to", address])
      return { expiresAt: 9 }
    },
    confirmAddress: async (address: string, code: string) => {
      if (code !== "123456") throw new Refusal("code-wrong", "no")
      verified.push(address)
    },
  } as unknown as DeskPort
  return { asked, settings: settingsOf(port, async () => undefined) }
}

describe("a redirect", () => {
  it("to an address that is known to be read begins at once", async () => {
    const { asked, settings } = portWith([WISH.address])
    expect(await settings.redirect(ME, WISH)).toBeNull()
    expect(asked).toEqual([["redirect", ME, WISH.address]])
  })

  it("to any other begins with its code", async () => {
    const { asked, settings } = portWith([])
    expect(await settings.redirect(ME, WISH)).toEqual({ expiresAt: 9 })
    await expect(settings.confirmRedirect(ME, WISH, "000000")).rejects.toThrow("no")
    expect(asked.filter((one) => (one as string[])[0] === "redirect")).toHaveLength(1)
    await settings.confirmRedirect(ME, WISH, "123456")
    expect(asked.at(-1)).toEqual(["redirect", ME, WISH.address])
  })

  it("is switched off without asking anybody", async () => {
    const { asked, settings } = portWith([])
    await settings.redirectOff(ME)
    expect(asked).toEqual([["redirect", ME, null]])
  })
})

describe("what a status goes back to, until the relay has said it", () => {
  const { me } = toolbar()

  it("is the one that was there, or what that one goes back to", () => {
    const busy = withIntentNow(me, { intent: "busy", version: 2, until: 9 })
    expect(busy).toMatchObject({ intent: "busy", intentUntil: 9, intentBack: "available" })
    const away = withIntentNow(busy, { intent: "unavailable", version: 3, until: 20 })
    expect(away.intentBack).toBe("available")
    expect(withIntentNow(away, { intent: "busy", version: 4, until: null }).intentBack).toBeNull()
  })

  it("is not the same again where only the end was chosen", () => {
    const busy = withIntentNow(me, { intent: "busy", version: 2, until: null })
    expect(withIntentNow(busy, { intent: "busy", version: 3, until: 9 }).intentBack).toBeNull()
  })
})
