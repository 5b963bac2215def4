import { spawn } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { runChecks } from './check.ts'
import { ensureChromium } from './chromium.ts'
import { type Count, countBrowser, countVitest } from './count.ts'

const results = { vitest: 'test-results/vitest.json', browser: 'test-results/browser.json' }

/** Everything `npm test` promises, in order; a stage that fails doesn't keep the next from running. */
const stages: Readonly<Record<string, () => Promise<Count>>> = {
  check: async () => {
    const outcomes = await runChecks()
    const passed = outcomes.filter(({ ok }) => ok).length
    return { passed, failed: outcomes.length - passed }
  },
  'unit and database': async () => {
    rmSync(results.vitest, { force: true })
    const code = await node('node_modules/vitest/vitest.mjs', [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${results.vitest}`,
    ])
    return countVitest(report(results.vitest), code)
  },
  build: async () => {
    const code = await node('scripts/launch.mjs', ['build'])
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }
  },
  browser: async () => {
    if (globSync('e2e/**/*.spec.ts').length === 0) return { passed: 0, failed: 0 }
    rmSync(results.browser, { force: true })
    const code = await node('node_modules/@playwright/test/cli.js', ['test'], {
      CHROMIUM_PATH: ensureChromium(),
      PLAYWRIGHT_JSON_OUTPUT_FILE: results.browser,
    })
    return countBrowser(report(results.browser), code)
  },
}

async function node(program: string, args: readonly string[], env = {}): Promise<number> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  return new Promise((resolve) => {
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

const report = (path: string): unknown =>
  existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined

mkdirSync('test-results', { recursive: true })
const total = { passed: 0, failed: 0 }
const summary: string[] = []
for (const [name, stage] of Object.entries(stages)) {
  console.log(`\n── ${name} ──`)
  const began = performance.now()
  const count = await stage().catch((error: Error): Count => {
    console.error(error.message)
    return { passed: 0, failed: 1 }
  })
  total.passed += count.passed
  total.failed += count.failed
  const seconds = Math.round((performance.now() - began) / 1000)
  summary.push(`${name}: ${count.passed} of ${count.passed + count.failed} (${seconds} s)`)
}

console.log(`\n${summary.join('\n')}\n`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0
