import { createContext } from "preact"
import { useContext } from "preact/hooks"
import type { Language } from "../../shared/words/nouns.ts"
import { type ToolbarSay, toolbarWords } from "../background/words.ts"

/** The language of the popup, for words and for times of day. */
export interface Speech {
  language: Language
  say: ToolbarSay
}

export const speechIn = (language: Language): Speech => ({ language, say: toolbarWords(language) })

export const SpeechContext = createContext<Speech>(speechIn("en"))

export const useSpeech = (): Speech => useContext(SpeechContext)
