import { paths } from '#server/kernel/routes.ts'

/**
 * Continues a signup in another browser. The token stands after the hash: browsers send that to no
 * server, so no log or Referer has it, and programs that look at the links of a mail can't spend it.
 */
export const resumeLink = (publicUrl: string, site: string, token: string) =>
  `${publicUrl}${paths.signup(site)}#resume=${token}`

/** Signs in, once, without a password; the page asks for a press, so looking at it spends nothing. */
export const doorLink = (publicUrl: string, door: string) => `${publicUrl}${paths.enter(door)}`
