import { tellUse } from "../../background/used.ts"
import { openDeskPage } from "../../desk/desk-page.tsx"

tellUse()
openDeskPage(document.querySelector("#root")!)
