import * as audit from '#server/audit/service.ts'
import * as auth from '#server/auth/service.ts'
import type { DraftId } from '#server/kernel/ids.ts'
import * as mail from '#server/mail/service.ts'
import { unitOfWork } from '#server/runtime/unit-of-work.ts'
import { draftLapsed } from './errors.ts'
import { resumeLink } from './links.ts'
import * as drafts from './repo.drafts.ts'
import { type DraftView, draftDays, type Resume, type SiteRef } from './schema.ts'
import { mayMail } from './service.abuse.ts'
import { type Draft, languageOf, lockFresh, viewOf } from './service.draft.ts'
import { enter, giveCookie, type Visit } from './service.visit.ts'

const linkHours = 24

/**
 * Mails a link that continues this signup in another browser. The answer is always the same: nobody
 * learns from it whether there is a draft, an address in it, or a mail on its way already.
 */
export async function mailResume(visit: Visit, { site: slug }: SiteRef): Promise<{ sent: true }> {
  const desk = await enter(visit, slug)
  await unitOfWork(desk.asSystem, async (ctx) => {
    const draft = desk.tokenHash ? await lockFresh(ctx, desk) : undefined
    const address = draft?.data.address
    if (!draft || !address) return
    const notAfter = new Date(ctx.wall.getTime() - desk.limits.resumeMailMinutes * 60_000)
    const [noted] = await drafts.noteResumeMail(ctx, draft.id, notAfter)
    if (!noted || !(await mayMail(ctx, desk, address.email))) return

    const { token, expiresAt } = await auth.makeOneTimeToken(ctx, {
      purpose: 'resume',
      subject: { draft: draft.id },
      minutes: linkHours * 60,
    })
    await mail.signupResume(ctx, address.email, {
      locale: languageOf(desk, draft),
      brand: { title: desk.site.title, accent: desk.site.accent },
      link: resumeLink(visit.outside.publicUrl, slug, token),
      validUntil: expiresAt,
      timeZone: address.timeZone,
    })
    await audit.done(ctx, {
      action: 'signup.mail_resume',
      entity: 'signup_draft',
      entityId: draft.id,
    })
  })
  return { sent: true }
}

/**
 * Continues a signup from a mailed link. The browser it was begun in can go on, too.
 *
 * @throws gone `auth.link_lapsed`, `signup.draft_lapsed`
 */
export async function resume(visit: Visit, { site: slug, token }: Resume): Promise<DraftView> {
  const desk = await enter(visit, slug)
  const { subject } = await auth.spendOneTimeToken(visit.edge, 'resume', token)
  const id = String(subject.draft) as DraftId
  const view = await unitOfWork(desk.asSystem, async (ctx) => {
    const [draft] = await drafts.find(ctx, id)
    if (!draft || draft.site !== desk.site.id || draft.expiresAt <= ctx.wall) {
      throw draftLapsed(draftDays)
    }
    await audit.done(ctx, { action: 'signup.resume', entity: 'signup_draft', entityId: id })
    return viewOf(ctx, desk, draft as Draft)
  })
  giveCookie(desk, id)
  return view
}
