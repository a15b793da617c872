import { shownAs } from "../rules/file-kinds.ts"

/**
 * A file that somebody sent, as an answer. A stranger chose these bytes: no browser is to run or open them, whatever
 * they are and whatever it thinks. Pictures of a few kinds, as their own bytes say, may stand in a page; all else is
 * for saving.
 */
export const download = ({ name, bytes }: { name: string; bytes: Uint8Array }): Response => {
  const shown = shownAs(bytes)
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": shown ?? "application/octet-stream",
      "Content-Disposition": `${shown === null ? "attachment" : "inline"}; ${named(name)}`,
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
      "Cache-Control": "private, no-store",
    },
  })
}

/** The name is said twice (RFC 6266 4.3): in ASCII, and as it is. */
const named = (name: string): string =>
  `filename="${name.replace(/[^\x20-\x7e]|["\\%]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)}`
