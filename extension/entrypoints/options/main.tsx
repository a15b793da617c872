import { tellUse } from "../../background/used.ts"
import { mountSettings } from "../../settings/settings.tsx"

tellUse()
mountSettings(document.querySelector("#root")!)
