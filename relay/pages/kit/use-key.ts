import { useEffect, useState } from "preact/hooks"
import { keyIn } from "./key.ts"

/** The key in the page's address, followed when somebody pastes another. */
export const useKey = (): string | null => {
  const [key, setKey] = useState(() => keyIn(location.hash))
  useEffect(() => {
    const follow = (): void => setKey(keyIn(location.hash))
    addEventListener("hashchange", follow)
    return () => removeEventListener("hashchange", follow)
  }, [])
  return key
}
