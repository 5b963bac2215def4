import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../e2e/server.ts'

const nextBin = resolve('node_modules/next/dist/bin/next')

/** A Next application of one page with nothing on it but a sentence: what Next itself costs. */
const files = {
  'package.json': '{ "private": true, "type": "module" }',
  // The packages are the project's own, two folders up.
  'next.config.js': `export default { turbopack: { root: ${JSON.stringify(resolve('.'))} } }`,
  'app/layout.jsx': `
    export const metadata = { title: 'Empty', description: 'Nothing but a sentence.' }
    export default function Layout({ children }) {
      return <html lang="en"><body>{children}</body></html>
    }`,
  'app/page.jsx': `export default function Page() {
    return <main><h1>An empty page</h1></main>
  }`,
} as const

/** Builds it with the project's own Next, and serves it as `next start` does: with gzip. */
export async function withEmptyPage<T>(work: (url: string) => Promise<T>): Promise<T> {
  await mkdir('test-results', { recursive: true })
  const folder = resolve(await mkdtemp(join('test-results', 'empty-page-')))
  try {
    await mkdir(join(folder, 'app'))
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    execFileSync(process.execPath, [nextBin, 'build'], { cwd: folder, stdio: 'pipe' })
    return await served(folder, work)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function served<T>(folder: string, work: (url: string) => Promise<T>): Promise<T> {
  const port = await freePort()
  const server = spawn(process.execPath, [nextBin, 'start', '--port', String(port)], {
    cwd: folder,
    stdio: 'ignore',
  })
  const ended = new Promise<void>((done) => server.once('exit', () => done()))
  const url = `http://localhost:${port}/`
  try {
    await answers(url, server)
    return await work(url)
  } finally {
    server.kill('SIGTERM')
    await ended
  }
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const response = await fetch(url).catch(() => undefined)
    if (response?.ok) return
    await wait(100)
  }
  throw new Error('The empty page could not be served.')
}
