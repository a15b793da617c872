import { useEffect, useState } from "preact/hooks"
import { keepKey, keptKey, keyIn } from "./key.ts"

/**
 * The key in the page's address, followed when somebody pastes another; else the last one that was used in this
 * browser. `asked`: it stands in the address.
 */
export const useKey = (): { key: string | null; asked: boolean } => {
  const [asked, setAsked] = useState(() => keyIn(location.hash))
  useEffect(() => {
    const follow = (): void => setAsked(keyIn(location.hash))
    addEventListener("hashchange", follow)
    return () => removeEventListener("hashchange", follow)
  }, [])
  useEffect(() => {
    if (asked !== null) keepKey(asked)
  }, [asked])
  return { key: asked ?? keptKey(), asked: asked !== null }
}
