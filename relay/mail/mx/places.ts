/** Connections to one server that relays on one database have together: each takes a place for each that it opens. */
export interface Places {
  /**
   * A place at this server. Null where none is free: at once when this relay has one there, or waits for one, already;
   * else after some seconds, or when `signal` says so.
   */
  take(server: string, signal: AbortSignal): Promise<Place | null>
  /** Calls back when others wait for places of this relay's: those of idle connections are asked whether they leave. */
  onWanted(listener: () => void): void
}

export interface Place {
  /** Whether its connection, which has taken so many mails, is to end now so that another relay has a turn. */
  leaves(mails: number): boolean
  /** Its connection has ended. */
  free(): void
}
