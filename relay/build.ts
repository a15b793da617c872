import path from "node:path"
import { fileURLToPath } from "node:url"
import { randomBase32 } from "../shared/words/ids.ts"
import { DAY, MINUTE, SECOND } from "../shared/words/time.ts"
import type { Actions } from "./actions/index.ts"
import { type CertificatePair, readPair, watchCertificate } from "./certificate.ts"
import { type Clock, steadyClock, systemClock } from "./clock.ts"
import type { Config } from "./config.ts"
import { giveBackWhenIdle } from "./give-back.ts"
import type { House } from "./house.ts"
import { openAllowing } from "./http/allow.ts"
import { createApp } from "./http/app.ts"
import { openAssets } from "./http/assets.ts"
import { openExaminer } from "./http/examiner.ts"
import { addHealth } from "./http/health.ts"
import { createLimits } from "./http/limits.ts"
import { addMetrics } from "./http/metrics.ts"
import { addMtaSts } from "./http/mta-sts.ts"
import { addOneClick } from "./http/one-click.ts"
import { addPages } from "./http/pages.ts"
import type { Desk } from "./http/route.ts"
import { startHttpServer } from "./http/server.ts"
import { createBeatGroup } from "./live/beat-group.ts"
import type { SocketTimes } from "./live/connection.ts"
import { createLive } from "./live/sockets.ts"
import { createLog, type Log } from "./log.ts"
import { LOOP_SECRET } from "./mail/loop-mark.ts"
import { openMailParser } from "./mail/parse.ts"
import { openMailPool } from "./mail/pool.ts"
import { countingStore, createMetrics, watchedStore } from "./metrics.ts"
import { inNetworks } from "./networks.ts"
import { openStore } from "./open-store.ts"
import { openOutside } from "./outside.ts"
import { scrubBeside, scrubTogether } from "./scrub.ts"
import { originOf } from "./settings/readers.ts"
import { shareLimits } from "./shared-limits.ts"
import { openInbox } from "./smtp/inbox.ts"
import { SMTP_LIMITS } from "./smtp/limits.ts"
import { openPostmasterFolder } from "./smtp/postmaster.ts"
import { startSmtpServer } from "./smtp/server.ts"
import { certificateError, listenError } from "./start-error.ts"
import type { Store } from "./store/store.ts"
import { openKeyRing } from "./work/dkim.ts"
import type { Loop } from "./work/loops.ts"
import { makePushKeys, PUSH_SECRET, pushSubject, readPushKeys, startPushing } from "./work/push.ts"
import { startRechecking } from "./work/recheck.ts"
import { startWork, type Work } from "./work/start.ts"
import { startWebhooks } from "./work/webhooks.ts"

/** A relay that runs. */
export interface Relay {
  config: Config
  store: Store<Actions>
  clock: Clock
  /** Where browsers find it. */
  url: string
  httpPort: number
  smtpPort: number
  /** Secret of the set-up and mailbox links. */
  setupKey: string
  /** Takes nothing new, ends what runs, closes everything. Within 10 s. */
  stop(): Promise<void>
}

/** What tests put in place of the machine's. */
export interface BuildOptions {
  clock?: Clock
  log?: Log
  /** Folder of the built pages. */
  pages?: string
  socketTimes?: SocketTimes
  /** Certificates (PEM) that are trusted beside the system's, where the relay asks others over https. */
  authority?: string
}

const PAGES = fileURLToPath(new URL("../dist/pages", import.meta.url))

/** How long ending may take, piece by piece: with the rest under the 10 s that a supervisor waits. */
const STOPPING = { sockets: 2 * SECOND, http: 3 * SECOND, smtp: 5 * SECOND }

/**
 * Puts the relay together and starts it: every part is made here, with what it needs as arguments.
 * Throws StartError, with everything that was started ended again.
 */
