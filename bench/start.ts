import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPortico } from '../e2e/server.ts'
import { median, report } from './harness.ts'

const barSeconds = 3
const barMegabytes = 350

/** Resident memory of a process and all below it, in MB; shared pages counted once, by PSS. */
function megabytes(pid: number): number {
  const script = `
    total=0
    walk() { for c in $(pgrep -P $1); do walk $c; done
      k=$(awk '/^Pss:/ { s += $2 } END { print s+0 }' /proc/$1/smaps_rollup 2>/dev/null); total=$((total + k)); }
    walk ${pid}; echo $total`
  return Number(execFileSync('bash', ['-c', script], { encoding: 'utf8' })) / 1024
}

/** A warm start to "ready", and what it holds in memory once it idles. */
export async function run(): Promise<boolean> {
  const dataDir = await mkdtemp(join(tmpdir(), 'portico-bench-'))
  try {
    await (await startPortico({ dataDir })).stop()
    const seconds: number[] = []
    const memory: number[] = []
    for (let round = 0; round < 3; round++) {
      const began = performance.now()
      const portico = await startPortico({ dataDir })
      seconds.push((performance.now() - began) / 1000)
      await fetch(`${portico.url}/signup/panda`)
      // Idle is after the collector has had its turn.
      await new Promise((resolve) => setTimeout(resolve, 3_000))
      memory.push(megabytes(portico.process.pid!))
      await portico.stop()
    }
    const fast = report('start', '1/s', 1 / median(seconds), 1 / barSeconds, 1)
    const small = report('start, memory', '1/MB', 1 / median(memory), 1 / barMegabytes, 1)
    console.log(
      `${median(seconds).toFixed(2)} s to ready, ${median(memory).toFixed(0)} MB when idle`,
    )
    return fast.ok && small.ok
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}
