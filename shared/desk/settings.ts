import type { ProfileView } from "../protocol/views.ts"
import type { AgentId } from "../words/ids.ts"
import { Refusal } from "../words/refusals.ts"
import { smallSquare } from "./pictures.ts"
import type { CodeSent, DeskPort, ProfileChange, RedirectWish } from "./port.ts"

/** One's own settings, as the profile shows and changes them. All reject as the port does; nothing is kept here. */
export interface Settings {
  read(signal: AbortSignal): Promise<ProfileView>
  save(change: ProfileChange): Promise<void>
  /** Makes a picture small and takes it; null takes it away. Refusal `wrong-kind` for what is none. */
  setPicture(file: Blob | null): Promise<void>
  askDestination(address: string): Promise<CodeSent>
  confirmDestination(address: string, code: string): Promise<void>
  /** Redirects at once where the address is known to be read, else sends it a code: the answer is then until when it is good. */
  redirect(me: AgentId, wish: RedirectWish): Promise<CodeSent | null>
  confirmRedirect(me: AgentId, wish: RedirectWish, code: string): Promise<void>
  redirectOff(me: AgentId): Promise<void>
  setFallback(address: string, fallback: string | null): Promise<void>
}

/** `changed`: what the other screens show of it is read again. */
export const settingsOf = (port: DeskPort, changed: () => Promise<void>): Settings => ({
  read: (signal) => port.profile(signal),
  save: async (change) => {
    await port.saveProfile(change)
    await changed()
  },
  setPicture: async (file) => {
    await port.setPicture(file && (await smallSquare(file)))
    await changed()
  },
  askDestination: (address) => port.askDestination(address),
  confirmDestination: async (address, code) => {
    await port.confirmDestination(address, code)
    await changed()
  },
  redirect: async (me, wish) => {
    try {
      await port.setRedirect(me, wish)
      return null
    } catch (error) {
      if (error instanceof Refusal && error.code === "unverified") return port.askAddress(wish.address)
      throw error
    }
  },
  confirmRedirect: async (me, wish, code) => {
    await port.confirmAddress(wish.address, code)
    await port.setRedirect(me, wish)
  },
  redirectOff: (me) => port.setRedirect(me, null),
  setFallback: (address, fallback) => port.setFallback(address, fallback),
})
