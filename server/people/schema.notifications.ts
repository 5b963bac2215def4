import { z } from 'zod'
import {
  type duesKinds,
  type NoticeKind,
  noticeKinds,
  type securityKinds,
} from '#server/mail/schema.ts'

export const zSetNotification = z.strictObject({
  kind: z.enum(noticeKinds),
  wanted: z.boolean(),
})
export type SetNotification = z.infer<typeof zSetNotification>

/** Which mails somebody gets. */
export type NotificationsView = {
  email: string | null
  notices: { kind: NoticeKind; wanted: boolean }[]
  /** Those about access, and about money that service depends on, whatever is wished. */
  always: (typeof securityKinds | typeof duesKinds)[number][]
}
