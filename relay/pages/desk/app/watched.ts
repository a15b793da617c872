import { useEffect, useState } from "preact/hooks"

/** A value that others look at; whoever listens hears of each change. */
export interface Watched<T> {
  get(): T
  listen(changed: () => void): () => void
}

export interface Changing<T> extends Watched<T> {
  set(value: T): void
}

export const changing = <T>(first: T): Changing<T> => {
  let value = first
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (next) => {
      value = next
      for (const listener of listeners) listener()
    },
    listen: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
}

/** The value in a view, drawn again when it changes. */
export const useWatched = <T>(watched: Watched<T>): T => {
  const [value, setValue] = useState(watched.get)
  useEffect(() => {
    const follow = (): void => setValue(() => watched.get())
    follow()
    return watched.listen(follow)
  }, [watched])
  return value
}
