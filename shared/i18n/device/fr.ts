import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const fr: Catalogue<typeof en> = {
  title: "Cet appareil",
  on: "Les nouveaux messages vous sont signalés ici, même quand Porchlight est fermé.",
  "on.open":
    "Les nouveaux messages vous sont signalés ici tant que Porchlight est ouvert. Le service push de ce navigateur n’a pas pu être joint, donc pas quand il est fermé.",
  "on.stale": "Les notifications sont activées, mais les dernières ne sont pas arrivées.",
  "off.phone":
    "Avec les notifications, les messages des visiteurs vous parviennent en arrière-plan, et la lumière reste allumée une heure après votre dernier usage de ce téléphone.",
  "off.tab":
    "Avec les notifications, les messages des visiteurs vous sont signalés pendant que vous faites autre chose.",
  "turn-on": "Activer les notifications",
  "turn-off": "Désactiver",
  again: "Configurer à nouveau",
  test: "Envoyer un essai",
  "test.sent": "Envoyé. Si rien n’apparaît, regardez les réglages de notification de cet appareil.",
  denied:
    "Les notifications de ce site sont bloquées dans ce navigateur. Autorisez-les dans ses réglages pour ce site (le signe à côté de l’adresse, ou Infos sur l’appli → Notifications), puis rouvrez cette page.",
  unsupported: "Ce navigateur ne peut pas afficher de notifications ici.",
  insecure: "Les notifications exigent une adresse qui commence par https.",
  ios: "Sur iPhone et iPad, les notifications n’arrivent que dans l’application installée : touchez Partager, puis « Sur l’écran d’accueil », et ouvrez Porchlight de là.",
  failed: "Cela n’a pas fonctionné : {why}",
  extension:
    "L’extension de ce navigateur vous signale les nouveaux messages, cette page ne le fait donc pas.",
  install: "Installer l’application",
  "install.why": "Installé, Porchlight a sa propre icône et sa propre fenêtre.",
  "hint.notices": "Être averti des messages des visiteurs sur cet appareil ?",
  "hint.later": "Pas maintenant",
  update: "Une nouvelle version de Porchlight est là.",
  "update.now": "La charger",
  "update.kept": "Ce que vous écrivez est conservé.",
}
