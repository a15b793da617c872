import { createHash, timingSafeEqual } from "node:crypto"
import { Refusal } from "../../shared/words/refusals.ts"

/** The bearer token of an `Authorization` header (RFC 6750 2.1); Refusal `not-signed-in` when there is none. */
export const bearerOf = (authorization: string | undefined): string => {
  const token = /^Bearer ([\w.~+/=-]{1,256})$/i.exec(authorization ?? "")?.[1]
  if (token === undefined)
    throw new Refusal("not-signed-in", "sign in first: the request carries no bearer token")
  return token
}

/** Carries the set-up key: a header, as addresses end up in logs and histories. */
export const KEY_HEADER = "X-Porchlight-Key"

/** Compares secrets in a time that does not depend on where they differ. */
const sameSecret = (given: string, kept: string): boolean =>
  timingSafeEqual(createHash("sha256").update(given).digest(), createHash("sha256").update(kept).digest())

/** Refuses a set-up key that is not the relay's. */
export const checkKey = (given: string, kept: string): void => {
  if (!sameSecret(given, kept))
    throw new Refusal(
      "forbidden",
      "the key in the link is not this relay's: open the link that it prints at start",
    )
}
