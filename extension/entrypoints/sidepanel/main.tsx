import { openDeskPage } from "../../desk/desk-page.tsx"

openDeskPage(document.querySelector("#root")!)
