import { answerDeskCalls } from "../../background/desk-tabs.ts"
import { openDeskPage } from "../../desk/desk-page.tsx"

answerDeskCalls()
openDeskPage(document.querySelector("#root")!)
