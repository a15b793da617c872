import { defineBackground } from "wxt/utils/define-background"
import { startWorker } from "../background/worker.ts"

/** A module, so that it shares words and ways to the relay with the pages instead of carrying them twice. */
export default defineBackground({ type: "module", main: startWorker })
