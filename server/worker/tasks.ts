import { createTransport } from 'nodemailer'
import { applyDueBlocks } from '#server/accounts/service.block-plans.ts'
import { forgetLapsed } from '#server/auth/service.sweep.ts'
import * as auth from '#server/auth/service.ts'
import { collectDue, recoverPayments } from '#server/billing/service.collect.ts'
import { remind } from '#server/billing/service.dunning.ts'
import { attachInvoice } from '#server/billing/service.files.ts'
import { mailInvoices } from '#server/billing/service.mails.ts'
import { runDue } from '#server/billing/service.run.ts'
import * as bulk from '#server/bulk/service.work.ts'
import { moveDue } from '#server/clock/service.travel.ts'
import type { EnvId } from '#server/kernel/ids.ts'
import * as mail from '#server/mail/service.ts'
import { forgetWords } from '#server/payments/service.words.ts'
import { system } from '#server/runtime/actor.ts'
import type { Config } from '#server/runtime/config.ts'
import { forgetOldAnswers } from '#server/runtime/idempotency.ts'
import type { Outside } from '#server/runtime/outside.ts'
import type { App, Edge } from '#server/runtime/unit-of-work.ts'
import * as recovery from '#server/signup/service.recovery.ts'
import { dailyJobs } from '#server/worker/daily.ts'
import type { Task } from '#server/worker/schedule.ts'

/** What runs on a schedule, on every node; each task leases its work in the database. */
export function tasksOf(app: App, outside: Outside, config: Config): Task[] {
  const { publicUrl } = outside
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
      name: 'idempotency sweep',
      everySeconds: 3_600,
      run: () => inEach(app, 'idempotency sweep', forgetOldAnswers),
    },
    {
      name: 'webhook sweep',
      everySeconds: 3_600,
      run: () => inEach(app, 'webhook sweep', forgetWords),
    },
    {
      name: 'sign-in sweep',
      everySeconds: 3_600,
      run: () => inEach(app, 'sign-in sweep', forgetLapsed),
    },
    {
      name: 'planned blocks',
      everySeconds: 20,
      run: () => inEach(app, 'planned blocks', applyDueBlocks),
    },
    {
      name: 'sandbox clock',
      everySeconds: 1,
      run: () => inEach(app, 'sandbox clock', (edge) => moveDue(edge, dailyJobs(outside))),
    },
    {
      name: 'billing run',
      everySeconds: 60,
      run: () => inEach(app, 'billing run', (edge) => runDue(edge, { publicUrl })),
    },
    {
      name: 'invoice mails',
      everySeconds: 10,
      run: () => inEach(app, 'invoice mails', (edge) => mailInvoices(edge, outside.publicUrl)),
    },
    {
      name: 'collection',
      everySeconds: 60,
      run: () => inEach(app, 'collection', (edge) => collectDue(edge, outside)),
    },
    {
      name: 'reminders',
      everySeconds: 60,
      run: () => inEach(app, 'reminders', (edge) => remind(edge, outside.publicUrl)),
    },
    {
      name: 'payment recovery',
      everySeconds: 30,
      run: () => inEach(app, 'payment recovery', (edge) => recoverPayments(edge, outside)),
    },
    {
      name: 'bulk',
      everySeconds: 1,
      run: () => inEach(app, 'bulk', bulk.workDue),
    },
    {
      name: 'bulk sweep',
      everySeconds: 3_600,
      run: () => inEach(app, 'bulk sweep', bulk.sweep),
    },
    {
      name: 'mail',
      everySeconds: 5,
      run: () =>
        inEach(app, 'mail', (edge) => mail.deliverDue(edge, transport, { invoice: attachInvoice })),
    },
  ]
}

/** A job in every environment, one after the other. */
async function inEach(app: App, name: string, job: (edge: Edge) => Promise<unknown>) {
  for (const { id } of await auth.environments(app)) {
    await job({ ...app, requestId: name, actor: system(name), env: id as EnvId })
  }
}

function sender(url: string): mail.Transport {
  const smtp = createTransport(url, { from: 'no-reply@localhost' })
  return async ({ attachments, ...mail }) => {
    await smtp.sendMail({
      ...mail,
      attachments: attachments.map(({ content, ...about }) => ({
        ...about,
        content: Buffer.from(content),
      })),
    })
  }
}
