import { refuse } from '#server/kernel/errors.ts'

export const extensionTaken = (extension: string) =>
  refuse(
    'conflict',
    'pbx.extension_taken',
    `Extension ${extension} exists already. Pick another number.`,
    { extension },
  )

/** Its account keeps the name it was made with, and no two accounts are called alike. */
export const extensionNameKept = (extension: string, now: string, accountId: string) =>
  refuse(
    'conflict',
    'pbx.extension_name_kept',
    `Extension ${now} was ${extension} before, and its account is still called ${accountId}. Pick another number.`,
    { extension, now, accountId },
  )
