import type { GroupId } from "../../shared/words/ids.ts"
import type { NoticeKind } from "../../shared/words/nouns.ts"
import type { Judgement } from "./recipients.ts"

/** An audience: a live group, or (null) conversations without one. */
export interface Audience {
  groupId: GroupId | null
  group: string | null
}

/**
 * The audiences and kinds of notices of which nobody would remain to be told, as things stand. `judge` is the
 * decision itself (recipients.ts), with everything but audience and kind known to it.
 */
export const unreached = <Of extends Audience>(
  audiences: readonly Of[],
  kinds: readonly NoticeKind[],
  judge: (audience: Of, kind: NoticeKind) => Judgement,
): { groupId: GroupId | null; group: string | null; kind: NoticeKind }[] =>
  audiences.flatMap((audience) =>
    kinds
      .filter((kind) => judge(audience, kind).recipients.length === 0)
      .map((kind) => ({ groupId: audience.groupId, group: audience.group, kind })),
  )
