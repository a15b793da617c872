import { en } from "./en.ts"
export const de: { readonly [Key in keyof typeof en]: string } = en
