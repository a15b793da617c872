/** What attachments are called, as it may be shown, put into a header and saved: senders write anything there. */

/** Characters, the ending among them: file systems take 255 bytes, and a character has at most four. */
const MAX_NAME = 60

/** Endings of what often comes without a name. */
const ENDINGS: Record<string, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/heic": "heic",
  "application/pdf": "pdf",
  "text/plain": "txt",
  "text/html": "html",
  "text/calendar": "ics",
  "text/vcard": "vcf",
  "message/rfc822": "eml",
  "application/zip": "zip",
  "application/pgp-signature": "asc",
  "application/pkcs7-signature": "p7s",
}

/** What shows nothing, turns the direction of what follows (`exe.gnp` read as `png.exe`), or ends a line. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\ufffc]/gu

/** Names that Windows gives to devices. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/**
 * A file's name made of what a mail calls an attachment: no path, nothing unseen, nothing that a file system
 * or a shell takes for something else; at most 60 characters, the ending kept. The `n`-th of its mail is called
 * so by its type where nothing is left.
 */
export const safeName = (given: string | null, type: string, n: number): string => {
  const last = (given ?? "").normalize("NFC").split(/[/\\]/).at(-1) ?? ""
  const plain = last
    .replace(UNSEEN, "")
    .replace(/\s+/g, " ")
    .replace(/[<>:"|?*%&;$`']/g, "_")
    .replace(/^[\s.-]+|[\s.]+$/g, "")
  const name = shortened(plain)
  if (name === "")
    return `${type.startsWith("image/") ? "image" : "attachment"}-${n}.${ENDINGS[type] ?? "bin"}`
  return DEVICE.test(name) ? `_${name}` : name
}

const shortened = (name: string): string => {
  const characters = [...name]
  if (characters.length <= MAX_NAME) return name
  const ending = /\.[^.\s]{1,10}$/u.exec(name)?.[0] ?? ""
  return (
    characters
      .slice(0, MAX_NAME - 1 - [...ending].length)
      .join("")
      .trimEnd() +
    "…" +
    ending
  )
}

/** A media type as it may be kept: lowercase, without parameters. */
export const safeType = (given: string): string => {
  const type = given.trim().toLowerCase()
  return /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type) ? type : "application/octet-stream"
}
