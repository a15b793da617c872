import { en } from "./en.ts"
export const es: { readonly [Key in keyof typeof en]: string } = en