export const build = async (settings: Config, options: BuildOptions = {}): Promise<Relay> => {
  const undo: (() => Promise<void> | void)[] = []
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    return { ...(await start(settings, options, undo)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const start = async (
  settings: Config,
  options: BuildOptions,
  undo: (() => Promise<void> | void)[],
): Promise<Omit<Relay, "stop">> => {
  const log = options.log ?? createLog(settings.log)
  const tls = await readCertificate(settings)

  const http = await startHttpServer(settings.http, tls).catch((error: unknown) => {
    throw listenError(error, "PORCHLIGHT_HTTP", settings.http)
  })
  undo.push(() => http.close(STOPPING.http))
  const config = withPort(settings, http.port)

  const { store, refusals } = watchedStore(await openStore(config))
  undo.push(() => store.close())
  const clock = options.clock ?? (await openClock(store, log))
  const relayId = `re_${randomBase32(20)}`
  const house: House = { config, clock, log, store, relayId }

  const { mailDomain } = config
  await store.run("startRelay", { relayId, mailDomain }, clock.now())
  undo.push(() => store.run("stopRelay", { relayId }, clock.now()))
  const { value: setupKey } = await store.run(
    "readSecret",
    { name: "setup-key", make: randomBase32(32) },
    clock.now(),
  )

  const { value: pushKeys } = await store.run(
    "readSecret",
    { name: PUSH_SECRET, make: makePushKeys() },
    clock.now(),
  )
  const pushIdentity = { ...readPushKeys(pushKeys), subject: pushSubject(config.publicUrl, mailDomain) }
  const outside = openOutside({
    privateTargets: config.privateTargets,
    dns: config.dns,
    ...(options.authority && { ca: options.authority }),
  })

  const shared = shareLimits(store.whispers, relayId)
  undo.push(shared.stop)
  const beats = createBeatGroup(house)
  undo.push(() => beats.flush())
  let work: Work | null = null
  let webhooks: Loop | null = null
  let { port: smtpPort } = config.smtp
  const desk: Desk = {
    ...house,
    limits: createLimits(config.visitorRate, shared.share),
    beats,
    setupKey,
    examiner: openExaminer(house, () => smtpPort),
    allowing: openAllowing(house),
    push: { publicKey: pushIdentity.publicKey, unfit: outside.unfit },
    mailQueued: () => work?.mailQueued(),
    outside,
    scrub: scrubTogether(() => scrubBeside(config, log)),
    webhookQueued: () => webhooks?.wake(),
  }
  const readiness = { ready: false }
  const live = createLive(desk, options.socketTimes)
  undo.push(() => live.stop(STOPPING.sockets))
  const metrics = createMetrics(house, live, refusals)
  undo.push(() => metrics.stop())

  const app = createApp(desk)
  addPages(app, house, openAssets(options.pages ?? PAGES))
  addOneClick(app, house)
  addHealth(app, house, readiness)
  addMetrics(app, metrics)
  addMtaSts(app, house)
  http.answer(app.fetch as never, live.paths)

  const ring = await openKeyRing(house)
  undo.push(ring.stop)
  const { value: loopKey } = await store.run(
    "readSecret",
    { name: LOOP_SECRET, make: randomBase32(52) },
    clock.now(),
  )
  const isGateway = inNetworks(config.mailGateways)
  const mailWork = openMailPool({
    dns: config.dns,
    mailHost: config.mailHost,
    checks: config.mailChecks,
    keys: ring.keys,
    now: () => clock.now(),
    log,
  })
  undo.push(() => mailWork.close())
  const parser = openMailParser({ domain: mailDomain, log })
  undo.push(() => parser.close())
  const postmaster = openPostmasterFolder(path.join(config.data, "postmaster"))
  const smtp = await startSmtpServer({
    ...config.smtp,
    name: config.mailHost,
    tls: tls ?? undefined,
    proxies: config.smtpProxies,
    share: shared.share,
    limits: { ...SMTP_LIMITS, mailBytes: config.smtpMaxSize, closeMs: STOPPING.smtp },
    inbox: openInbox({
      store,
      parser,
      postmaster,
      domain: mailDomain,
      host: config.mailHost,
      clock,
      log,
      work: mailWork,
      isGateway,
      loopKey,
      mailQueued: desk.mailQueued,
      handOver: {
        terms: () => work?.handOver.terms() ?? null,
        take: (claims, terms) => work?.handOver.take(claims, terms),
      },
    }),
    log,
    clock,
  }).catch((error: unknown) => {
    throw listenError(error, "PORCHLIGHT_SMTP", config.smtp)
  })
  undo.push(() => smtp.close())
  smtpPort = smtp.port
  if (config.tls !== null && tls !== null) {
    const onRenewed = (pair: CertificatePair): void => {
      http.setCertificate(pair)
      smtp.setCertificate(pair)
    }
    undo.push(watchCertificate(config.tls, tls, { log, onRenewed }))
  }

  work = await startWork({ ...house, store: countingStore(store, metrics) }, mailWork.sign, loopKey)
  undo.push(work.stop)
  undo.push(startPushing({ ...house, store: countingStore(store, metrics) }, pushIdentity, outside).stop)
  webhooks = startWebhooks({ ...house, store: countingStore(store, metrics) }, outside)
  undo.push(webhooks.stop)
  undo.push(startRechecking(house, mailWork, isGateway).stop)

  undo.push(giveBackWhenIdle())

  readiness.ready = true
  undo.push(() => {
    readiness.ready = false
  })
  return { config, store, clock, url: config.publicUrl, httpPort: http.port, smtpPort: smtp.port, setupKey }
}

/** Further ahead than this the last relay's clock was wrong, and is not gone on from. */
const MOST_AHEAD = 2 * DAY

/** The relay's clock, which goes on from the last moment that any relay on this store has lived through. */
const openClock = async (store: Store<Actions>, log: Log): Promise<Clock> => {
  const machine = systemClock(() => store.clockOffset)
  const { lastSign } = await store.run("readMailHealth", { accountId: null }, machine.now())
  const ahead = lastSign === null ? 0 : lastSign - machine.now()
  if (ahead > MINUTE)
    log.warn(
      { ahead },
      "the machine's clock is behind the last sign of a relay: is it right, or was it wrong?",
    )
  return steadyClock({ offset: () => store.clockOffset, after: ahead > MOST_AHEAD ? null : lastSign })
}

/** Any free port was asked for (port 0): what browsers use has the one that was found. */
const withPort = (settings: Config, port: number): Config => {
  if (settings.http.port !== 0 || new URL(settings.publicUrl).port !== "0") return settings
  const http = { ...settings.http, port }
  return { ...settings, http, publicUrl: originOf(http, settings.tls !== null) }
}

const readCertificate = async (config: Config): Promise<CertificatePair | null> => {
  if (config.tls === null) return null
  try {
    // What is no certificate, or another's key, is said of these settings, not of the server that gets it.
    return await readPair(config.tls)
  } catch (error) {
    throw certificateError(error, config)
  }
}
