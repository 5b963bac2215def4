import type { Log } from '#server/runtime/log.ts'

export type Task = Readonly<{
  name: string
  everySeconds: number
  run: () => Promise<void>
}>

/**
 * Runs each task now and then every so often, one run of it at a time. A run that fails is logged
 * and tried again at its next time: what matters is in the database, not in this process.
 */
export function startTasks(tasks: readonly Task[], log: Log): { stop(): Promise<void> } {
  const timers = new Set<NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  let stopping = false

  function turn(task: Task): void {
    if (stopping) return
    const run = task
      .run()
      .catch((err) => log.warn({ task: task.name, err }, 'a task failed and will be tried again'))
      .finally(() => {
        running.delete(run)
        if (stopping) return
        const timer = setTimeout(() => {
          timers.delete(timer)
          turn(task)
        }, task.everySeconds * 1000)
        timers.add(timer)
      })
    running.add(run)
  }

  for (const task of tasks) turn(task)
  return {
    async stop() {
      stopping = true
      for (const timer of timers) clearTimeout(timer)
      await Promise.all(running)
    },
  }
}
