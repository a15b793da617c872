import type { Catalogue } from "../formatter.ts"
import type { en } from "./en.ts"

export const fr: Catalogue<typeof en> = {
  title: "Santé du courrier",
  lead: "Si le courrier trouve le relais, en sort et inspire confiance : vérifié à l’instant, avec ce qu’il faut faire là où ce n’est pas le cas.",
  reading: "Vérification …",
  retry: "Réessayer",
  again: "Vérifier à nouveau",
  "checked-at": "Vérifié à {time}",
  "all-right": "Il n’y a rien à faire.",
  trouble:
    "{count, plural, one {Un point demande l’attention de quelqu’un.} many {# de points demandent l’attention de quelqu’un.} other {# points demandent l’attention de quelqu’un.}}",
  copy: "Copier",
  copied: "Copié",
  "found-label": "Trouvé",
  "expected-label": "Devrait être",
  "to-allow": "Page pour un service informatique qui doit laisser passer ces messages",

  "state.right": "correct",
  "state.note": "à savoir",
  "state.unknown": "pas de réponse",
  "state.missing": "manque",
  "state.optional": "manque, facultatif",
  "state.wrong": "incorrect",

  "check.mx": "Serveur de messagerie du domaine (MX)",
  "check.host": "Adresse du serveur de messagerie",
  "check.spf": "Qui peut envoyer (SPF)",
  "check.dkim": "Clé de la signature (DKIM)",
  "check.dmarc": "Politique (DMARC)",
  "check.sts": "Chiffrement annoncé (MTA-STS)",
  "check.sts-policy": "Politique de chiffrement (MTA-STS)",
  "check.tls-rpt": "Rapports de chiffrement (TLS-RPT)",
  "check.ptr": "Nom de l’adresse (PTR)",
  "check.listener": "Serveur de messagerie du relais",
  "check.port-25": "Port 25 depuis l’extérieur",
  "check.certificate": "Certificat",
  "check.way-out": "Sortie",
  "check.queue": "File d’attente",
  "check.disk": "Disque",
  "check.clock": "Horloge",
  "check.store": "Base de données",
  "check.workers": "Ce que le relais fait de lui-même",

  "finding.right": "Comme il faut.",
  "finding.missing": "Cet enregistrement n’existe pas.",
  "fix.missing": "Publiez la valeur indiquée.",
  "finding.no-answer": "Le DNS n’a pas répondu ({detail}).",
  "fix.no-answer":
    "Vérifiez à nouveau dans quelques minutes. Si cela persiste, la faute est aux serveurs de noms de ce domaine.",
  "finding.several":
    "Il y a {count} enregistrements de ce type et un seul est permis : les autres n’en retiennent alors aucun.",
  "fix.several": "Réunissez-les en un seul, par exemple celui qui est indiqué.",
  "finding.mx-elsewhere": "Le courrier de ce domaine va à {found} et non à {host}.",
  "fix.mx-elsewhere":
    "Publiez la valeur indiquée. Si {found} est à vous et remet ce courrier au relais, donnez son nom à PORCHLIGHT_MAIL_HOST.",
  "finding.mx-also": "Outre {host}, le courrier peut aussi aller à {found}.",
  "fix.mx-also": "C’est bien si {found} remet ce courrier au relais ; sinon, retirez-le.",
  "finding.mx-null": "Le domaine dit n’accepter aucun courrier (MX nul).",
  "fix.mx-null": "Remplacez-le par la valeur indiquée.",
  "finding.host-alias": "{host} est un alias (CNAME), ce que le nom d’un MX ne doit pas être.",
  "fix.host-alias": "Donnez à {host} ses propres enregistrements d’adresse (A, AAAA).",
  "finding.host-unknown": "{host} n’a pas d’adresse.",
  "fix.host-unknown": "Publiez un enregistrement A, et AAAA en IPv6, avec l’adresse publique du relais.",
  "finding.host-private": "{host} mène à {address}, qu’on n’atteint pas depuis internet.",
  "fix.host-private": "Publiez l’adresse publique, sauf si le courrier ne doit venir que de ce réseau.",
  "finding.spf-refuses": "SPF dit « {result} » de {address}, d’où part le courrier.",
  "fix.spf-refuses": "Ajoutez cette adresse à l’enregistrement, comme dans la valeur indiquée.",
  "finding.spf-smarthost":
    "SPF dit « {result} » de {address}, le smarthost. Il envoie peut-être depuis d’autres adresses.",
  "fix.spf-smarthost":
    "Incluez ce qu’indique la personne qui le gère, et donnez ses adresses à PORCHLIGHT_MAIL_ADDRESSES pour qu’elles soient vérifiées ici.",
  "finding.spf-unsure": "Il y a un enregistrement, mais on ne sait pas de quelles adresses part le courrier.",
  "fix.spf-unsure": "Définissez PORCHLIGHT_MAIL_ADDRESSES, et l’on vérifiera ici si SPF les admet.",
  "finding.spf-broken": "L’enregistrement est inutilisable : {detail}.",
  "fix.spf-broken": "Corrigez-le, ou publiez la valeur indiquée.",
  "finding.spf-anybody": "L’enregistrement laisse tout le monde envoyer pour ce domaine.",
  "fix.spf-anybody": "Terminez-le par -all au lieu de +all.",
  "finding.dkim-other": "La clé publiée n’est pas celle avec laquelle le courrier est signé.",
  "fix.dkim-other": "Remplacez-la par la valeur indiquée.",
  "finding.dkim-revoked": "La clé est publiée comme retirée (p= vide) ; les signatures ne comptent donc pas.",
  "fix.dkim-revoked": "Publiez la valeur indiquée, ou changez les clés : porchlight dkim rotate --now.",
  "finding.dmarc-watching":
    "La politique est « none » : les messages falsifiés au nom de ce domaine passent, et sont seulement signalés.",
  "fix.dmarc-watching":
    "Dès que le courrier du relais arrive signé, quarantine protège le nom. Tout ce qu’il envoie est signé.",
  "finding.dmarc-inherited": "La politique de {domain} vaut ici aussi : {policy}.",
  "finding.dmarc-broken": "L’enregistrement n’a aucune politique connue ; il ne compte donc pas.",
  "fix.dmarc-broken": "Publiez la valeur indiquée.",
  "finding.sts-old-id": "La politique a changé depuis, mais avec cet id personne ne l’apprend.",
  "fix.sts-old-id": "Publiez la valeur indiquée.",
  "finding.sts-unreadable": "La politique ne peut pas être lue à {url} : {detail}.",
  "fix.sts-unreadable":
    "Faites mener mta-sts.{domain} au HTTPS du relais, avec un certificat valable pour ce nom ; ou retirez l’enregistrement qui annonce la politique.",
  "finding.sts-other": "À {url} se trouve une autre politique que celle du relais.",
  "fix.sts-other": "Faites mener ce nom au relais, ou servez-y le texte indiqué.",
  "finding.ptr-missing":
    "{address}, d’où part le courrier, n’a pas de nom. Beaucoup de serveurs refusent ce qui vient de là.",
  "fix.ptr-missing": "Demandez à qui vous a donné l’adresse de régler son enregistrement PTR sur {host}.",
  "finding.ptr-unconfirmed": "Le nom de {address} est {name}, et il n’y ramène pas.",
  "fix.ptr-unconfirmed": "Faites régler son enregistrement PTR sur {host}, qui doit avoir cette adresse.",
  "finding.ptr-other-name": "Le nom de {address} est {name}, et non {host} comme le relais se nomme.",
  "fix.ptr-other-name":
    "Il y ramène et cela suffit souvent. Mieux vaut le même nom partout, par PTR ou par PORCHLIGHT_MAIL_HOST.",
  "finding.ptr-private": "{address} est d’un réseau privé ; c’est le nom de l’adresse publique qui compte.",
  "fix.ptr-private": "Donnez à PORCHLIGHT_MAIL_ADDRESSES l’adresse que les autres voient.",
  "finding.listens": "Le relais répond à {address}.",
  "finding.not-listening": "Personne ne répond à {address} : {detail}.",
  "fix.not-listening": "Démarrez le relais (porchlight serve) et regardez ce qu’il dit.",
  "finding.other-listener": "À {address}, autre chose répond : {greeting}",
  "fix.other-listener":
    "Arrêtez l’autre serveur de messagerie, ou donnez au relais un autre port (PORCHLIGHT_SMTP).",
  "finding.outside-unknown":
    "D’ici, on ne peut pas voir si le port 25 de {host} est joignable de l’extérieur.",
  "fix.outside-unknown":
    "Essayez depuis un autre réseau : nc {host} 25. La réponse doit commencer par 220. Des pare-feu et certains fournisseurs le bloquent.",
  "finding.other-port": "Le relais écoute sur le port {port}, et les autres arrivent au port 25 de {host}.",
  "fix.other-port":
    "Quelque chose doit transmettre : un serveur de messagerie devant, ou le pare-feu. Essayez depuis un autre réseau : nc {host} 25.",
  "finding.cert-none": "Il n’y a pas de certificat ; les autres envoient donc à {host} sans chiffrement.",
  "fix.cert-none":
    "Définissez PORCHLIGHT_TLS_CERT et PORCHLIGHT_TLS_KEY, sauf si un serveur de messagerie devant s’en charge.",
  "finding.cert-good":
    "{days, plural, one {Il est pour {host} et vaut encore un jour.} many {Il est pour {host} et vaut encore # de jours.} other {Il est pour {host} et vaut encore # jours.}}",
  "finding.cert-soon":
    "{days, plural, one {Il expire dans un jour.} many {Il expire dans # de jours.} other {Il expire dans # jours.}}",
  "fix.cert-soon": "Renouvelez-le.",
  "finding.cert-expired":
    "{days, plural, one {Il a expiré il y a un jour.} many {Il a expiré il y a # de jours.} other {Il a expiré il y a # jours.}}",
  "fix.cert-expired": "Renouvelez-le : les serveurs qui exigent le chiffrement n’envoient rien d’ici là.",
  "finding.cert-name": "Il n’est pas pour {host}, mais pour {names}.",
  "fix.cert-name": "Procurez-vous-en un qui ait aussi ce nom.",
  "finding.cert-unreadable": "{file} ne peut pas être lu : {detail}.",
  "fix.cert-unreadable": "PORCHLIGHT_TLS_CERT doit être un fichier PEM que le relais peut lire.",
  "finding.capture":
    "Rien ne sort de ce relais (capture) : les messages ne se voient que sur sa page du courrier.",
  "fix.capture": "Définissez PORCHLIGHT_OUTBOUND quand ils doivent sortir.",
  "finding.smarthost-good": "{host} laisse entrer le relais.",
  "finding.smarthost-plain": "{host} laisse entrer le relais, mais sans chiffrement.",
  "fix.smarthost-plain": "Demandez STARTTLS ou smtps à la personne qui le gère.",
  "finding.smarthost-fails": "{host} est inutilisable : {detail}.",
  "fix.smarthost-fails":
    "Regardez PORCHLIGHT_OUTBOUND, le pare-feu et ce serveur. En attendant, les messages patientent.",
  "finding.smarthost-refuses": "{host} ne laisse pas le relais s’identifier : {detail}",
  "fix.smarthost-refuses":
    "Mettez le bon utilisateur et le bon mot de passe dans PORCHLIGHT_OUTBOUND. En attendant, les messages patientent.",
  "finding.way-untried": "Les messages vont droit aux serveurs de leurs destinataires. Aucun n’a été essayé.",
  "fix.way-untried": "porchlight doctor --probe ADRESSE essaie le serveur d’une adresse, sans rien envoyer.",
  "finding.way-good": "{host} répond au port {port}.",
  "finding.way-blocked": "Le port {port} de {host} est injoignable : {detail}.",
  "fix.way-blocked":
    "Beaucoup de réseaux ne laissent rien sortir vers le port 25. Faites-le ouvrir, ou envoyez par un smarthost (PORCHLIGHT_OUTBOUND).",
  "finding.queue-good":
    "{count, plural, =0 {Aucun message n’attend.} one {# message attend.} many {# de messages attendent.} other {# messages attendent.}}",
  "finding.queue-old":
    "{count, plural, one {# message attend,} many {# de messages attendent,} other {# messages attendent,}} le plus ancien depuis {minutes, plural, one {# minute.} many {# de minutes.} other {# minutes.}}",
  "fix.queue-old": "porchlight queue list les montre avec les réponses des serveurs.",
  "finding.disk-good": "Il reste {free}.",
  "finding.disk-low": "Il ne reste que {free} dans {folder}.",
  "fix.disk-low": "Faites de la place : sans elle, le relais n’accepte plus de courrier.",
  "finding.disk-fails": "Impossible d’écrire dans {folder} : {detail}.",
  "fix.disk-fails": "PORCHLIGHT_DATA doit être un dossier où le relais peut écrire.",
  "finding.clock-good":
    "{seconds, plural, =0 {Elle s’accorde avec celle de la base de données.} one {Elle est à # seconde de celle de la base de données.} many {Elle est à # de secondes de celle de la base de données.} other {Elle est à # secondes de celle de la base de données.}}",
  "finding.clock-off":
    "{seconds, plural, one {Elle est fausse de # seconde.} many {Elle est fausse de # de secondes.} other {Elle est fausse de # secondes.}}",
  "fix.clock-off":
    "Faites régler l’horloge de la machine par le réseau (NTP) : signatures et codes en dépendent.",
  "finding.clock-alone": "Il n’y a pas ici d’autre horloge à laquelle la comparer.",
  "fix.clock-alone": "Veillez à ce que la machine règle son horloge par le réseau (NTP).",
  "finding.store-good": "{size}. Ce qui est écrit est sur le disque en {ms} ms.",
  "finding.store-served":
    "{size}. Ce qui est écrit est sur le disque en {ms} ms ; connexions libres : {free} sur {most}.",
  "finding.store-slow":
    "Il faut {ms} ms pour que ce qui est écrit soit sur le disque. Chaque message attend cela.",
  "fix.store-slow":
    "Mettez-la sur un disque à elle, de préférence un SSD et pas un lecteur réseau ; si elle est sur une autre machine, plus près. Regardez ce qui y travaille d’autre.",
  "finding.store-few-connections":
    "{free, plural, =0 {Sur {most} connexions, aucune n’est libre.} one {Sur {most} connexions, une seule est libre.} many {Sur {most} connexions, # de libres seulement.} other {Sur {most} connexions, # seulement sont libres.}}",
  "fix.store-few-connections":
    "Un relais en ouvre jusqu’à 11. Augmentez max_connections de la base de données, ou fermez ce qui y est connecté d’autre.",
  "finding.store-fails": "Rien ne peut être écrit : {detail}",
  "fix.store-fails":
    "Regardez son disque et, avec PostgreSQL, son journal. D’ici là, personne ne peut écrire à personne.",
  "finding.workers-good":
    "{count, plural, one {# relais fonctionne, et rien de ce qui est à faire n’attend longtemps.} many {# de relais fonctionnent, et rien de ce qui est à faire n’attend longtemps.} other {# relais fonctionnent, et rien de ce qui est à faire n’attend longtemps.}}",
  "finding.workers-none": "Aucun relais ne fonctionne.",
  "fix.workers-none": "S’il en faut un, démarrez-le (porchlight serve). Ce qui est à faire l’attend.",
  "finding.decisions-late":
    "{seconds, plural, one {Il aurait fallu décider il y a # seconde si un message doit partir par courriel.} many {Il aurait fallu décider il y a # de secondes si un message doit partir par courriel.} other {Il aurait fallu décider il y a # secondes si un message doit partir par courriel.}}",
  "fix.decisions-late":
    "Regardez le journal du relais, ce qui occupe sa machine et la base de données. Si cela dure, redémarrez le relais : rien n’est perdu.",
  "finding.webhooks-late":
    "{minutes, plural, one {Un message à un webhook aurait dû partir il y a # minute.} many {Un message à un webhook aurait dû partir il y a # de minutes.} other {Un message à un webhook aurait dû partir il y a # minutes.}}",
  "fix.webhooks-late":
    "Le destinataire n’y est pour rien : ce qui échoue est réessayé plus tard. Regardez le journal du relais ; si cela dure, redémarrez-le : rien n’est perdu.",
  "finding.pushes-late":
    "{minutes, plural, one {Une notification à un téléphone ou un navigateur aurait dû partir il y a # minute.} many {Une notification à un téléphone ou un navigateur aurait dû partir il y a # de minutes.} other {Une notification à un téléphone ou un navigateur aurait dû partir il y a # minutes.}}",
  "fix.pushes-late":
    "Le service de notifications n’y est pour rien : ce qui échoue est réessayé plus tard. Regardez le journal du relais ; si cela dure, redémarrez-le : rien n’est perdu.",

  "queue.title": "Courrier en route",
  "queue.waiting":
    "{count, plural, =0 {Rien n’attend.} one {# message attend.} many {# de messages attendent.} other {# messages attendent.}}",
  "queue.oldest": "Le plus ancien depuis {time}.",

  "keys.title": "Clés de la signature",
  "keys.lead":
    "La personne qui gère le relais les change en ligne de commande : porchlight dkim rotate. Entre-temps, anciennes et nouvelles sont publiées.",
  "key.waiting": "signe à partir de {time}",
  "key.signing": "signe",
  "key.signing-until": "signe jusqu’à {time}",
  "key.retired": "à laisser publiée jusqu’à {time}",

  "probe.title": "Envoyer un message d’essai",
  "probe.lead":
    "À n’importe quelle adresse. Ce qu’il devient se voit ici, jusqu’à la réponse finale du serveur auquel il va.",
  "probe.to": "Adresse",
  "probe.send": "Envoyer",
  "probe.sending": "Envoi …",
  "probe.past": "Essais précédents",
  "probe.to-whom": "À {address}",
  "probe.queued": "Il attend d’être envoyé.",
  "probe.sent": "Il est en cours d’envoi.",
  "probe.delivered": "{server} l’a accepté :",
  "probe.captured": "Rien ne sort de ce relais (capture) : il est sur la page du courrier.",
  "probe.deferred": "Pas encore ; prochain essai à {time}. La réponse était :",
  "probe.failed": "Il n’est pas passé. La réponse était :",
  "probe.bounced": "Le serveur l’avait accepté, puis a signalé qu’il ne pouvait pas être remis :",
  "probe.dropped": "Il a été retiré.",
  "probe.held": "Il est retenu jusqu’à ce que quelqu’un le relance dans « File d’e-mails ».",
  "probe.note": "Par qui et pourquoi : {note}",
  "probe.attempts": "{count, plural, one {# tentative} many {# de tentatives} other {# tentatives}}",
  "probe.watch":
    "Pendant quelques heures, des serveurs peuvent encore signaler qu’il n’a pas pu être remis. S’il n’est pas là, regardez dans les indésirables.",
  "why.mailbox-full": "La boîte est pleine.",
  "why.address-wrong": "Le serveur dit que cette adresse n’existe pas.",
  "why.domain-blocked":
    "Le serveur bloque le domaine ou l’adresse du relais. La page pour services informatiques dit quoi autoriser.",
  "why.greylisted":
    "Le serveur fait attendre les inconnus (greylisting) ; au prochain essai, cela passe le plus souvent.",
  "why.rate-limited": "Le serveur n’accepte plus de messages pour le moment.",
  "why.too-large": "Le message est trop grand pour le serveur.",
  "why.policy":
    "Les règles du serveur s’y opposent. SPF, DKIM, DMARC ou le nom de l’adresse (PTR) en sont les raisons habituelles.",
  "why.connection": "Aucun serveur n’a pu être joint.",
  "why.unknown": "Le serveur n’a donné aucune raison connue.",

  "dest.title": "Adresses où va le courrier",
  "dest.lead":
    "L’état des adresses où vont les notifications et les e-mails transférés. Tant que l’une n’est pas joignable, les notifications vont aussi à son adresse de secours.",
  "dest.fine": "{count, plural, one {# adresse où tout va bien} other {# adresses où tout va bien}}",
  "dest.failing": "n’arrive plus",
  "dest.failed": "dernier échec",
  "dest.ok": "tout va bien",
  "dest.inbox": "boîte commune",
  "dest.group-inbox": "boîte de {group}",
  "dest.since": "Depuis le {time}.",
  "dest.count":
    "{count, plural, one {# e-mail n’est définitivement pas arrivé.} other {# e-mails de suite ne sont définitivement pas arrivés.}}",
  "dest.fallback": "Adresse de secours",
  "dest.fallback.of": "Adresse de secours de {address}",
  "dest.fallback.none": "aucune",
  "dest.fallback.used": "Les notifications y vont aussi jusqu’à ce qu’un e-mail arrive de nouveau ici.",
  "dest.todo.mailbox-full": "La personne à qui elle appartient peut y faire de la place.",
  "dest.todo.address-wrong": "Corrigez l’adresse : dans l’équipe, ou là où la boîte commune est choisie.",
  "dest.todo.domain-blocked":
    "Donnez la page pour le service informatique à qui gère ce serveur de messagerie.",
  "dest.todo.other": "Qui gère ce serveur de messagerie peut retrouver la réponse dans son journal.",
}
