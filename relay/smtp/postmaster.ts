import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import { randomBase32 } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { Millis } from "../../shared/words/time.ts"

/** Bytes that mails to postmaster and abuse may take up, as anybody can write to them. */
const POSTMASTER_BYTES = 1024 * 1024 * 1024

/**
 * Keeps mails to the operator as files `<folder>/<time>-<id>.eml`, which any mail program opens. `keep`
 * resolves with the file's path once name and content are on disk; it throws Refusal `store-full` when the
 * disk or the folder's share of it is, `store-unavailable` for other faults of the file system.
 */
export const openPostmasterFolder = (folder: string, limit: number = POSTMASTER_BYTES) => {
  let counted: Promise<void> | null = null
  let used = 0

  const count = async (): Promise<void> => {
    used = await prepare(folder)
  }

  const keep = async (mail: readonly Uint8Array[], now: Millis): Promise<string> => {
    const bytes = mail.reduce((sum, part) => sum + part.byteLength, 0)
    try {
      counted ??= count()
      await counted
      if (used + bytes > limit)
        throw new Refusal(
          "store-full",
          `${folder} holds ${used} bytes; delete mails there that are dealt with`,
        )
      used += bytes
      return await write(folder, mail, now)
    } catch (error) {
      // counted anew next time: somebody may have made room
      counted = null
      throw error instanceof Refusal ? error : asRefusal(error, folder)
    }
  }

  return { keep }
}

export type PostmasterFolder = ReturnType<typeof openPostmasterFolder>

/** Makes the folder and answers how many bytes are in it. Leftovers of a crash are removed. */
const prepare = async (folder: string): Promise<number> => {
  await mkdir(folder, { recursive: true })
  let bytes = 0
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (name.endsWith(".part")) await rm(path, { force: true })
    else bytes += (await stat(path)).size
  }
  return bytes
}

const write = async (folder: string, mail: readonly Uint8Array[], now: Millis): Promise<string> => {
  const time = new Date(now).toISOString().replace(/[-:]/g, "").replace(".", "")
  const path = join(folder, `${time}-${randomBase32(12)}.eml`)
  const part = `${path}.part`
  try {
    const file = await open(part, "wx", 0o600)
    try {
      for (const bytes of mail) await file.appendFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, path)
    await syncFolder(folder)
    return path
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** A name is on disk once its folder is. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const asRefusal = (error: unknown, folder: string): Refusal => {
  const code = (error as NodeJS.ErrnoException).code ?? ""
  const what = error instanceof Error ? error.message : String(error)
  const full = ["ENOSPC", "EDQUOT", "EFBIG"].includes(code)
  return new Refusal(full ? "store-full" : "store-unavailable", `cannot write to ${folder}: ${what}`)
}
