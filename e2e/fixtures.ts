import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'

type Fixtures = {
  /** What the browser may complain of in these stories, besides refusals: of a server that is away. */
  mayComplain: RegExp | undefined
  /** Fails the story when axe finds anything on the page as it is now. */
  accessible: (page?: Page) => Promise<void>
  /** Closes the browsers a story has opened: what they go on asking for slows those that follow. */
  closing: undefined
}

let visitor = 0

/** Each story comes from an address of its own, as visitors do. */
const nextAddress = () => {
  visitor++
  const worker = Number(process.env.TEST_PARALLEL_INDEX ?? 0)
  return `10.${worker + 1}.${Math.floor(visitor / 250)}.${(visitor % 250) + 1}`
}

// What React says of a page that was left before all of it had come.
const unfinished = /Minified React error #419/

// What a browser says by itself about an answer the page expects and handles.
const expected = /Failed to load resource: the server responded with a status of 4\d\d/

export const test = base.extend<Fixtures>({
  extraHTTPHeaders: async ({ browserName: _ }, use) => use({ 'x-forwarded-for': nextAddress() }),

  mayComplain: [undefined, { option: true }],

  closing: [
    async ({ browser, context: _ }, use) => {
      const before = new Set(browser.contexts())
      await use(undefined)
      const opened = browser.contexts().filter((context) => !before.has(context))
      await Promise.all(opened.map((context) => context.close()))
    },
    { auto: true },
  ],

  page: async ({ page, mayComplain }, use) => {
    const complaints: string[] = []
    let leaving = false
    page.on('request', (request) => {
      if (request.isNavigationRequest() && request.frame() === page.mainFrame()) leaving = true
    })
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) leaving = false
    })
    page.on('console', (message) => {
      if (message.type() !== 'error' || (leaving && unfinished.test(message.text()))) return
      complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    await use(page)
    const odd = complaints.filter((text) => !expected.test(text) && !mayComplain?.test(text))
    expect(odd, 'errors in the browser console').toEqual([])
  },

  accessible: async ({ page }, use) => {
    await use(async (other = page) => {
      const { violations } = await new AxeBuilder({ page: other })
        .exclude('iframe')
        // Without a page of its own to put results of frames together: there are none.
        .setLegacyMode()
        .analyze()
      const found = violations.map(
        (v) => `${v.id}: ${v.help} (${v.nodes.map((n) => n.target.join(' ')).join(', ')})`,
      )
      expect(found).toEqual([])
    })
  },
})

export { expect }
