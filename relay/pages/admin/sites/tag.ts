import type { GroupId } from "../../../../shared/words/ids.ts"

/**
 * The line that puts a site's chat box on its pages, as relay/http/snippet.ts has it; with a group, the box
 * shows that group's light, and what is written is for that group.
 */
export const tagOf = (relay: string, siteKey: string, groupId: GroupId | null): string =>
  `<script async src="${relay}/box.js" data-site="${siteKey}"${groupId === null ? "" : ` data-group="${groupId}"`}></script>`
