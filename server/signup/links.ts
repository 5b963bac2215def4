import { paths } from '#server/kernel/routes.ts'

/**
 * Continues a signup in another browser. The token stands after the hash: browsers send that to no
 * server, so no log or Referer has it, and programs that look at the links of a mail can't spend it.
 */
export const resumeLink = (publicUrl: string, site: string, token: string) =>
  `${publicUrl}${paths.signup(site)}#resume=${token}`

/** Signs in, once, without a password; after the hash too, and at a press: looking at it spends nothing. */
export const doorLink = (publicUrl: string, door: string) => `${publicUrl}${paths.enter(door)}`
