import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const de: Catalogue<typeof en> = {
  title: "Dieses Gerät",
  on: "Von neuen Nachrichten erfahren Sie hier, auch wenn Porchlight geschlossen ist.",
  "on.open":
    "Von neuen Nachrichten erfahren Sie hier, solange Porchlight geöffnet ist. Der Push-Dienst dieses Browsers war nicht erreichbar, deshalb nicht, wenn es geschlossen ist.",
  "on.stale": "Benachrichtigungen sind eingeschaltet, kamen zuletzt aber nicht an.",
  "off.phone":
    "Mit Benachrichtigungen erreichen Nachrichten von Besuchern Sie auch im Hintergrund, und das Licht bleibt noch eine Stunde an, nachdem Sie das Telefon zuletzt benutzt haben.",
  "off.tab":
    "Mit Benachrichtigungen erfahren Sie von Nachrichten der Besucher, während Sie etwas anderes tun.",
  "turn-on": "Benachrichtigungen einschalten",
  "turn-off": "Ausschalten",
  again: "Neu einrichten",
  test: "Test senden",
  "test.sent":
    "Gesendet. Wenn nichts erscheint, sehen Sie in den Benachrichtigungseinstellungen dieses Geräts nach.",
  denied:
    "Benachrichtigungen von dieser Seite sind in diesem Browser blockiert. Erlauben Sie sie in dessen Einstellungen für diese Seite (das Zeichen neben der Adresse oder App-Info → Benachrichtigungen), und öffnen Sie die Seite neu.",
  unsupported: "Dieser Browser kann hier keine Benachrichtigungen zeigen.",
  insecure: "Benachrichtigungen brauchen eine Adresse, die mit https beginnt.",
  ios: "Auf iPhone und iPad kommen Benachrichtigungen nur in der installierten App an: Tippen Sie auf „Teilen“, dann „Zum Home-Bildschirm“, und öffnen Sie Porchlight von dort.",
  failed: "Das hat nicht geklappt: {why}",
  extension:
    "Von neuen Nachrichten erfahren Sie in diesem Browser durch die Erweiterung, deshalb nicht durch diese Seite.",
  install: "App installieren",
  "install.why": "Installiert hat Porchlight ein eigenes Symbol und Fenster.",
  "hint.notices": "Auf diesem Gerät von Nachrichten der Besucher erfahren?",
  "hint.later": "Nicht jetzt",
  update: "Es gibt eine neue Version von Porchlight.",
  "update.now": "Laden",
  "update.kept": "Was Sie gerade schreiben, bleibt erhalten.",
}
