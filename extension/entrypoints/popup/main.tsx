import { tellUse } from "../../background/used.ts"
import { mountPopup } from "../../popup/popup.tsx"

tellUse()
mountPopup(document.querySelector("#root")!)
