import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const es: Catalogue<typeof en> = {
  "canned.title": "Respuestas guardadas",
  "canned.insert": "Insertar una respuesta guardada",
  "canned.hint":
    "Escriba / en una respuesta para insertar una. {visitor} y {agent} son los nombres de ambos.",
  "canned.none": "Todavía no hay ninguna.",
  "canned.shared": "de todos",
  "canned.own": "suya",
  "canned.add": "Añadir una respuesta",
  "canned.name": "Nombre",
  "canned.text": "Texto",
  "canned.for-all": "Para todos en la cuenta",
  "canned.save": "Guardar",
  "canned.edit": "Cambiar",
  "canned.edit.of": "Cambiar: {name}",
  "canned.remove": "Quitar",
  "canned.remove.of": "Quitar: {name}",
}
