import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'

type Outcome = Readonly<{ name: string; ok: boolean; output: string; seconds: number }>

/** The slowest first, so that the others fit beside it. */
const steps: Readonly<Record<string, readonly string[]>> = {
  types: ['typescript/bin/tsc', '--noEmit'],
  boundaries: ['dependency-cruiser/bin/dependency-cruise.mjs', '--no-progress', ...sources()],
  'unused code': ['knip/bin/knip.js', '--no-progress'],
  format: ['@biomejs/biome/bin/biome', 'check', '--reporter=summary'],
  'version floors': ['../scripts/floors.ts'],
}

function sources(): string[] {
  return [
    'app',
    'components',
    'i18n',
    'server',
    'db',
    'e2e',
    'bench',
    'scripts',
    'examples',
  ].filter(existsSync)
}

/** Runs every step, as many at once as there are processors, and tells each as it ends. */
export async function runChecks(): Promise<readonly Outcome[]> {
  // Next writes the types of the routes, which the compiler then reads.
  if (existsSync('app')) await runStep('routes', ['next/dist/bin/next', 'typegen'])

  const waiting = Object.entries(steps)
  const outcomes: Outcome[] = []
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const outcome = await runStep(...next)
      outcomes.push(outcome)
      tell(outcome)
    }
  }
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker))
  return outcomes
}

async function runStep(name: string, [program = '', ...args]: readonly string[]): Promise<Outcome> {
  const began = performance.now()
  const child = spawn(process.execPath, [`node_modules/${program}`, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ok = await new Promise<boolean>((resolve) => {
    child.on('error', () => resolve(false))
    child.on('close', (code) => resolve(code === 0))
  })
  const seconds = (performance.now() - began) / 1000
  return { name, ok, output: Buffer.concat(chunks).toString().trim(), seconds }
}

function tell({ name, ok, output, seconds }: Outcome): void {
  console.log(`${ok ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`)
  if (!ok) console.log(`\n${output}\n`)
}

if (import.meta.main) {
  const failed = (await runChecks()).filter(({ ok }) => !ok)
  if (failed.length > 0) console.log(`Failed: ${failed.map(({ name }) => name).join(', ')}`)
  process.exitCode = failed.length > 0 ? 1 : 0
}
