import { createHash } from "node:crypto"
import { readdir, readFile, stat } from "node:fs/promises"
import path from "node:path"
import { promisify } from "node:util"
import { type BrotliOptions, brotliCompress, constants, gzip } from "node:zlib"

/** One built file, ready to be sent. */
export interface Asset {
  type: string
  etag: string
  /** The name carries a hash of the content: it never changes. */
  immutable: boolean
  plain: Uint8Array<ArrayBuffer>
  /** Null where compressing gains nothing. */
  br: Uint8Array<ArrayBuffer> | null
  gzip: Uint8Array<ArrayBuffer> | null
}

/** The files of a folder by their path in it (`assets/x.js`); read once, and again when one has changed. */
export interface Assets {
  find(name: string): Promise<Asset | null>
}

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
}

const COMPRESSIBLE = new Set([".html", ".js", ".css", ".json", ".webmanifest", ".svg", ".txt"])

/** What the builder names `app-B2x9_kQz.js`. */
const HASHED = /-[\w-]{8}\.\w+$/

/**
 * Files up to this size, bytes, are compressed as far as it goes: 40 ms for the chat box's script, once, in the
 * thread pool. For the desk's it would take half a second while its first reader waits, to gain a twentieth.
 */
const SMALL = 100_000

/** All of a small file lies in this window (64 kB); with a larger one Brotli writes a hundredth more. */
const WINDOW = 16

/** How Brotli compresses a file of so many bytes. */
export const brotliFor = (bytes: number): BrotliOptions => ({
  params: {
    [constants.BROTLI_PARAM_QUALITY]: bytes <= SMALL ? 11 : 9,
    ...(bytes < 2 ** WINDOW && { [constants.BROTLI_PARAM_LGWIN]: WINDOW }),
  },
})

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** A folder that is not there has no files. Names are looked up among those found, so none leads out. */
export const openAssets = (folder: string): Assets => {
  const kept = new Map<string, { version: string; asset: Promise<Asset> }>()
  let names: Promise<Set<string>> | null = null

  const list = async (): Promise<Set<string>> => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
    const files = entries.filter((entry) => entry.isFile())
    return new Set(files.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))))
  }

  const known = async (name: string): Promise<boolean> => {
    names ??= list()
    if ((await names).has(name)) return true
    // Built while we run: look again, but only for what could be one of ours.
    if (!/^[\w./-]{1,200}$/.test(name) || !(path.extname(name) in TYPES)) return false
    names = list()
    return (await names).has(name)
  }

  return {
    find: async (name) => {
      if (!(await known(name))) return null
      const file = path.join(folder, name)
      const info = await stat(file).catch(() => null)
      if (info === null) {
        names = null
        return null
      }
      const version = `${info.mtimeMs}:${info.size}`
      const found = kept.get(name)
      if (found?.version === version) return found.asset
      const asset = load(file)
      kept.set(name, { version, asset })
      return asset
    },
  }
}

const load = async (file: string): Promise<Asset> => makeAsset(path.basename(file), await readFile(file))

/** An asset from bytes; `name` gives type and whether it is hashed. */
export const makeAsset = async (name: string, bytes: Uint8Array): Promise<Asset> => {
  const extension = path.extname(name)
  const plain = new Uint8Array(bytes)
  const worth = COMPRESSIBLE.has(extension) && plain.length > 500
  return {
    type: TYPES[extension] ?? "application/octet-stream",
    etag: createHash("sha256").update(plain).digest("base64url").slice(0, 22),
    immutable: HASHED.test(name),
    plain,
    br: worth ? new Uint8Array(await brotli(plain, brotliFor(plain.length))) : null,
    gzip: worth ? new Uint8Array(await zip(plain, { level: 9 })) : null,
  }
}

/**
 * The answer that sends an asset, in the best encoding that `request` accepts, or 304 when it has this one.
 * `cache` is the Cache-Control of files whose name does not change with their content.
 */
export const sendAsset = (
  asset: Asset,
  request: Request,
  headers: Record<string, string> = {},
  cache = "no-cache",
): Response => {
  const accepted = request.headers.get("accept-encoding") ?? ""
  const encoding =
    asset.br !== null && /\bbr\b/.test(accepted)
      ? "br"
      : asset.gzip !== null && /\bgzip\b/.test(accepted)
        ? "gzip"
        : null
  const etag = `"${asset.etag}${encoding === null ? "" : `-${encoding}`}"`
  const all = new Headers({
    "Content-Type": asset.type,
    ETag: etag,
    Vary: "Accept-Encoding",
    "Cache-Control": asset.immutable ? "public, max-age=31536000, immutable" : cache,
    ...headers,
  })
  if (
    request.headers
      .get("if-none-match")
      ?.split(/\s*,\s*/)
      .includes(etag)
  )
    return new Response(null, { status: 304, headers: all })
  if (encoding !== null) all.set("Content-Encoding", encoding)
  return new Response(encoding === null ? asset.plain : asset[encoding], { headers: all })
}
