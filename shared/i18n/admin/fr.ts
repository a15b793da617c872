import { en } from "./en.ts"
export const fr: { readonly [Key in keyof typeof en]: string } = en
