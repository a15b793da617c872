import type { ComponentChildren } from "preact"
import logo from "../../../shared/design/logo.svg"
import { ownNameOf } from "../../../shared/i18n/language-name.ts"
import type { AllowView } from "../../../shared/protocol/mail-health-views.ts"
import { LANGUAGES, type Language } from "../../../shared/words/nouns.ts"
import { CodeBlock } from "./code.tsx"
import * as commands from "./commands.ts"
import type { SayAllow } from "./words.ts"

interface Props {
  view: AllowView
  say: SayAllow
  language: Language
}

/** The address of this page in another language, for the same domain. */
const inLanguage = (language: Language): string => {
  const query = new URLSearchParams(location.search)
  query.set("lang", language)
  return `?${query}`
}

export const Page = ({ view, say, language }: Props) => {
  const { domain } = view
  return (
    <div class="allow">
      <nav class="allow-top" aria-label={say("language")}>
        <ul>
          {LANGUAGES.map((one) => (
            <li key={one}>
              <a
                href={inLanguage(one)}
                lang={one}
                hreflang={one}
                aria-current={one === language ? "page" : undefined}
              >
                {ownNameOf(one)}
              </a>
            </li>
          ))}
        </ul>
        <button type="button" class="button small" onClick={() => print()}>
          {say("print")}
        </button>
      </nav>
      <main>
        <header class="allow-head">
          <img src={logo} alt="" />
          <h1>{say("title", { domain })}</h1>
          <p>{say("lead", { domain })}</p>
        </header>
        {view.capture ? (
          <p class="notice" data-kind="warn">
            {say("capture")}
          </p>
        ) : null}
        <Facts view={view} say={say} />
        <section>
          <h2>{say("kinds.title")}</h2>
          <ul>
            <li>{say("kinds.notice")}</li>
            <li>{say("kinds.forward", { domain })}</li>
            <li>{say("kinds.automatic")}</li>
          </ul>
        </section>
        <section class="allow-rule">
          <h2>{say("rule.title")}</h2>
          <p>{say("rule", { domain })}</p>
        </section>
        <Steps view={view} say={say} />
        <section>
          <h2>{say("help.title")}</h2>
          <p>{say("help", { domain })}</p>
        </section>
      </main>
    </div>
  )
}

const Facts = ({ view, say }: { view: AllowView; say: SayAllow }) => {
  const { domain, host, selectors, addresses, smarthost } = view
  const rows: [string, ComponentChildren][] = [
    [say("facts.from"), say("facts.from.value", { domain })],
    [say("facts.envelope"), say("facts.envelope.value", { domain })],
    [say("facts.dkim"), say("facts.dkim.value", { domain, selectors: selectors.join(", ") })],
    [say("facts.arc"), say("facts.arc.value", { domain })],
    [say("facts.host"), host],
    [say("facts.addresses"), addresses.length > 0 ? addresses.join(", ") : say("facts.addresses.unknown")],
  ]
  if (smarthost !== null) rows.push([say("facts.smarthost"), smarthost])
  return (
    <section>
      <h2>{say("facts.title")}</h2>
      <dl class="allow-facts">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Per kind of server: what for, and what to type. */
const stepsOf = (
  say: SayAllow,
  view: AllowView,
): { id: string; title: string; steps: [string, string][] }[] => [
  {
    id: "m365",
    title: say("m365.title"),
    steps: [
      [say("m365.arc"), commands.arcSealers(view)],
      [say("m365.rule"), commands.tenantRule(view)],
      [say("m365.filter"), commands.connectionFilter(view)],
    ],
  },
  { id: "google", title: say("google.title"), steps: [[say("google.how"), commands.googleValues(view)]] },
  {
    id: "exchange",
    title: say("exchange.title"),
    steps: [
      [say("exchange.domain"), commands.exchangeDomain(view)],
      [say("exchange.addresses"), commands.exchangeAddresses(view)],
    ],
  },
  {
    id: "postfix",
    title: say("postfix.title"),
    steps: [
      [say("postfix.table"), commands.postfixTable(view)],
      [say("postfix.main"), commands.postfixMain()],
      [say("postfix.grey"), commands.postgrey(view)],
    ],
  },
  { id: "exim", title: say("exim.title"), steps: [[say("exim.how"), commands.exim(view)]] },
  {
    id: "rspamd",
    title: say("rspamd.title"),
    steps: [
      [say("rspamd.arc"), commands.rspamdArc(view)],
      [say("rspamd.dkim"), commands.rspamdDkim(view)],
    ],
  },
  {
    id: "spamassassin",
    title: say("spamassassin.title"),
    steps: [
      [say("spamassassin.dkim"), commands.spamAssassin(view)],
      [say("spamassassin.networks"), commands.spamAssassinNetworks(view)],
    ],
  },
]

const Steps = ({ view, say }: { view: AllowView; say: SayAllow }) => {
  const servers = stepsOf(say, view)
  return (
    <>
      <ul class="allow-servers">
        {servers.map(({ id, title }) => (
          <li key={id}>
            <a class="button small" href={`#${id}`}>
              {title}
            </a>
          </li>
        ))}
      </ul>
      {servers.map(({ id, title, steps }) => (
        <section key={id} id={id}>
          <h2>{title}</h2>
          {steps.map(([words, code]) => (
            <div class="allow-step" key={words}>
              <p>{words}</p>
              <CodeBlock code={code} what={title} words={{ copy: say("copy"), copied: say("copied") }} />
            </div>
          ))}
        </section>
      ))}
    </>
  )
}
