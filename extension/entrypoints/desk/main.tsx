import { answerDeskCalls } from "../../background/desk-tabs.ts"
import { tellUse } from "../../background/used.ts"
import { openDeskPage } from "../../desk/desk-page.tsx"

answerDeskCalls()
tellUse()
openDeskPage(document.querySelector("#root")!)
