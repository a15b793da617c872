import { en } from "./en.ts"
export const cs: { readonly [Key in keyof typeof en]: string } = en
