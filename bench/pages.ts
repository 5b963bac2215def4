import { prospect } from '../e2e/prospect.ts'
import { startPortico } from '../e2e/server.ts'
import { withEmptyPage } from './empty-page.ts'
import { report } from './harness.ts'
import { look, type Seen, type Visit } from './lighthouse.ts'

const barPerformance = 95
const barLcp = 1.3
const barScriptKb = 120

type Jar = ReadonlyMap<string, string>

const jarOf = (responses: readonly Response[]): Jar =>
  new Map(
    responses
      .flatMap((response) => response.headers.getSetCookie())
      .map((cookie) => /^([^=]+)=([^;]*)/.exec(cookie)!)
      .map(([, name, value]) => [name!, value!]),
  )

/** Signs in as the pages do, and keeps what a browser would. */
async function signedIn(url: string, login: string): Promise<Jar> {
  const csrf = await fetch(`${url}/api/auth/csrf`)
  const { csrfToken } = (await csrf.json()) as { csrfToken: string }
  const password = `${login}-2026`
  const answer = await fetch(`${url}/api/auth/callback/password`, {
    method: 'POST',
    headers: { cookie: [...jarOf([csrf])].map((pair) => pair.join('=')).join('; ') },
    body: new URLSearchParams({ login, password, csrfToken, json: 'true' }),
  })
  return jarOf([csrf, answer])
}

/** As the payment step leaves it for the summary; it is not paid with here. */
const card = () =>
  JSON.stringify({ token: 'tok_bench', card: { brand: 'visa', last4: '4242' }, at: Date.now() })

/** The wizard of somebody who has got as far as the summary, and the home of an administrator. */
async function visitsOf(url: string): Promise<Visit[]> {
  const kim = prospect(url, '10.8.0.1')
  await kim.prepare()
  const { cookies } = kim
  const kept = { 'portico:signup:panda:card': card() }
  const step = (name: string) => ({ name, url: `${url}/signup/panda/${name}`, cookies, kept })
  return [
    { name: 'plans', url: `${url}/signup/panda` },
    ...['address', 'phone', 'payment', 'summary'].map(step),
    { name: 'self-care home', url: `${url}/`, cookies: await signedIn(url, 'demo-adam') },
  ]
}

function table(all: readonly Seen[], { lcpMs, scriptKb }: Seen): void {
  console.log('page            perf a11y best  seo   LCP ms (×)    CLS  TBT  JS kB (+)     sent kB')
  for (const page of all) {
    const times = `${page.lcpMs.toFixed(0)} (${(page.lcpMs / lcpMs).toFixed(2)})`
    const more = `${page.scriptKb.toFixed(0)} (+${(page.scriptKb - scriptKb).toFixed(0)})`
    console.log(
      [
        page.name.padEnd(15),
        ...[page.performance, page.accessibility, page.bestPractices, page.seo].map((score) =>
          String(score).padStart(4),
        ),
        times.padStart(12),
        page.cls.toFixed(3).padStart(6),
        page.blockedMs.toFixed(0).padStart(4),
        more.padStart(11),
        page.sentKb.toFixed(0).padStart(7),
        page.faults.join(', '),
      ].join(' '),
    )
  }
}

/** Accessibility, best practices and what search engines want: full marks, or the page is broken. */
const isFlawless = ({ faults }: Seen): boolean => faults.length === 0

/** The signup pages and self-care's home on a phone, against an empty page of the same Next. */
export async function run(): Promise<boolean> {
  const [empty] = await withEmptyPage((url) => look([{ name: 'empty page', url }]))
  const portico = await startPortico()
  const pages = await visitsOf(portico.url).then(look).finally(portico.stop)

  table([empty!, ...pages], empty!)
  const worst = (figure: (page: Seen) => number) => Math.max(...pages.map(figure))
  const lowest = Math.min(...pages.map(({ performance }) => performance))
  const lcp = worst(({ lcpMs }) => lcpMs)
  const script = worst(({ scriptKb }) => scriptKb - empty!.scriptKb)
  const ok = [
    report('pages, performance', 'points', lowest, 100, barPerformance / 100),
    report('pages, LCP', '1/s', 1000 / lcp, 1000 / empty!.lcpMs, 1 / barLcp),
    report('pages, JavaScript', '1/kB', 1 / script, 1 / barScriptKb, 1),
  ].every((result) => result.ok)
  return ok && pages.every(isFlawless)
}
