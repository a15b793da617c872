/**
 * What somebody is editing, and what it was made from. Others may change the same meanwhile:
 * a draft follows what is stored as long as that takes nothing away from the person.
 */
export interface Draft<T> {
  /** As it was stored when the draft was begun, or last followed. */
  base: T
  value: T
  /** Version of the settings at that time: what a save is made on. */
  version: number
}

export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

export const begin = <T>(stored: T, version: number): Draft<T> => ({ base: stored, value: stored, version })

export const isDirty = <T>({ base, value }: Draft<T>): boolean => !same(base, value)

/** Somebody else has changed what is being edited: a save on the old version is refused. */
export const isOvertaken = <T>(draft: Draft<T>, stored: T): boolean =>
  isDirty(draft) && !same(draft.base, stored) && !same(draft.value, stored)

/** The draft beside what is stored now: untouched it shows that, edited it stays, on the version it was made on. */
export const follow = <T>(draft: Draft<T>, stored: T, version: number): Draft<T> => {
  if (!isDirty(draft) || same(draft.value, stored)) return begin(stored, version)
  return same(draft.base, stored) ? { ...draft, version } : draft
}
