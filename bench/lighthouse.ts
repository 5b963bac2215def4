import { gzipSync } from 'node:zlib'
import lighthouse, { type Result as Report } from 'lighthouse'
import { launch } from 'puppeteer-core'
import { ensureChromium } from '../scripts/chromium.ts'
import { median } from './harness.ts'

/** A page and who looks at it. */
export type Visit = Readonly<{
  name: string
  url: string
  cookies?: ReadonlyMap<string, string>
  /** What the tab has kept from the steps before. */
  kept?: Readonly<Record<string, string>>
}>

export type Seen = Readonly<{
  name: string
  /** 0 to 100. */
  performance: number
  accessibility: number
  bestPractices: number
  seo: number
  lcpMs: number
  /** Layout shift; 0 is none. */
  cls: number
  /** Main thread blocked, on a phone four times slower than this machine. */
  blockedMs: number
  /** All scripts of the first view, each gzipped: the same however they were sent. */
  scriptKb: number
  /** All that was sent, as it was sent. */
  sentKb: number
  /** Audits that don't have full marks, outside of performance. */
  faults: readonly string[]
}>

const rounds = 3
const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage']

/** Looks at each page three times on a simulated phone and network (Lighthouse's mobile preset). */
export async function look(visits: readonly Visit[]): Promise<Seen[]> {
  const seen: Seen[] = []
  for (const visit of visits) {
    const rounded: Seen[] = []
    for (let round = 0; round < rounds; round++) rounded.push(await once(visit))
    seen.push(middle(rounded))
  }
  return seen
}

const middle = (rounded: readonly Seen[]): Seen => {
  const of = (figure: 'performance' | 'lcpMs' | 'cls' | 'blockedMs' | 'scriptKb' | 'sentKb') =>
    median(rounded.map((one) => one[figure]))
  return {
    ...rounded[0]!,
    performance: of('performance'),
    lcpMs: of('lcpMs'),
    cls: of('cls'),
    blockedMs: of('blockedMs'),
    scriptKb: of('scriptKb'),
    sentKb: of('sentKb'),
  }
}

async function once(visit: Visit, tries = 3): Promise<Seen> {
  const { name, url, cookies = [], kept = {} } = visit
  // A browser of its own each time: nothing cached, nothing left of the last one.
  const browser = await launch({ executablePath: ensureChromium(), args })
  try {
    const jar = [...cookies].map(([key, value]) => ({ name: key, value, domain: 'localhost' }))
    if (jar.length > 0) await browser.setCookie(...jar)
    const page = await browser.newPage()
    await page.evaluateOnNewDocument((stored) => {
      for (const [key, value] of Object.entries(stored)) sessionStorage.setItem(key, value)
    }, kept)

    // The storage is what we have just put there.
    const flags = { logLevel: 'silent', disableStorageReset: true } as const
    const result = await lighthouse(url, flags, undefined, page)
    if (!result) throw new Error(`Lighthouse has nothing to say about ${name}.`)
    // Chrome loses the beginning of a trace now and then: nothing was measured.
    if (result.lhr.runtimeError?.code === 'NO_NAVSTART' && tries > 1)
      return await once(visit, tries - 1)
    return await read(name, url, result.lhr)
  } finally {
    await browser.close()
  }
}

type Request = { url: string; resourceType: string; transferSize: number }

async function read(name: string, url: string, report: Report): Promise<Seen> {
  if (report.runtimeError) throw new Error(`${name}: ${report.runtimeError.message}`)
  // Who is sent elsewhere has not seen the page that was asked for.
  if (report.finalDisplayedUrl !== url)
    throw new Error(`${name} led to ${report.finalDisplayedUrl}.`)

  const requests = itemsOf(report, 'network-requests')
  const scripts = requests.filter(({ resourceType }) => resourceType === 'Script')
  const sizes = await Promise.all(scripts.map((script) => gzipped(script.url)))
  const score = (category: string) => Math.round((report.categories[category]?.score ?? 0) * 100)
  const figure = (audit: string) => report.audits[audit]?.numericValue ?? Number.NaN
  return {
    name,
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    seo: score('seo'),
    lcpMs: figure('largest-contentful-paint'),
    cls: figure('cumulative-layout-shift'),
    blockedMs: figure('total-blocking-time'),
    scriptKb: kb(sizes),
    sentKb: kb(requests.map(({ transferSize }) => transferSize)),
    faults: faultsOf(report),
  }
}

function itemsOf(report: Report, audit: string): Request[] {
  const details = report.audits[audit]?.details
  return details?.type === 'table' ? (details.items as Request[]) : []
}

const kb = (bytes: readonly number[]) => bytes.reduce((sum, size) => sum + size, 0) / 1000

async function gzipped(url: string): Promise<number> {
  const response = await fetch(url)
  return gzipSync(Buffer.from(await response.arrayBuffer())).length
}

function faultsOf({ categories, audits }: Report): string[] {
  return ['accessibility', 'best-practices', 'seo'].flatMap((category) =>
    (categories[category]?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
      .map(({ id }) => id),
  )
}
