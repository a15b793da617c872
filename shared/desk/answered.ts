import { REFUSALS, Refusal, type RefusalCode } from "../words/refusals.ts"
import { Unreachable } from "./port.ts"

interface Body {
  error?: { code?: string; message?: string; facts?: Record<string, unknown> }
}

/** The error that an answer of the relay's stands for; a proxy's error page is something that was not reached. */
export const errorOf = (status: number, body: Body | null): Error => {
  const code = body?.error?.code
  if (code === "internal")
    return new Unreachable("broken", "the relay had an error of its own; its log says what")
  if (code === undefined || !(code in REFUSALS))
    return new Unreachable("not-a-relay", `the relay's address answered with status ${status}`)
  return new Refusal(code as RefusalCode, body?.error?.message ?? code, body?.error?.facts ?? {})
}
