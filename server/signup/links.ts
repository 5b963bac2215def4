import { paths } from '#server/kernel/routes.ts'

// Tokens stand after the hash: browsers send it to no server, so no log or Referer has it, and
// programs that open the links of a mail to look at them can't spend it.

/** Continues a signup in another browser. */
export const resumeLink = (publicUrl: string, site: string, token: string) =>
  `${publicUrl}${paths.signup(site)}#resume=${token}`

/** Signs in, once, without a password. */
export const doorLink = (publicUrl: string, door: string) =>
  `${publicUrl}${paths.login()}#door=${door}`
