/** What a look at a page says about the tag of a site's chat box. */
export const TAG_FINDINGS = [
  /** It is there, with the right key, and nothing forbids it. */
  "found",
  "missing",
  /** A tag with another site's key, or with one that nobody has. */
  "other-key",
  /** It loads the box from another relay. */
  "other-relay",
  /** The page's origin is not among those that may show the box. */
  "origin-not-listed",
  /** The page's Content-Security-Policy forbids the script, or the frame that it makes. */
  "csp-script",
  "csp-frame",
  /** It answered, but not with a page. */
  "not-a-page",
  /** It did not answer, or the relay does not ask there. */
  "unreachable",
] as const
export type TagFinding = (typeof TAG_FINDINGS)[number]
