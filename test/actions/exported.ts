import { bytesOf, type ExportFile } from "../../relay/actions/export.ts"
import type { AccountId } from "../../shared/words/ids.ts"
import type { Company } from "./company.ts"

/** Files of an export with their bytes, read one by one as its edges do. */
export const withBytes = (
  { run }: Pick<Company, "run">,
  accountId: AccountId,
  files: readonly ExportFile[],
): Promise<{ path: string; bytes: Uint8Array }[]> =>
  Promise.all(
    files.map(async (file) => ({
      path: file.path,
      bytes: await bytesOf(file, (kept) => run("readKept", { accountId, kept })),
    })),
  )
