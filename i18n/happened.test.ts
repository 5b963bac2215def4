import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { untold } from '#components/home/happenings.ts'
import en from '../messages/en.json' with { type: 'json' }
import es from '../messages/es.json' with { type: 'json' }

const root = join(import.meta.dirname, '..')

/** What happens to the provider's own things, which no customer's home page tells of. */
const ofTheProvider =
  /^(customer_class|environment|issuer|package|product|promo|tax_rate)\.|^signup\.failed$/

const published = [
  ...new Set(
    globSync('server/*/events*.ts', { cwd: root })
      .flatMap((path) => [
        ...readFileSync(join(root, path), 'utf8').matchAll(/'([a-z_]+\.[a-z_]+)'/g),
      ])
      .map(([, type]) => type!),
  ),
].filter((type) => !ofTheProvider.test(type) && !untold.has(type))

test.each([
  ['en', en],
  ['es', es],
])('every fact that a home page may tell has its sentence (%s)', (_, messages) => {
  const sentences: Readonly<Record<string, string | Record<string, string>>> = messages.happened
  const without = published.filter((type) => {
    const [entity, verb] = type.split('.') as [string, string]
    const ofEntity = sentences[entity]
    return typeof ofEntity !== 'object' || !(verb in ofEntity)
  })
  expect(published.length).toBeGreaterThan(40)
  expect(without).toEqual([])
})
