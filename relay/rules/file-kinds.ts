import { PICTURES } from "../../shared/words/files.ts"
import { pixelsOf, says } from "./raster.ts"

/**
 * What a file is, by its content; what people or browsers call it is believed in nothing. The table is what may be
 * sent through the chat: programs, web pages, SVG and other markup are not in it. Nothing is unpacked.
 */

export interface FileKind {
  /** MIME type. */
  type: string
  /** Endings that a name may have for it; the first is put on where it has none of them. */
  endings: readonly [string, ...string[]]
}

type Test = (bytes: Uint8Array) => boolean

const begins =
  (...starts: readonly (readonly [number, string])[]): Test =>
  (bytes) =>
    starts.every(([at, text]) => says(bytes, at, text))

const any =
  (...tests: Test[]): Test =>
  (bytes) =>
    tests.some((test) => test(bytes))

/** ISO base media files say their brand (ISO/IEC 14496-12 4.3). */
const brand = (...brands: string[]): Test => any(...brands.map((one) => begins([4, "ftyp"], [8, one])))

const ZIP = "PK\x03\x04"
/** Name of a ZIP's first entry (APPNOTE 4.3.7). */
const firstEntry = (name: string): Test => begins([0, ZIP], [30, name])

/** Whether some text stands anywhere in the file: names of a ZIP's entries are not compressed. */
const holds =
  (text: string): Test =>
  (bytes) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(text, 0, "latin1")

const all =
  (...tests: Test[]): Test =>
  (bytes) =>
    tests.every((test) => test(bytes))

const office = (folder: string): Test =>
  all(any(firstEntry("[Content_Types].xml"), firstEntry("_rels/"), firstEntry("docProps/")), holds(folder))

const openDocument = (what: string): Test =>
  begins([0, ZIP], [30, `mimetypeapplication/vnd.oasis.opendocument.${what}`])

const KINDS: readonly (FileKind & { is: Test })[] = [
  { type: "image/png", endings: ["png"], is: begins([0, "\x89PNG\r\n\x1a\n"]) },
  { type: "image/jpeg", endings: ["jpg", "jpeg"], is: begins([0, "\xff\xd8\xff"]) },
  { type: "image/gif", endings: ["gif"], is: any(begins([0, "GIF87a"]), begins([0, "GIF89a"])) },
  { type: "image/webp", endings: ["webp"], is: begins([0, "RIFF"], [8, "WEBP"]) },
  {
    type: "image/heic",
    endings: ["heic", "heif"],
    is: brand("heic", "heix", "mif1", "msf1", "heim", "hevc"),
  },
  { type: "image/avif", endings: ["avif"], is: brand("avif", "avis") },
  { type: "image/tiff", endings: ["tiff", "tif"], is: any(begins([0, "II*\0"]), begins([0, "MM\0*"])) },
  { type: "application/pdf", endings: ["pdf"], is: begins([0, "%PDF-"]) },
  { type: "application/rtf", endings: ["rtf"], is: begins([0, "{\\rtf"]) },
  {
    type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    endings: ["docx"],
    is: office("word/"),
  },
  {
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    endings: ["xlsx"],
    is: office("xl/"),
  },
  {
    type: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    endings: ["pptx"],
    is: office("ppt/"),
  },
  { type: "application/vnd.oasis.opendocument.text", endings: ["odt"], is: openDocument("text") },
  {
    type: "application/vnd.oasis.opendocument.spreadsheet",
    endings: ["ods"],
    is: openDocument("spreadsheet"),
  },
  {
    type: "application/vnd.oasis.opendocument.presentation",
    endings: ["odp"],
    is: openDocument("presentation"),
  },
  { type: "application/zip", endings: ["zip"], is: any(begins([0, ZIP]), begins([0, "PK\x05\x06"])) },
  { type: "application/x-7z-compressed", endings: ["7z"], is: begins([0, "7z\xbc\xaf\x27\x1c"]) },
  { type: "application/vnd.rar", endings: ["rar"], is: begins([0, "Rar!\x1a\x07"]) },
  { type: "application/gzip", endings: ["gz", "tgz"], is: begins([0, "\x1f\x8b\x08"]) },
  {
    type: "application/x-ole-storage",
    endings: ["doc", "xls", "ppt", "msg"],
    is: begins([0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
  },
  { type: "video/quicktime", endings: ["mov"], is: brand("qt  ") },
  { type: "audio/mp4", endings: ["m4a"], is: brand("M4A ", "M4B ") },
  {
    type: "video/mp4",
    endings: ["mp4", "m4v"],
    is: brand("isom", "iso2", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "MSNV", "3gp"),
  },
  { type: "video/webm", endings: ["webm", "mkv"], is: begins([0, "\x1a\x45\xdf\xa3"]) },
  {
    type: "audio/mpeg",
    endings: ["mp3"],
    is: any(begins([0, "ID3"]), begins([0, "\xff\xfb"]), begins([0, "\xff\xf3"])),
  },
  { type: "audio/wav", endings: ["wav"], is: begins([0, "RIFF"], [8, "WAVE"]) },
  { type: "audio/ogg", endings: ["ogg", "oga", "opus"], is: begins([0, "OggS"]) },
]

/** Text of any character set: what a program would call control characters is not in it. */
const TEXT: FileKind = {
  type: "text/plain",
  endings: ["txt", "csv", "tsv", "md", "log", "json", "ics", "vcf", "eml", "srt"],
}

/** What no text has below the space and beside it: all but tab, line ends, form feed, escape. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/

const asLatin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1")

const isUtf16 = (bytes: Uint8Array): boolean =>
  bytes.length % 2 === 0 && (says(bytes, 0, "\xff\xfe") || says(bytes, 0, "\xfe\xff"))

const isText = (bytes: Uint8Array): boolean => isUtf16(bytes) || !CONTROL.test(asLatin1(bytes))

/** Looked at for markup: browsers that guess look no further (mimesniff.spec.whatwg.org 7.1 looks at 1,445 bytes). */
const SNIFFED = 1500

/** Begins with a tag, a declaration or a comment, after whatever browsers skip. */
const isMarkup = (bytes: Uint8Array): boolean => {
  const text = asLatin1(bytes.subarray(0, SNIFFED))
    .replaceAll("\0", "")
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, "")
    .trimStart()
  return /^<[a-z!?/%]/i.test(text)
}

/** The kind of a file by its content; null for one that may not be sent. Empty files are of no kind. */
export const kindOf = (bytes: Uint8Array): FileKind | null => {
  const found = KINDS.find(({ is }) => is(bytes))
  if (found) return found
  return bytes.length > 0 && isText(bytes) && !isMarkup(bytes) ? TEXT : null
}

/** A name with an ending that says what the file is: `invoice.pdf.exe` that is a picture is `invoice.pdf.exe.png`. */
export const withEnding = (name: string, { endings }: FileKind): string => {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ""
  return endings.includes(ending) ? name : `${name}.${endings[0]}`
}

/** More than this is not shown but saved only: unfolded it takes four bytes each, in the memory of who looks. */
const MOST_PIXELS = 50_000_000

/** Longer than what begins any picture. */
const START = 64

/** The type as which a file may be shown inside a page; null: it may only be saved. */
export const shownAs = (bytes: Uint8Array): string | null => {
  const type = kindOf(bytes.subarray(0, START))?.type ?? ""
  if (!PICTURES.includes(type)) return null
  const pixels = pixelsOf(bytes, type)
  return pixels !== null && pixels > 0 && pixels <= MOST_PIXELS ? type : null
}
