import { parentPort, workerData } from "node:worker_threads"
import { scrubFile } from "./scrub.ts"

/** Scrubs a file beside the thread that all sockets share: started by relay/scrub.ts only. */
scrubFile(workerData as string)
parentPort?.postMessage("scrubbed")
