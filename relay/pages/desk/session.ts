/** The bearer token of this browser, kept until signing out. The number is the format's version. */
const KEY = "porchlight.desk.session.1"

export interface Session {
  token: string
}

export const readSession = (storage: Storage): Session | null => {
  const token = storage.getItem(KEY)
  return token === null ? null : { token }
}

export const keepSession = (storage: Storage, session: Session): void => storage.setItem(KEY, session.token)

export const endSession = (storage: Storage): void => storage.removeItem(KEY)
