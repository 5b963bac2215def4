import { createTransport } from 'nodemailer'
import * as mail from '#server/mail/service.ts'
import type { Config } from '#server/runtime/config.ts'
import type { Outside } from '#server/runtime/outside.ts'
import type { App } from '#server/runtime/unit-of-work.ts'
import * as recovery from '#server/signup/service.recovery.ts'
import type { Task } from '#server/worker/schedule.ts'

/** What runs on a schedule, on every node; each task leases its work in the database. */
export function tasksOf(app: App, outside: Outside, config: Config): Task[] {
  const transport = config.smtpUrl ? sender(config.smtpUrl) : undefined
  return [
    {
      name: 'signup recovery',
      everySeconds: 30,
      run: async () => void (await recovery.recoverDue(app, outside)),
    },
    {
      name: 'signup sweep',
      everySeconds: 3_600,
      run: async () => void (await recovery.sweepSignup(app)),
    },
    {
      name: 'mail',
      everySeconds: 5,
      run: async () => void (await mail.deliverDue(app, transport)),
    },
  ]
}

function sender(url: string): mail.Transport {
  const smtp = createTransport(url, { from: 'no-reply@localhost' })
  return async ({ to, subject, text, html }) => {
    await smtp.sendMail({ to, subject, text, html })
  }
}
