import { BoxView } from "../../relay/chatbox/box.tsx"
import { type Box, startBox } from "../../relay/chatbox/state.ts"
import { loadWords } from "../../relay/chatbox/words.ts"
import type { BoxMessage } from "../../shared/protocol/views.ts"
import type { GroupId } from "../../shared/words/ids.ts"
import type { BoxLook } from "../../shared/words/look.ts"
import { HOUR } from "../../shared/words/time.ts"
import { AT } from "./samples.ts"
import { Specimen, showSpecimens } from "./specimen.tsx"

/** The chat box in every state: closed and open, as it stands on a page. */

const words = await loadWords("en")
const nothing = (): void => undefined
const acts = {
  ...{ open: nothing, close: nothing, write: nothing, retry: nothing, change: nothing, choose: nothing },
  ...{ discard: nothing, leave: nothing, draft: nothing, rate: nothing, copy: nothing },
}
const files = {
  held: [],
  add: nothing,
  remove: nothing,
  take: () => [],
  load: () => Promise.resolve(new Blob()),
}

const said = (seq: number, author: BoxMessage["author"], text: string): BoxMessage => ({
  seq,
  author,
  name: author === "agent" ? "Anna" : null,
  text,
  at: AT + seq * 1000,
  attachments: [],
})
const TALK = [
  said(1, "visitor", "Does it stand salt air?"),
  said(2, "bot", "One moment, please: we are busy."),
  said(3, "agent", "It does: see https://lamplight.example/evening"),
]

const base: Box = {
  ...startBox({ visitor: "vi.x", seenSeq: 3, outbox: [] }),
  ...{ link: "live", light: true, siteName: "Lamplight", siteLanguage: "en", introduced: true },
}
const open: Box = { ...base, open: true }
const GROUPS: Box["groups"] = [
  { id: "gr_1" as GroupId, name: "Sales", on: true },
  { id: "gr_2" as GroupId, name: "Returns", on: false },
]
const outgoing = (state: "waiting" | "failed") => ({
  ...{ key: state, text: "Yes, please!", page: null, at: AT, afterSeq: 3, state, why: null },
})

const STATES: [name: string, box: Box][] = [
  ["closed, light on", base],
  ["closed, light off", { ...base, light: false }],
  ["closed, an answer waits", { ...base, messages: TALK, seenSeq: 2 }],
  ["open, light on", open],
  ["open, light off", { ...open, light: false }],
  ["open, hours are closed", { ...open, light: false, opensAt: Date.now() + 14 * HOUR }],
  ["talk", { ...open, messages: TALK }],
  ["somebody is writing", { ...open, messages: TALK, typing: "Anna" }],
  [
    "on its way, and not sent",
    { ...open, messages: TALK, outbox: [outgoing("waiting"), outgoing("failed")] },
  ],
  ["connection lost", { ...open, link: "lost", messages: TALK }],
  ["asks for an address", { ...open, light: false, messages: TALK.slice(0, 1) }],
  ["address refused", { ...open, light: false, messages: TALK.slice(0, 1), contactRefused: true }],
  ["address left", { ...open, light: false, messages: TALK.slice(0, 1), address: "vera@visitor.example" }],
  ["choice of group", { ...open, groups: GROUPS, choosing: true }],
  ["closed conversation", { ...open, messages: TALK, after: { ...open.after, ended: true } }],
]

const look: BoxLook = { rates: true, transcripts: true }

showSpecimens(
  STATES.map(([name, box]) => (
    <Specimen key={name} name={name}>
      <div class={box.open ? "stage" : "stage closed"}>
        <BoxView {...{ box, words, look, files, acts }} full={false} draft="" onRoom={nothing} />
      </div>
    </Specimen>
  )),
)
