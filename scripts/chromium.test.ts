import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findChromium } from './chromium.ts'

test('the browser is the one asked for, else one on the path; a wrong path is said', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'portico-chromium-'))
  const program = join(folder, 'google-chrome')
  await writeFile(program, '')
  await chmod(program, 0o755)

  expect(findChromium({ NODE_ENV: 'test', CHROMIUM_PATH: program, PATH: '/bin' })).toBe(program)
  expect(findChromium({ NODE_ENV: 'test', PATH: folder })).toBe(program)
  expect(() => findChromium({ NODE_ENV: 'test', CHROMIUM_PATH: '/not/there' })).toThrow(
    '/not/there',
  )
  await rm(folder, { recursive: true })
})
