import { mountPopup } from "../../popup/popup.tsx"

mountPopup(document.querySelector("#root")!)
