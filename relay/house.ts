import type { Actions } from "./actions/index.ts"
import type { Clock } from "./clock.ts"
import type { Config } from "./config.ts"
import type { Log } from "./log.ts"
import type { Store } from "./store/store.ts"

/** What every edge of a running relay is given; put together in build.ts. */
export interface House {
  config: Config
  clock: Clock
  log: Log
  store: Store<Actions>
  /** Names this process among several on one database. */
  relayId: string
}
