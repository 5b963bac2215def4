import { existsSync, readdirSync } from 'node:fs'

const helpers = new Set([
  'bulk-files.ts',
  'empty-page.ts',
  'harness.ts',
  'lighthouse.ts',
  'plain-signup.ts',
  'run.ts',
])
const all = readdirSync('bench')
  .filter((file) => file.endsWith('.ts') && !helpers.has(file))
  .map((file) => file.replace(/\.ts$/, ''))

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !existsSync(`bench/${name}.ts`))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${all.join(', ')}.`)
  process.exit(1)
}

let ok = true
for (const name of asked.length > 0 ? asked : all) {
  const bench: { run(): Promise<boolean> } = await import(`./${name}.ts`)
  ok = (await bench.run()) && ok
}
process.exitCode = ok ? 0 : 1
