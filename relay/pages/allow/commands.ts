import type { AllowView } from "../../../shared/protocol/mail-health-views.ts"

/**
 * What to type on each kind of server, with the relay's own values in it. Where nobody knows from which addresses
 * its mail comes, `PUT-THE-ADDRESS-HERE` stands in their place.
 */

const UNKNOWN = "PUT-THE-ADDRESS-HERE"

const addressesOf = ({ addresses }: AllowView): readonly string[] =>
  addresses.length === 0 ? [UNKNOWN] : addresses

const lines = (...all: string[]): string => all.join("\n")

/** ARC sealers of Exchange Online: Set-ArcConfig replaces the list, so what is there is read first. */
export const arcSealers = ({ domain }: AllowView): string =>
  lines(
    "Connect-ExchangeOnline",
    "$sealers = @(Get-ArcConfig | Select-Object -ExpandProperty ArcTrustedSealers)",
    `$sealers += "${domain}"`,
    "Set-ArcConfig -Identity Default -ArcTrustedSealers $sealers",
    "Get-ArcConfig | Format-List ArcTrustedSealers",
  )

/** A rule that counts only what has passed DMARC, which nobody else's mail can. */
export const tenantRule = ({ domain }: AllowView): string =>
  lines(
    `New-TransportRule -Name "Porchlight ${domain}" -SenderDomainIs "${domain}" \``,
    '  -HeaderContainsMessageHeader "Authentication-Results" -HeaderContainsWords "dmarc=pass" `',
    "  -SetSCL -1",
  )

/** That filter takes IPv4 alone. */
export const connectionFilter = (view: AllowView): string => {
  const four = view.addresses.filter((address) => !address.includes(":"))
  const quoted = (four.length === 0 ? [UNKNOWN] : four).map((address) => `"${address}"`)
  return `Set-HostedConnectionFilterPolicy -Identity Default -IPAllowList @{Add=${quoted.join(",")}}`
}

export const googleValues = (view: AllowView): string => lines(view.domain, ...addressesOf(view))

export const exchangeAddresses = (view: AllowView): string =>
  lines(...addressesOf(view).map((address) => `Add-IPAllowListEntry -IPAddress ${address}`))

export const exchangeDomain = ({ domain }: AllowView): string =>
  `Set-ContentFilterConfig -BypassedSenderDomains @{Add="${domain}"}`

export const postfixTable = (view: AllowView): string =>
  lines("# /etc/postfix/porchlight.cidr", ...addressesOf(view).map((address) => `${address}  permit`))

export const postfixMain = (): string =>
  lines(
    "# /etc/postfix/main.cf",
    "postscreen_access_list = permit_mynetworks, cidr:/etc/postfix/porchlight.cidr",
    "smtpd_recipient_restrictions =",
    "  permit_mynetworks, reject_unauth_destination,",
    "  check_client_access cidr:/etc/postfix/porchlight.cidr,",
    "  …",
  )

export const postgrey = ({ host, smarthost }: AllowView): string =>
  lines("# /etc/postgrey/whitelist_clients.local", smarthost ?? host)

export const exim = (view: AllowView): string =>
  lines(
    `hostlist porchlight = <; ${addressesOf(view).join(" ; ")}`,
    "",
    "# acl_check_rcpt",
    "accept  hosts   = +porchlight",
    "        domains = +local_domains",
    "        verify  = recipient",
  )

export const rspamdArc = ({ domain }: AllowView): string =>
  lines("# /etc/rspamd/local.d/arc.conf", `whitelisted_signers_map = ["${domain}"];`)

export const rspamdDkim = ({ domain }: AllowView): string =>
  lines(
    "# /etc/rspamd/local.d/whitelist.conf",
    "rules {",
    "  PORCHLIGHT_DKIM {",
    "    valid_dkim = true;",
    `    domains = ["${domain}"];`,
    "    score = -5.0;",
    "  }",
    "}",
  )

export const spamAssassin = ({ domain }: AllowView): string =>
  lines(
    "# /etc/spamassassin/local.cf",
    `welcomelist_from_dkim *@${domain} ${domain}`,
    "ifplugin Mail::SpamAssassin::Plugin::ARC",
    `  arc_trusted_sealers ${domain}`,
    "endif",
  )

export const spamAssassinNetworks = (view: AllowView): string =>
  `trusted_networks ${addressesOf(view).join(" ")}`
