import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** CHROMIUM_PATH, else a browser of the machine, else the one Playwright has downloaded before. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = env.CHROMIUM_PATH
  if (given) {
    if (isProgram(given)) return given
    throw new Error(`CHROMIUM_PATH is ${given}, where there is no program.`)
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
  const installed = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  const onMac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  return [...installed, onMac, chromium.executablePath()].find(isProgram)
}

/** Installs one when there is none: Debian's as root, Playwright's otherwise. */
export function ensureChromium(): string {
  const found = findChromium()
  if (found) return found

  console.log('Installing a Chromium for the browser tests …')
  const isDebianRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (isDebianRoot) {
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  }
  if (!findChromium()) {
    const cli = 'node_modules/@playwright/test/cli.js'
    run(process.execPath, [cli, 'install', ...(isDebianRoot ? ['--with-deps'] : []), 'chromium'])
  }

  const installed = findChromium()
  if (installed) return installed
  throw new Error('No Chromium was found or could be installed. Set CHROMIUM_PATH to one.')
}

/** A failure shows in there being no browser afterwards. */
const run = (program: string, args: readonly string[]) =>
  spawnSync(program, args, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
