/**
 * Why a device is not reached by push: its push service has forgotten it (`gone`), did not take what was sent
 * (`refused`), was not there (`unreached`), or is in a private network (`private`).
 */
export type PushFailure = "gone" | "refused" | "unreached" | "private"

/** What a push service, or the way to it, made of a push. */
export type PushResult =
  | { kind: "sent" }
  /** `gone` and `refused` for good; else it may work later. `answer`: what was said, for people to read. */
  | { kind: "failed"; failure: PushFailure; later: boolean; answer: string }

/** The label of a tab names the browser as its extension's does: `Chrome on Linux (tab)`, `Chrome on Linux`. */
export const isSameBrowser = (tab: string, extension: string): boolean =>
  tab.replace(/ \(tab\)$/, "") === extension
