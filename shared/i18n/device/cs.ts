import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const cs: Catalogue<typeof en> = {
  title: "Toto zařízení",
  on: "O nových zprávách se tu dozvíte, i když je Porchlight zavřený.",
  "on.open":
    "O nových zprávách se tu dozvíte, dokud je Porchlight otevřený. Služba push tohoto prohlížeče nebyla dostupná, proto ne, když je zavřený.",
  "on.stale": "Upozornění jsou zapnutá, ale naposledy nedorazila.",
  "off.phone":
    "S upozorněními vás zprávy návštěvníků zastihnou i na pozadí a světlo svítí ještě hodinu poté, co jste telefon naposledy použili.",
  "off.tab": "S upozorněními se o zprávách návštěvníků dozvíte, i když děláte něco jiného.",
  "turn-on": "Zapnout upozornění",
  "turn-off": "Vypnout",
  again: "Nastavit znovu",
  test: "Poslat zkušební",
  "test.sent": "Odesláno. Pokud se nic neobjeví, podívejte se do nastavení upozornění tohoto zařízení.",
  denied:
    "Upozornění z tohoto webu jsou v prohlížeči blokovaná. Povolte je v jeho nastavení pro tento web (značka vedle adresy, nebo Informace o aplikaci → Oznámení) a stránku otevřete znovu.",
  unsupported: "Tento prohlížeč tu upozornění zobrazovat neumí.",
  insecure: "Upozornění potřebují adresu, která začíná na https.",
  ios: "Na iPhonu a iPadu chodí upozornění jen do nainstalované aplikace: klepněte na Sdílet, potom „Přidat na plochu“, a Porchlight otevřete odtud.",
  failed: "To se nepovedlo: {why}",
  extension: "O nových zprávách vás v tomto prohlížeči informuje rozšíření, proto to tato stránka nedělá.",
  install: "Nainstalovat aplikaci",
  "install.why": "Nainstalovaný má Porchlight vlastní ikonu a okno.",
  "hint.notices": "Chcete se na tomto zařízení dozvídat o zprávách návštěvníků?",
  "hint.later": "Teď ne",
  update: "Je tu nová verze Porchlightu.",
  "update.now": "Načíst",
  "update.kept": "Rozepsaný text zůstane.",
}
